package slipway.http.front;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * An answer that knows how many bytes of its body were written, and whether it was decided: an
 * undecided one must not go out as the container's 200.
 */
final class CountedResponse extends HttpServletResponseWrapper {
  private final Readers.ReaderTurn turn;
  private CountedOutput output;
  private PrintWriter writer;
  private boolean said;
  private boolean flushed;
  private boolean hasError;
  private boolean hasEnded;

  CountedResponse(HttpServletResponse response, Readers.ReaderTurn turn) {
    super(response);
    this.turn = turn;
  }

  /** How it is sent. */
  Readers.ReaderTurn turn() {
    return turn;
  }

  /**
   * Whether a status was set, an error or redirect sent, a body begun or described. Other headers
   * decide nothing, as doors set them before the outcome is known.
   */
  boolean isDecided() {
    return said
        || bytes() > 0
        || hasLateBody()
        || isCommitted()
        || getStatus() != SC_OK
        || getContentType() != null
        || containsHeader("Content-Length");
  }

  @Override
  public void setStatus(int status) {
    said = true;
    super.setStatus(status);
  }

  @Override
  public void flushBuffer() throws IOException {
    flushed = true;
    pass();
    super.flushBuffer();
  }

  /** Whether a part of it may have been sent; if not, an error page can still replace it. */
  boolean hasBegun() {
    return isCommitted() && (flushed || bytes() > 0);
  }

  /**
   * A plain line in place of the error page, if that cannot be sent without this thread and many
   * readers are slow.
   *
   * @return whether it is that
   */
  private boolean isSaidInALine(int status) throws IOException {
    if (writer != null
        || isCommitted()
        || (output != null && output.isOpen())
        || !turn.isPressed()) {
      return false;
    }
    resetBuffer();
    setStatus(status);
    byte[] line = ("Error " + status + "\n").getBytes(StandardCharsets.US_ASCII);
    setContentType("text/plain; charset=utf-8");
    setHeader("Cache-Control", "no-store");
    setContentLength(line.length);
    getOutputStream().write(line);
    return true;
  }

  @Override
  public void sendError(int status) throws IOException {
    if (isSaidInALine(status)) {
      return;
    }
    hasError = true;
    forget();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (isSaidInALine(status)) {
      return;
    }
    hasError = true;
    forget();
    super.sendError(status, message);
  }

  /** Whether the error page will be its body. */
  boolean hasError() {
    return hasError;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    said = true;
    writer = super.getWriter();
    return writer;
  }

  @Override
  public CountedOutput getOutputStream() throws IOException {
    if (output == null) {
      output = new CountedOutput(super.getOutputStream(), turn);
    }
    return output;
  }

  @Override
  public void reset() {
    super.reset();
    forget();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    forget();
  }

  /** Makes the container hold what was written so far. */
  void pass() throws IOException {
    if (output != null && !turn.isLate()) {
      output.pass();
    }
  }

  private void forget() {
    if (output != null) {
      output.forget();
    }
  }

  /** Whether a part of its body is still kept. */
  boolean hasLateBody() {
    return output != null && !output.late().isEmpty();
  }

  /** Whether what is kept of its body is short, or nothing. */
  boolean isShort() {
    return output == null || output.late().isShort();
  }

  /** Whether it is written through a writer, whose characters are not seen here. */
  boolean hasWriter() {
    return writer != null;
  }

  /**
   * Sends what was written.
   *
   * @param closes whether to end it, too
   */
  void end(boolean closes) throws IOException {
    hasEnded = closes;
    if (writer == null) {
      getOutputStream().end(closes);
    } else if (closes) {
      writer.close();
    }
  }

  /** Whether it was ended, or others send and end it. */
  boolean hasEnded() {
    return hasEnded || turn.isLate();
  }

  /** Releases what it holds, unless it is still being sent. */
  void abandon() {
    if (output != null && !turn.isLate()) {
      output.late().end();
    }
  }

  /** How many bytes of its body went to the container. */
  long bytes() {
    return output == null ? 0 : output.bytes();
  }

  /** The same, including the kept part of a short body. */
  long length() {
    return output == null ? 0 : output.bytes() + output.late().held();
  }

  boolean isBroken() {
    return output != null && output.isBroken();
  }
}
