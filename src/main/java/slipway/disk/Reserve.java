package slipway.disk;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that does nothing but take room on a disk, so that it can be given up when the disk is
 * full, for something that makes room. For many threads.
 */
public final class Reserve {
  private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private final long bytes;

  /**
   * A reserve that is not taken yet, or was by an earlier process.
   *
   * @param bytes how much it is
   */
  public Reserve(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Takes the room, if the disk has more than as much besides. A disk that has less is not well,
   * which is seen elsewhere.
   */
  public void take() {
    lock.lock();
    try {
      if (Files.exists(file) && Files.size(file) >= bytes) {
        return;
      }
      if (Files.getFileStore(file.getParent()).getUsableSpace() > 2 * bytes) {
        write();
      }
    } catch (IOException e) {
      LOG.warn("No room could be kept in reserve: {}", e.toString());
      give();
    } finally {
      lock.unlock();
    }
  }

  /** Zeros that are written: a hole would take no room. */
  private void write() throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, OWNER);
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
      for (long done = 0; done < bytes; done += channel.write(block)) {
        block.clear().limit((int) Math.min(BLOCK_BYTES, bytes - done));
      }
      channel.force(true);
    }
  }

  /**
   * Gives the room up, until it is taken again.
   *
   * @return whether there was any
   */
  public boolean give() {
    lock.lock();
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The room in reserve could not be given up: {}", e.toString());
      return false;
    } finally {
      lock.unlock();
    }
  }
}
