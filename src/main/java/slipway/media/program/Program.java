package slipway.media.program;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import slipway.media.pictures.NoPreviewException;

/**
 * Another program that works on a visitor's file: without a shell and our environment, at low
 * priority, and within bounds of memory and output, where {@code nice} and {@code prlimit} are
 * installed.
 */
public final class Program {
  /** How long a file may be that a program writes. */
  public static final long MOST_OUTPUT_BYTES = 64L << 20;

  /** The rest may hold our own secrets. The language says how names of files are written. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE");

  private static final List<String> LOW_PRIORITY = List.of("nice", "-n", "5");

  /** From there on, an exit status stands for a signal that ended the program. */
  private static final int SIGNALS = 128;

  private Program() {}

  /** Whether a program can be run; {@code name} is a path or a name on the {@code PATH}. */
  public static boolean isInstalled(String name) {
    if (name.contains(File.separator)) {
      return isProgram(Path.of(name));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> isProgram(Path.of(folder, name)));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * A program that is yet to be started.
   *
   * @param memory the bound of its memory, as an option of {@code prlimit}
   */
  public static ProcessBuilder bounded(List<String> command, String memory) {
    List<String> bounded = new ArrayList<>();
    if (isInstalled(LOW_PRIORITY.get(0))) {
      bounded.addAll(LOW_PRIORITY);
    }
    if (isInstalled("prlimit")) {
      bounded.addAll(List.of("prlimit", memory, "--fsize=" + MOST_OUTPUT_BYTES, "--core=0", "--"));
    }
    bounded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(bounded);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder;
  }

  /**
   * Runs a program that looks at a video, to its end.
   *
   * @param output gets what it writes to its standard output
   * @throws NoPreviewException when it fails or takes too much
   * @throws IOException when it cannot be started
   */
  public static void run(List<String> command, Path output, ProgramLimits limits)
      throws IOException, NoPreviewException, InterruptedException {
    ProcessBuilder builder = bounded(command, "--as=" + ((long) limits.megabytes() << 20));
    builder.redirectError(Redirect.DISCARD).redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limits.seconds(), TimeUnit.SECONDS)) {
        throw NoPreviewException.costly(
            "The video took longer than " + limits.seconds() + " s to read.");
      }
    } finally {
      process.destroyForcibly();
    }
    if (Files.size(output) >= MOST_OUTPUT_BYTES) {
      throw NoPreviewException.broken("The video's picture is too large.");
    }
    if (process.exitValue() > SIGNALS) {
      throw NoPreviewException.costly("The video ended the program that was to read it.");
    }
    if (process.exitValue() != 0) {
      throw NoPreviewException.broken("The video cannot be decoded.");
    }
  }
}
