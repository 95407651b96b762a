package slipway.media.pictures;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Set;

/** Failures of the machine, which say nothing about the file that is decoded. */
final class MachineFailure {
  /** As the system says them; what a decoder says about a file stands in other exceptions. */
  private static final Set<String> WORDS =
      Set.of(
          "no space left on device",
          "disk quota exceeded",
          "there is not enough space on the disk",
          "too many open files",
          "cannot allocate memory",
          "input/output error");

  private static final String TOO_LARGE = "file too large";

  private MachineFailure() {}

  /** Whether it is one, or was caused by one. */
  static boolean isReasonOf(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof FileSystemException
          || e instanceof FileNotFoundException
          || e instanceof LinkageError
          || (isSystems(e) && WORDS.contains(words(e)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file would have more bytes than this process may write. */
  static boolean isTooLarge(IOException failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (isSystems(e) && words(e).equals(TOO_LARGE)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSystems(Throwable failure) {
    return failure.getClass() == IOException.class;
  }

  private static String words(Throwable failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
  }
}
