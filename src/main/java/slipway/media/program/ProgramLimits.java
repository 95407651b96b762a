package slipway.media.program;

/**
 * What another program may take; {@code prlimit} (util-linux) holds it to its memory, and to its
 * time should the server be gone, where that is installed.
 *
 * @param seconds how long it may run
 * @param megabytes its memory
 */
public record ProgramLimits(int seconds, int megabytes) {
  /** So that a program with a server is ended by the server, which tells why. */
  private static final int SECONDS_MORE = 5;

  /** As options of {@code prlimit}. */
  String[] options() {
    return new String[] {
      "--as=" + ((long) megabytes << 20), "--cpu=" + ((long) seconds + SECONDS_MORE)
    };
  }
}
