package slipway.media.program;

/**
 * The limits of a program that runs for a long time.
 *
 * @param processorSeconds of all its threads together
 * @param seconds by the clock
 * @param megabytes its memory
 * @param outputBytes the maximum length of a file that it writes
 */
public record LongLimits(long processorSeconds, long seconds, int megabytes, long outputBytes) {
  /** More than the server's own limit, so that the server ends the program and says why. */
  private static final int SECONDS_MORE = 60;

  /** As options of {@code prlimit}. */
  String[] options() {
    return new String[] {
      "--as=" + ((long) megabytes << 20), "--cpu=" + (processorSeconds + SECONDS_MORE)
    };
  }
}
