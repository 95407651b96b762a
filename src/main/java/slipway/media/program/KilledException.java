package slipway.media.program;

import java.io.IOException;

/**
 * A program was killed from outside, most often by a system that is out of memory. That says
 * nothing about the file it worked on; but where it happens again, that file may be why.
 */
public final class KilledException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is known of its end. */
  public KilledException(String message) {
    super(message);
  }

  /** Whether a failure is one, or was caused by one. */
  public static boolean isReasonOf(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof KilledException) {
        return true;
      }
    }
    return false;
  }
}
