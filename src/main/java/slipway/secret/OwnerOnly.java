package slipway.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that hold secrets: nobody but the user of the server reads them. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /**
   * Makes an empty file that only its owner may read and write.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is a file of that name
   */
  public static void create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
