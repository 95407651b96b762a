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
 * A file that only occupies disk space, which can be released when the disk is full for something
 * that frees space. For many threads.
 */
public final class Reserve {
  private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final long ROOM_TO_OPEN = 1 << 20;
  private static final int MOST_PART = 4;
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private final long bytes;

  /**
   * A reserve that is not taken yet, or was taken by an earlier process.
   *
   * @param bytes its size; a quarter of that on a small disk
   */
  public Reserve(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Refills it, with no more than half of what the disk has free. */
  public void take() {
    take(2);
  }

  /** Refills it as far as there is space: on a full disk it has priority. */
  public void takeBack() {
    take(1);
  }

  /** Takes no more than that part of what is free. */
  private void take(int part) {
    lock.lock();
    try {
      long has = Files.exists(file) ? Files.size(file) : 0;
      long end = Math.min(whole(), has + usableBytes() / part);
      if (end > has) {
        write(has, end);
      }
    } catch (IOException e) {
      if (!FullDisk.isReasonOf(e)) {
        LOG.warn("The reserved disk space is less than it should be: {}", e.toString());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Written zeros, as a hole would take no space. */
  private void write(long from, long end) throws IOException {
    if (from == 0) {
      Files.deleteIfExists(file);
      Files.createFile(file, OWNER);
    }
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.position(from);
      ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
      for (long done = from; done < end; done += channel.write(block)) {
        block.clear().limit((int) Math.min(BLOCK_BYTES, end - done));
      }
      channel.force(true);
    }
  }

  /** Whether it has its full size. */
  public boolean isWhole() {
    try {
      return Files.exists(file) && Files.size(file) >= whole();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Releases the space if the disk is full: before a database is opened, which needs a little.
   *
   * @return whether it did
   */
  public boolean giveIfFull() {
    try {
      boolean isNeeded = usableBytes() < ROOM_TO_OPEN && Files.exists(file);
      if (isNeeded) {
        give();
      }
      return isNeeded;
    } catch (IOException e) {
      LOG.warn("The free space of the disk is not known: {}", e.toString());
      return false;
    }
  }

  /** A small disk needs its space for other things. */
  private long whole() throws IOException {
    return Math.min(bytes, Files.getFileStore(file.getParent()).getTotalSpace() / MOST_PART);
  }

  private long usableBytes() throws IOException {
    return Files.getFileStore(file.getParent()).getUsableSpace();
  }

  /** Releases the space, until it is taken again. */
  public void give() {
    lock.lock();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The reserved disk space could not be released: {}", e.toString());
    } finally {
      lock.unlock();
    }
  }
}
