package slipway.secret;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import slipway.disk.Durable;

/** Files that only the server's user can read, such as those that hold secrets. */
public final class OwnerOnly {
  private OwnerOnly() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /**
   * Makes an empty file that only its owner may read and write.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is a file of that name
   */
  public static void create(Path file) throws IOException {
    Files.createFile(file, mode("rw-------"));
  }

  /**
   * Opens a file for writing, which is made where it is missing: then only its owner may read and
   * write it.
   */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, Set.of(CREATE, WRITE), mode("rw-------"));
  }

  /**
   * Writes a text file that only its owner may read and write, in place of one of that name. On
   * return it is whole, and its bytes and name are durable; if that fails, it does not exist.
   */
  public static void write(Path file, String text) throws IOException {
    Durable.write(file, text, mode("rw-------"));
  }

  /**
   * Makes a folder that only its owner may enter, where it is missing. Its name is durable on
   * return.
   */
  public static void createFolder(Path folder) throws IOException {
    Durable.createFolders(folder, mode("rwx------"));
  }
}
