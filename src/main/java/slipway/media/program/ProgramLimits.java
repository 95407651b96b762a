package slipway.media.program;

/**
 * What another program may take; {@code prlimit} (util-linux) holds it to its memory, and to its
 * time should the server be gone, where that is installed.
 *
 * @param seconds how long it may run
 * @param megabytes its memory
 */
public record ProgramLimits(int seconds, int megabytes) {
  /** More than the server's own limit, so that the server ends the program and says why. */
  private static final int SECONDS_MORE = 5;

  /** At the first limit it gets a signal that tells why, at the second it is killed. */
  private static final int SECONDS_TO_THE_SECOND = 5;

  /** As options of {@code prlimit}. */
  String[] options() {
    long processor = (long) seconds + SECONDS_MORE;
    return new String[] {
      "--as=" + ((long) megabytes << 20),
      "--cpu=" + processor + ":" + (processor + SECONDS_TO_THE_SECOND)
    };
  }
}
