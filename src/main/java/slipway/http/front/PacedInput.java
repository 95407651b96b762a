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
 * A body that is cut when it arrives too slowly, and whose truncation every container reports in
 * the same way. Only the time spent waiting for the sender counts, not what the service does in
 * between. The container's own idle limit ends a sender that sends nothing at all.
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
   * @param length its announced length in bytes; negative when none was announced
   */
  PacedInput(ServletInputStream in, Pace.Watch watch, BodyWait wait, long length) {
    this.in = in;
    this.watch = watch;
    this.wait = wait;
    this.length = length;
  }

  /** Why it did not arrive whole; null while there is no failure. */
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
   * Whether a read may have to wait. For a chunked body that is unknown: what Tomcat has received
   * may be framing, such as an endless chunk extension.
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

  /** Containers throw exceptions of their own, with Java's somewhere among the causes. */
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
