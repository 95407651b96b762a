package slipway.disk;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Tells whether a failure means that there is no space: on the disk, or in the user's quota. */
public final class FullDisk {
  /** The messages of ENOSPC and EDQUOT on Linux, macOS and Windows. */
  private static final List<String> WORDS =
      List.of("no space left on device", "quota exceeded", "not enough space on the disk");

  private FullDisk() {}

  /** Whether it is, or was caused by, the system's error for a full disk. */
  public static boolean isReasonOf(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof IOException && e.getMessage() != null && isSaid(e.getMessage())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSaid(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
