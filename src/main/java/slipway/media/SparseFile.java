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
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.LongConsumer;

/**
 * A partial file on the local disk, of which the next run of the server has what was flushed:
 * sparse where nothing was written yet. It keeps no file open between calls. For many threads.
 */
final class SparseFile extends PartialFile {
  private static final long STEP_BYTES = 4L << 20;

  private final MediaAccess access;

  SparseFile(Path path, MediaAccess access) {
    super(path);
    this.access = access;
  }

  @Override
  public void create() throws IOException {
    access.open(path(), CREATE, WRITE).close();
  }

  @Override
  public WritableByteChannel writeFrom(long position) throws IOException {
    FileChannel channel = FileChannel.open(path(), WRITE);
    try {
      return channel.position(position);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    return FileChannel.open(path(), READ, WRITE);
  }

  @Override
  public void append(PartialFile other, LongConsumer written) throws IOException {
    try (FileChannel from = other.whole();
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

  @Override
  public byte[] head(int length) throws IOException {
    try (InputStream bytes = read()) {
      return bytes.readNBytes(length);
    }
  }

  @Override
  public LocalFile lend() {
    return new LocalFile(path(), () -> {});
  }

  @Override
  public long size() throws IOException {
    return Files.exists(path()) ? Files.size(path()) : 0;
  }

  @Override
  public void truncate(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(path(), WRITE)) {
      channel.truncate(size);
    }
  }

  @Override
  FileChannel whole() throws IOException {
    return FileChannel.open(path(), READ);
  }

  @Override
  public List<KeptPiece> keep(NavigableMap<Long, Long> ranges) throws IOException {
    sync();
    return List.of();
  }

  @Override
  public List<String> replaced() {
    return List.of();
  }

  @Override
  public void drop(Collection<String> gone) {
    // It has no pieces.
  }

  @Override
  public boolean mayLoseWhatWasKept() {
    return true;
  }

  @Override
  public void leave() {
    // The next node has it.
  }

  @Override
  public void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path(), WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void syncName() throws IOException {
    Folders.sync(path().getParent());
  }

  @Override
  public void doom() throws IOException {
    try {
      Files.move(path(), doomed(), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Nothing came, or it was kept.
    }
  }

  @Override
  public boolean isDoomed() {
    return Files.exists(doomed());
  }

  private Path doomed() {
    return path().resolveSibling(name() + FileNames.WHOLE);
  }

  @Override
  public void rememberKept() throws IOException {
    access.open(kept(), CREATE, WRITE).close();
    syncName();
  }

  @Override
  public boolean wasKept() {
    return !Files.notExists(kept());
  }

  @Override
  void forgetKept() throws IOException {
    Files.deleteIfExists(kept());
  }

  private Path kept() {
    return path().resolveSibling(name() + FileNames.KEPT);
  }

  @Override
  public List<String> delete() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(doomed());
    forgetKept();
    return List.of();
  }
}
