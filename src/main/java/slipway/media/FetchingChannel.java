package slipway.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Reads and writes a local file into which pieces come as they are read. For one thread. */
final class FetchingChannel implements SeekableByteChannel {
  private final PiecedFile file;
  private final SeekableByteChannel local;

  /** A channel of a file over its local one, which is closed with it. */
  FetchingChannel(PiecedFile file, SeekableByteChannel local) {
    this.file = file;
    this.local = local;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    file.fetch(local.position(), local.position() + to.remaining());
    return local.read(to);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return local.write(from);
  }

  @Override
  public long position() throws IOException {
    return local.position();
  }

  @Override
  public SeekableByteChannel position(long next) throws IOException {
    local.position(next);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    local.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return local.isOpen();
  }

  @Override
  public void close() throws IOException {
    local.close();
  }
}
