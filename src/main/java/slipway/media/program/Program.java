package slipway.media.program;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import slipway.media.pictures.NoPreviewException;

/**
 * Another program that works on a visitor's file: without a shell and our environment, at low
 * priority, and within bounds of memory, time and output, where {@code nice} and {@code prlimit}
 * are installed.
 */
public final class Program {
  /** The maximum length of a file that a program writes. */
  public static final long MOST_OUTPUT_BYTES = 64L << 20;

  /** The rest may hold our own secrets. The language says how names of files are written. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE");

  /** libvips must use no codec that its makers do not trust with such files, and one thread. */
  private static final Map<String, String> CAREFUL =
      Map.of("VIPS_BLOCK_UNTRUSTED", "1", "VIPS_CONCURRENCY", "1");

  private static final Duration MOST_CHECK = Duration.ofSeconds(10);

  /** What a program printed has come by then, unless another holds its output open. */
  private static final long MOST_LAST_WORDS_MILLIS = 500;

  private static final List<String> LOW_PRIORITY = List.of("nice", "-n", "5");

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
   * @param limits what it may take, as options of {@code prlimit}
   */
  public static ProcessBuilder bounded(List<String> command, String... limits) {
    return bounded(command, List.of(LOW_PRIORITY), MOST_OUTPUT_BYTES, limits);
  }

  /**
   * The same of one that may write longer files.
   *
   * @param before programs that run it, with their options; those that are installed do
   * @param outputBytes the maximum length of a file that it writes
   */
  static ProcessBuilder bounded(
      List<String> command, List<List<String>> before, long outputBytes, String... limits) {
    List<String> bounded = new ArrayList<>();
    before.stream().filter(one -> isInstalled(one.get(0))).forEach(bounded::addAll);
    if (isInstalled("prlimit")) {
      bounded.add("prlimit");
      bounded.addAll(List.of(limits));
      bounded.addAll(List.of("--fsize=" + outputBytes, "--core=0", "--"));
    }
    bounded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(bounded);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.environment().putAll(CAREFUL);
    return builder;
  }

  /**
   * Runs a program that looks at a file. What it says of the file counts only where the file can be
   * read here and now.
   *
   * @param file which the command names
   * @param output gets what it writes to its standard output
   * @throws NoPreviewException when it fails by the file's fault, or takes too much
   * @throws NotStartedException when it cannot be started
   * @throws KilledException when it was killed from outside
   * @throws IOException when the file cannot be read now, its output cannot be written, or it was
   *     told to end
   */
  public static void read(Path file, List<String> command, Path output, ProgramLimits limits)
      throws IOException, NoPreviewException, InterruptedException {
    ReadCheck.begin(file);
    try {
      run(command, output, limits);
    } catch (NoPreviewException e) {
      ReadCheck.all(file, MOST_CHECK);
      throw e;
    }
  }

  /**
   * Runs a program that looks at a file, to its end. Should the server be killed meanwhile, it ends
   * once it has used up its time.
   *
   * @param output gets what it writes to its standard output
   * @throws NoPreviewException when it fails by the file's fault, or takes too much
   * @throws NotStartedException when it cannot be started
   * @throws IOException when its output cannot be written, or it was ended from outside: a {@link
   *     KilledException} when it was killed
   */
  public static void run(List<String> command, Path output, ProgramLimits limits)
      throws IOException, NoPreviewException, InterruptedException {
    try (OutputStream file = Files.newOutputStream(output)) {
      run(start(bounded(command, limits.options())), file, limits.seconds());
    }
  }

  /**
   * Asks a program that answers by its exit status. It ends with all that it has begun, once it has
   * answered, takes too long, or the caller is interrupted.
   *
   * @throws TimeoutException when it takes longer than it may
   * @throws NotStartedException when it cannot be started
   */
  public static ProgramAnswer ask(List<String> command, ProgramLimits limits)
      throws IOException, InterruptedException, TimeoutException {
    ProcessBuilder program = bounded(command, limits.options());
    program.command().addAll(0, ProgramSession.command());
    Process process = start(program);
    FirstWords words = new FirstWords();
    Outlet errors;
    Outlet answers;
    boolean isInTime = false;
    try {
      process.getOutputStream().close();
      errors = Outlet.begin(process.getErrorStream(), words, Long.MAX_VALUE);
      answers = Outlet.begin(process.getInputStream(), words, MOST_OUTPUT_BYTES);
      isInTime = process.waitFor(limits.seconds(), TimeUnit.SECONDS);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      if (!isInTime) {
        process.destroyForcibly();
      }
      ProgramSession.end(process.pid());
    }
    if (!isInTime) {
      throw new TimeoutException("A program took longer than " + limits.seconds() + " s");
    }
    errors.awaitAtMost(MOST_LAST_WORDS_MILLIS);
    answers.awaitAtMost(MOST_LAST_WORDS_MILLIS);
    process.destroyForcibly(); // Closes what it wrote to, which loses what was not read yet.
    new ProgramEnd(process.exitValue(), words.text()).checkStart();
    return new ProgramAnswer(process.exitValue(), words.text());
  }

  static Process start(ProcessBuilder program) throws NotStartedException {
    try {
      return program.start();
    } catch (IOException e) {
      throw new NotStartedException("A program could not be started: " + e.getMessage(), e);
    }
  }

  private static void run(Process process, OutputStream file, int seconds)
      throws IOException, NoPreviewException, InterruptedException {
    FirstWords words = new FirstWords();
    try {
      process.getOutputStream().close();
      Outlet said = Outlet.begin(process.getErrorStream(), words, Long.MAX_VALUE);
      Outlet written = Outlet.begin(process.getInputStream(), file, MOST_OUTPUT_BYTES);
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw NoPreviewException.costly("The file took longer than " + seconds + " s to read.");
      }
      if (!written.await()) {
        throw NoPreviewException.broken("The file's picture is too large.");
      }
      said.await();
    } finally {
      process.destroyForcibly();
    }
    new ProgramEnd(process.exitValue(), words.text()).check();
  }
}
