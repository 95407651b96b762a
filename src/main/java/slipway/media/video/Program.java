package slipway.media.video;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import slipway.media.pictures.NoPreviewException;

/** Runs another program on a visitor's file: without a shell, for a limited time and memory. */
final class Program {
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "LD_LIBRARY_PATH");
  private static final long MAX_OUTPUT_BYTES = 64L << 20;

  private Program() {}

  /** Whether a program can be run; {@code name} is a path or a name on the {@code PATH}. */
  static boolean isInstalled(String name) {
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
   * What the program writes to its standard output.
   *
   * @throws NoPreviewException when it fails or takes too long
   */
  static byte[] run(List<String> command, VideoTools limits)
      throws IOException, NoPreviewException, InterruptedException {
    Path output = Files.createTempFile("slipway-video", null);
    try {
      ProcessBuilder builder = new ProcessBuilder(limited(command, limits));
      // The environment may hold our own secrets.
      Map<String, String> environment = builder.environment();
      environment.keySet().retainAll(ENVIRONMENT);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(output.toFile());
      Process process = start(builder);
      process.getOutputStream().close();
      await(process, limits.seconds());
      if (Files.size(output) > MAX_OUTPUT_BYTES) {
        throw NoPreviewException.broken("The video's picture is too large.");
      }
      return Files.readAllBytes(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Process start(ProcessBuilder builder) throws NoPreviewException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw NoPreviewException.unsupported("ffmpeg cannot be run here.");
    }
  }

  private static void await(Process process, int seconds)
      throws NoPreviewException, InterruptedException {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw NoPreviewException.broken("The video took longer than " + seconds + " s to read.");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw NoPreviewException.broken("The video cannot be decoded.");
    }
  }

  private static List<String> limited(List<String> command, VideoTools limits) {
    if (!isInstalled("prlimit")) {
      return command;
    }
    List<String> limited = new ArrayList<>();
    limited.add("prlimit");
    limited.add("--as=" + ((long) limits.megabytes() << 20));
    limited.add("--fsize=" + MAX_OUTPUT_BYTES);
    limited.add("--");
    limited.addAll(command);
    return limited;
  }
}
