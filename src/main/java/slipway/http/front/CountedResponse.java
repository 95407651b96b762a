package slipway.http.front;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * An answer that knows how many bytes its body has had so far, and whether anybody decided on it:
 * one that nobody did must not go out as the container's 200.
 */
final class CountedResponse extends HttpServletResponseWrapper {
  private CountedOutput output;
  private boolean said;
  private boolean flushed;
  private boolean hasError;

  CountedResponse(HttpServletResponse response) {
    super(response);
  }

  /**
   * Whether a status was set, an error or redirect sent, a body begun or described. Headers beside
   * those decide nothing: doors set them before they know how it ends.
   */
  boolean isDecided() {
    return said
        || bytes() > 0
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
    super.flushBuffer();
  }

  /** Whether some of it may be on its way; where not, an error page can still take its place. */
  boolean hasBegun() {
    return isCommitted() && (flushed || bytes() > 0);
  }

  @Override
  public void sendError(int status) throws IOException {
    hasError = true;
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    hasError = true;
    super.sendError(status, message);
  }

  /** Whether the page for errors will be its body. */
  boolean hasError() {
    return hasError;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    said = true;
    return super.getWriter();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new CountedOutput(super.getOutputStream());
    }
    return output;
  }

  long bytes() {
    return output == null ? 0 : output.bytes();
  }

  boolean isBroken() {
    return output != null && output.isBroken();
  }
}
