package slipway.http.front;

import java.io.IOException;

/** Has a container cut the connection, once the answer is out; no more than a line in its log. */
final class CutException extends IOException {
  private static final long serialVersionUID = 1L;

  CutException() {
    super("The rest of a request's body was not waited for");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
