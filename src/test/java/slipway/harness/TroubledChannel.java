package slipway.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of a {@link TroubledDisk}. */
final class TroubledChannel extends FileChannel {
  private final TroubledDisk disk;
  private final Path path;
  private final FileChannel real;
  private volatile boolean isWritten;

  TroubledChannel(TroubledDisk disk, Path path, FileChannel real) {
    this.disk = disk;
    this.path = path;
    this.real = real;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int written = real.write(bytes);
    wrote(real.position() - written, written);
    return written;
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    int written = real.write(bytes, position);
    wrote(position, written);
    return written;
  }

  @Override
  public long write(ByteBuffer[] all, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(all[i]);
    }
    return written;
  }

  private void wrote(long first, int length) {
    isWritten = true;
    disk.wrote(path.getFileName().toString(), first, length);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    disk.flush(path);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
    if (isWritten) {
      disk.closed(path);
    }
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return real.read(bytes);
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return real.read(bytes, position);
  }

  @Override
  public long read(ByteBuffer[] all, int offset, int length) throws IOException {
    return real.read(all, offset, length);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    real.truncate(size);
    return this;
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
    return real.transferTo(position, count, to);
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) throws IOException {
    long transferred = real.transferFrom(from, position, count);
    wrote(position, Math.toIntExact(transferred));
    return transferred;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }
}
