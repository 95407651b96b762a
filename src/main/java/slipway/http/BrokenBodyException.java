package slipway.http;

import java.io.IOException;
import slipway.language.Saying;

/** The body of a request did not arrive whole: nothing of it counts as stored or understood. */
public final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int RETRY_SECONDS = 2;

  private final Fault fault;

  /** Why a body is not whole. */
  public enum Fault {
    /** Nothing arrived for as long as the container waits. */
    STALLED(408, "refused.cut", "The request's body stopped arriving; please send it again."),
    /** It came, but below the required pace. */
    TOO_SLOW(408, "refused.slow", "The request's body arrived too slowly; please send it again."),
    /** It had not come, and the server already waits for as many bodies as it can. */
    NO_ROOM(
        503,
        "refused.busy",
        "The server is waiting for as many slow requests as it can; please try again soon."),
    /** The sender ended the connection before the body's end. */
    CUT(400, "refused.cut", "The request's body ended early; please send it again."),
    /** Its framing, such as the size of a chunk, is not valid HTTP, or the connection failed. */
    MALFORMED(
        400,
        "refused.cut",
        "The request's body is not framed as HTTP/1.1 requires (RFC 9112, sections 6 and 7).");

    private final int status;
    private final String words;
    private final String message;

    /** Whether the container itself found the fault, and so decides about the connection. */
    public boolean isContainers() {
      return this != TOO_SLOW && this != NO_ROOM;
    }

    Fault(int status, String words, String message) {
      this.status = status;
      this.words = words;
      this.message = message;
    }
  }

  /** With the container's failure; null for none. */
  public BrokenBodyException(Fault fault, Exception cause) {
    super(fault.message, cause);
    this.fault = fault;
  }

  /** Why it is not whole. */
  public Fault fault() {
    return fault;
  }

  /** The message for a visitor. */
  Saying words() {
    return Saying.of(fault.words);
  }

  /** The answer, unless another was set: 408, 400 or 503. */
  ApiException error() {
    if (fault == Fault.NO_ROOM) {
      return ApiException.tryLater(fault.message, RETRY_SECONDS).saidAs(words());
    }
    return new ApiException(ErrorCode.INVALID_INPUT, fault.message)
        .withStatus(fault.status)
        .saidAs(words());
  }
}
