package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;

/**
 * A file whose bytes come in any order, several pieces at a time, over several runs of the server:
 * sparse where nothing was written yet. It holds no file open between the calls. For many threads.
 */
public final class PartialFile extends IncomingFile {
  private static final long STEP_BYTES = 4L << 20;

  private final MediaAccess access;

  PartialFile(Path path, MediaAccess access) {
    super(path);
    this.access = access;
  }

  /** Creates the file, empty, unless it is there. */
  public void create() throws IOException {
    access.open(path(), CREATE, WRITE).close();
  }

  /**
   * A channel of its own that writes from that byte on, and never less than it is given.
   *
   * @throws java.nio.file.NoSuchFileException when the file is not there: it was not created, or
   *     has been kept or deleted
   */
  public WritableByteChannel writeFrom(long position) throws IOException {
    FileChannel channel = FileChannel.open(path(), WRITE);
    try {
      return channel.position(position);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * A channel of its own that reads and writes anywhere.
   *
   * @throws java.nio.file.NoSuchFileException when the file is not there
   */
  public SeekableByteChannel open() throws IOException {
    return FileChannel.open(path(), READ, WRITE);
  }

  /**
   * Appends another file to this one, which must be there.
   *
   * @param written is told about bytes as they are written
   */
  public void append(PartialFile other, LongConsumer written) throws IOException {
    try (FileChannel from = FileChannel.open(other.path(), READ);
        FileChannel to = FileChannel.open(path(), WRITE)) {
      to.position(to.size());
      long done = 0;
      while (done < from.size()) {
        long step = from.transferTo(done, Math.min(STEP_BYTES, from.size() - done), to);
        written.accept(step);
        done += step;
      }
    }
  }

  /** The first bytes: so many, or all there are. */
  public byte[] head(int length) throws IOException {
    try (InputStream bytes = read()) {
      return bytes.readNBytes(length);
    }
  }

  /** Lends it as it is now, gaps included; it may be kept elsewhere, or deleted, meanwhile. */
  public LocalFile lend() {
    return new LocalFile(path(), () -> {});
  }

  @Override
  public long size() throws IOException {
    return Files.exists(path()) ? Files.size(path()) : 0;
  }

  /** Cuts off what lies beyond so many bytes of the file, which must be there. */
  public void truncate(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(path(), WRITE)) {
      channel.truncate(size);
    }
  }

  /**
   * Makes the bytes written so far durable. Where it fails, the system may drop all that was
   * written since the last time, and say so but once.
   */
  @Override
  public void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path(), WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the file's name durable, as its own flush does not. */
  public void syncName() throws IOException {
    Folders.sync(path().getParent());
  }

  /**
   * Gives the file, if it is there, a name that says that it is to be deleted, which the start does
   * should the process end before {@link #delete}.
   */
  public void doom() throws IOException {
    try {
      Files.move(path(), doomed(), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Nothing arrived, or it was kept.
    }
  }

  /** Whether {@link #doom} was not followed by {@link #delete}. */
  public boolean isDoomed() {
    return Files.exists(doomed());
  }

  private Path doomed() {
    return path().resolveSibling(name() + FileNames.WHOLE);
  }

  /**
   * Notes that the file is or was among the kept ones, before it is moved back from there: durable
   * on return, and held until {@link #delete}, or until it is set aside. It may be that of a photo
   * whose row was lost.
   */
  public void rememberKept() throws IOException {
    access.open(kept(), CREATE, WRITE).close();
    syncName();
  }

  /** Whether {@link #rememberKept} was not followed by {@link #delete}, or nobody can tell. */
  public boolean wasKept() {
    return !Files.notExists(kept());
  }

  void forgetKept() throws IOException {
    Files.deleteIfExists(kept());
  }

  private Path kept() {
    return path().resolveSibling(name() + FileNames.KEPT);
  }

  /**
   * Deletes the file from the spool, if it is there; one that was moved on when it was kept is not.
   */
  public void delete() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(doomed());
    forgetKept();
  }
}
