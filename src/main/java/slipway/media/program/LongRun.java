package slipway.media.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import slipway.media.pictures.NoPreviewException;

/**
 * A program that works on a visitor's file for long, when nothing else has to be done: at the
 * lowest priority, for processor and disk. It ends with the server, however that ends, where {@code
 * setpriv} is installed; else once it has used up its time.
 */
public final class LongRun {
  private static final List<List<String>> BEFORE =
      List.of(
          List.of("nice", "-n", "19"),
          List.of("ionice", "-c", "3"),
          List.of("setpriv", "--pdeathsig", "KILL", "--"));

  private static final Duration MOST_CHECK = Duration.ofSeconds(10);
  private static final int MILLIS_BETWEEN_LOOKS = 500;

  /** It wrote a file that is longer than it may be (SIGXFSZ). */
  private static final int TOO_LONG = 128 + 25;

  private LongRun() {}

  /** Whether a run is to continue. */
  @FunctionalInterface
  public interface RunCheck {
    /**
     * Asked about twice a second.
     *
     * @return false when its result is not wanted any more
     * @throws IOException when it cannot continue now, as for lack of room
     */
    boolean goesOn() throws IOException;
  }

  /**
   * Runs a program to its end.
   *
   * @param file which the command reads
   * @param output gets what it writes to its standard output
   * @return false when its result is no longer wanted; it was ended then
   * @throws NoPreviewException when it fails by the file's fault, or takes too much
   * @throws NotStartedException when it cannot be started
   * @throws KilledException when it was killed from outside
   * @throws IOException when the file cannot be read now, it was told to end, or the check threw
   */
  public static boolean run(
      Path file, List<String> command, LongLimits limits, OutputStream output, RunCheck check)
      throws IOException, NoPreviewException, InterruptedException {
    ReadCheck.begin(file);
    try {
      return run(command, limits, output, check);
    } catch (NoPreviewException e) {
      ReadCheck.all(file, MOST_CHECK);
      throw e;
    }
  }

  private static boolean run(
      List<String> command, LongLimits limits, OutputStream output, RunCheck check)
      throws IOException, NoPreviewException, InterruptedException {
    Process process =
        Program.start(Program.bounded(command, BEFORE, limits.outputBytes(), limits.options()));
    FirstWords words = new FirstWords();
    try {
      process.getOutputStream().close();
      Outlet said = Outlet.begin(process.getErrorStream(), words, Long.MAX_VALUE);
      Outlet written = Outlet.begin(process.getInputStream(), output, Long.MAX_VALUE);
      if (!await(process, limits, check)) {
        return false;
      }
      written.await();
      said.await();
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() == TOO_LONG) {
      throw NoPreviewException.broken("The result of the conversion is too large.");
    }
    new ProgramEnd(process.exitValue(), words.text()).check();
    return true;
  }

  private static boolean await(Process process, LongLimits limits, RunCheck check)
      throws IOException, NoPreviewException, InterruptedException {
    long begun = System.nanoTime();
    while (!process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(limits.seconds())) {
        throw NoPreviewException.costly(
            "The file took longer than " + limits.seconds() + " s to convert.");
      }
      if (processor(process) > limits.processorSeconds()) {
        throw NoPreviewException.costly(
            "The file took more than "
                + limits.processorSeconds()
                + " s of processor time to convert.");
      }
      if (!check.goesOn()) {
        return false;
      }
    }
    return true;
  }

  private static long processor(Process process) {
    return process.info().totalCpuDuration().map(Duration::toSeconds).orElse(0L);
  }
}
