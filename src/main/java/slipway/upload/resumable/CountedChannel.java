package slipway.upload.resumable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Takes room for the bytes of a stretch before it writes them. */
final class CountedChannel implements WritableByteChannel {
  private final ReceivedBytes received;
  private final Stretch stretch;
  private final WritableByteChannel file;

  CountedChannel(ReceivedBytes received, Stretch stretch, WritableByteChannel file) {
    this.received = received;
    this.stretch = stretch;
    this.file = file;
  }

  /** Writes all bytes that remain; what was written of them when that fails is still counted. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    received.claim(stretch, count);
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
