package slipway.http.front;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/**
 * A body that is cut when it comes in too slowly. Only the time spent waiting for the sender
 * counts, not what the service does in between. A sender that sends nothing at all never gets here:
 * the container's own idle limit ends it.
 */
final class PacedInput extends ServletInputStream {
  private final ServletInputStream in;
  private final Pace pace;
  private long received;
  private long waited;
  private boolean tooSlow;
  private boolean broken;

  PacedInput(ServletInputStream in, Pace pace) {
    this.in = in;
    this.pace = pace;
  }

  /** The sender was too slow. */
  static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super("The body came in too slowly");
    }
  }

  boolean wasTooSlow() {
    return tooSlow;
  }

  /** Whether the connection failed, or the sender went. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long before = System.nanoTime();
    int read = readFromClient(buffer, offset, length);
    waited += System.nanoTime() - before;
    received += Math.max(0, read);
    if (read >= 0 && pace.isTooSlow(received, waited)) {
      tooSlow = true;
      throw new TooSlowException();
    }
    return read;
  }

  private int readFromClient(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public boolean isReady() {
    return in.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(listener);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
