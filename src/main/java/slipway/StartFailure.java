package slipway;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in one line why the service could not start, and what is wrong with a file. */
final class StartFailure {
  private StartFailure() {}

  static String text(Throwable failure) {
    String text = failure instanceof FileSystemException file ? ofFile(file) : message(failure);
    if (failure.getCause() instanceof FileSystemException cause) {
      text += ": " + ofFile(cause);
    }
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String ofFile(FileSystemException failure) {
    return failure.getFile() + ": " + reason(failure);
  }

  /** A user that has no name, as in a container, is known to the JDK as "?": it has its number. */
  static String user(String name) {
    if (!name.equals("?")) {
      return name;
    }
    try {
      return "with the number " + Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException e) {
      return "without a name";
    }
  }

  /** The JDK's messages for these have only the path. */
  private static String reason(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return ("permission denied for the user %s, whom the server runs as. Give the whole data folder to"
              + " that user (chown -R)")
          .formatted(user(System.getProperty("user.name")));
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "something else has this name";
    }
    return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
  }
}
