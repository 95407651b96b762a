package slipway.media.program;

/**
 * What a program may take that runs for long.
 *
 * @param processorSeconds of all its threads together
 * @param seconds by the clock
 * @param megabytes its memory
 * @param outputBytes how long a file may be that it writes
 */
public record LongLimits(long processorSeconds, long seconds, int megabytes, long outputBytes) {
  /** So that a program with a server is ended by the server, which tells why. */
  private static final int SECONDS_MORE = 60;

  /** As options of {@code prlimit}. */
  String[] options() {
    return new String[] {
      "--as=" + ((long) megabytes << 20), "--cpu=" + (processorSeconds + SECONDS_MORE)
    };
  }
}
