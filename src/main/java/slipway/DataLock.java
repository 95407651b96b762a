package slipway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.secret.OwnerOnly;

/**
 * Keeps a data folder to one running service: a second one would sweep away the files that the
 * first is working on, and not know its tokens. The lock ends with the process, however it ends.
 *
 * @param file the open file that is locked
 */
record DataLock(FileChannel file) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataLock.class);
  private static final String NAME = "slipway.lock";

  /** Keeps a reference: a file that nothing refers to is closed, and thereby unlocked. */
  private static final Queue<FileChannel> KEPT = new ConcurrentLinkedQueue<>();

  /**
   * Locks the folder, which is made where it is not there.
   *
   * @throws IOException when another service has locked it, or it cannot be written to
   */
  static DataLock of(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel file = OwnerOnly.open(folder.resolve(NAME));
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

  /** Leaves the folder locked, as a part of this service still works on it. */
  void keep() {
    KEPT.add(file);
    LOG.error("The data folder stays locked until this process ends or its last task is done");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
