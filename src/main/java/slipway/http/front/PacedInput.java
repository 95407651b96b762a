package slipway.http.front;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import slipway.http.BrokenBodyException;
import slipway.http.BrokenBodyException.Fault;

/**
 * A body that is cut when it comes in too slowly, and of which every container tells in the same
 * way that it did not arrive whole. Only the time spent waiting for the sender counts, not what the
 * service does in between. A sender that sends nothing at all is ended by the container's own idle
 * limit.
 */
final class PacedInput extends ServletInputStream {
  private final ServletInputStream in;
  private final Pace.Watch watch;
  private final BodyWait wait;
  private final long length;
  private long received;
  private boolean ended;
  private BrokenBodyException broken;

  /**
   * Of a body.
   *
   * @param length bytes it is said to have; below 0 when that was not said
   */
  PacedInput(ServletInputStream in, Pace.Watch watch, BodyWait wait, long length) {
    this.in = in;
    this.watch = watch;
    this.wait = wait;
    this.length = length;
  }

  /** Why it did not arrive whole; null as long as nothing is wrong with it. */
  BrokenBodyException broken() {
    return broken;
  }

  /** Whether it was read to its end. */
  boolean isRead() {
    return ended || (length >= 0 && received >= length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    if (broken != null) {
      throw broken;
    }
    if (!wait.hasRoom() && mayBlock() && !wait.mayBegin()) {
      throw broken(Fault.NO_ROOM, null);
    }
    long before = System.nanoTime();
    int read = readFromClient(buffer, offset, count);
    long waited = System.nanoTime() - before;
    int came = Math.max(0, read);
    boolean tooSlow = watch.isTooSlow(came, waited) || wait.isTooLong(came, waited);
    received += came;
    if (read >= 0 && tooSlow) {
      throw broken(Fault.TOO_SLOW, null);
    }
    if (read < 0) {
      ended = true;
      if (received < length) {
        throw broken(Fault.CUT, null);
      }
    }
    if (isRead()) {
      wait.end();
    }
    return read;
  }

  /**
   * Whether a read may have to wait. Of a body in chunks nobody can tell: what Tomcat has of it may
   * be framing, such as an extension that does not end.
   */
  private boolean mayBlock() throws IOException {
    return !isRead() && !in.isFinished() && (length < 0 || in.available() == 0);
  }

  private int readFromClient(byte[] buffer, int offset, int count) throws IOException {
    try {
      return in.read(buffer, offset, count);
    } catch (IOException | RuntimeException e) {
      throw broken(fault(e), e);
    }
  }

  private BrokenBodyException broken(Fault fault, Exception cause) {
    broken = new BrokenBodyException(fault, cause);
    return broken;
  }

  /** Containers have exceptions of their own, with what Java has for it somewhere inside. */
  private static Fault fault(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
        return Fault.STALLED;
      }
      if (cause instanceof EOFException) {
        return Fault.CUT;
      }
    }
    return Fault.MALFORMED;
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
