package slipway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a data folder to one running service: a second one would sweep away the files that the
 * first is working on, and not know its tokens. The lock ends with the process, however it ends.
 *
 * @param file the open file that is locked
 */
record DataLock(FileChannel file) implements AutoCloseable {
  private static final String NAME = "slipway.lock";

  /**
   * Locks the folder, which is made where it is not there.
   *
   * @throws IOException when another service has it, or it cannot be written to
   */
  static DataLock of(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel file =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isLocked(file)) {
      return new DataLock(file);
    }
    file.close();
    throw new IOException("another Slipway is running on the data folder " + folder);
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another web application of this server has it
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
