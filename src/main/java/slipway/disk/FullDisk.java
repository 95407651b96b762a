package slipway.disk;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Whether a failure says that there is no room: on the disk, or in the quota of its user. */
public final class FullDisk {
  /** Of ENOSPC and EDQUOT, as Linux, macOS and Windows have them. */
  private static final List<String> WORDS =
      List.of("no space left on device", "quota exceeded", "not enough space on the disk");

  private FullDisk() {}

  /** Whether it is, or was caused by, what the system says of a full disk. */
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
