package slipway.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A request's body as it arrives. Distinguishes a visitor who has left from a failure of ours, and
 * limits how much of a refused body is read.
 */
public final class RequestBody extends InputStream {
  /** A read that brings this much is from a fast sender, so the next one will not wait long. */
  private static final int FLOWING = 8 * 1024;

  private final InputStream in;
  private ClientGoneException gone;
  private long left = Long.MAX_VALUE;
  private long deadline = Long.MAX_VALUE;

  /** The body that this stream delivers. */
  public RequestBody(InputStream in) {
    this.in = in;
  }

  /** The connection broke in the middle of the body. */
  public static final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(IOException cause) {
      super("The client has disconnected", cause);
    }
  }

  /** Notes that a read of the body outside this stream failed. */
  public ClientGoneException gone(IOException cause) {
    gone = new ClientGoneException(cause);
    return gone;
  }

  /** The bound of {@link #readOff} is reached. */
  private static final class EnoughException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * From now on the body is read and discarded, as its sender reads the answer only after sending
   * everything: at most so many bytes, for so many milliseconds.
   */
  public void readOff(long bytes, long millis) {
    left = bytes;
    deadline = System.nanoTime() / 1_000_000 + millis;
  }

  /** Writes the body to a channel as it comes in, to its end. */
  public void copyTo(WritableByteChannel out) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int count = gather(buffer); count >= 0; count = gather(buffer)) {
      out.write(ByteBuffer.wrap(buffer, 0, count));
    }
  }

  /**
   * Reads from a fast sender until the buffer is full, as large pieces cost less to write, and from
   * a slow one what has arrived.
   *
   * @return how many bytes, or -1 at the end of the body
   */
  public int gather(byte[] buffer) throws IOException {
    int last = read(buffer);
    int count = last;
    while (last >= FLOWING && count < buffer.length) {
      try {
        last = read(buffer, count, buffer.length - count);
        count += Math.max(0, last);
      } catch (ClientGoneException e) {
        gone = e; // The bytes that came before count, and are returned first.
        return count;
      }
    }
    return count;
  }

  /**
   * Reads and discards the rest.
   *
   * @throws ClientGoneException when the body does not arrive whole
   */
  public void readToEnd() throws IOException {
    byte[] buffer = new byte[16 * 1024];
    while (read(buffer, 0, buffer.length) >= 0) {
      // Nothing of it is kept.
    }
  }

  /** Reads until the body or the bound of {@link #readOff} ends. */
  public void drain() {
    try {
      readToEnd();
    } catch (IOException e) {
      // The bound is reached or the sender has left: either way no more is read.
    }
  }

  /** Reads and discards the rest, within the bounds of {@link #readOff}. */
  public void drain(long bytes, long millis) {
    readOff(bytes, millis);
    drain();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (gone != null) {
      throw gone;
    }
    if (left <= 0 || System.nanoTime() / 1_000_000 > deadline) {
      throw new EnoughException();
    }
    int read = readFromClient(buffer, offset, length);
    left -= Math.max(0, read);
    return read;
  }

  private int readFromClient(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }
}
