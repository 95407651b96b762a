package slipway.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on its way in. Closing it deletes what was not kept. For one thread at a time. */
public final class Incoming extends IncomingFile implements WritableByteChannel {
  private final FileChannel channel;
  private boolean isThere = true;

  Incoming(Path path, FileChannel channel) {
    super(path);
    this.channel = channel;
  }

  /** Appends the bytes that remain, all of them. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return length;
  }

  /** Lends the received bytes, which exist until this is closed. */
  public LocalFile lend() {
    return new LocalFile(path(), () -> {});
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  boolean mayBeKept() {
    return false;
  }

  @Override
  void sync() throws IOException {
    channel.force(true);
  }

  @Override
  void isAtItsPath(boolean isNowThere) {
    isThere = isNowThere;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (isThere) {
      Files.deleteIfExists(path());
    }
  }
}
