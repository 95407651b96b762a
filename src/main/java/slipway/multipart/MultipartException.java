package slipway.multipart;

import java.io.IOException;

/**
 * A request body that is not acceptable as {@code multipart/form-data}. The message says what is
 * wrong and what is valid, in words fit for the sender. Faults of the connection (a client gone, a
 * read timed out) are never reported with this exception: they pass through as the stream threw
 * them.
 */
public final class MultipartException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the body. */
  public enum Problem {
    /** The content type is not {@code multipart/form-data} with a usable boundary. */
    NOT_MULTIPART,
    /**
     * The body breaks the syntax of RFC 2046 §5.1 or RFC 7578, or ends before its final boundary.
     */
    MALFORMED,
    /** More parts than {@link MultipartReader.Limits#maxParts()}. */
    TOO_MANY_PARTS,
    /** A part's headers exceed {@link MultipartReader.Limits#maxPartHeaderBytes()}. */
    HEADERS_TOO_LARGE,
    /** A field's value exceeds {@link MultipartReader.Limits#maxFieldBytes()}. */
    FIELD_TOO_LARGE,
    /** All fields together exceed {@link MultipartReader.Limits#maxFormBytes()}. */
    FORM_TOO_LARGE
  }

  private final Problem problem;
  private final int limit;

  MultipartException(Problem problem, String message) {
    this(problem, 0, message);
  }

  MultipartException(Problem problem, int limit, String message) {
    super(message);
    this.problem = problem;
    this.limit = limit;
  }

  static MultipartException malformed(String message) {
    return new MultipartException(Problem.MALFORMED, message);
  }

  /** What is wrong, for a caller that answers each case in its own way. */
  public Problem problem() {
    return problem;
  }

  /** The limit that was exceeded, of parts or bytes; 0 for a body that breaks the syntax. */
  public int limit() {
    return limit;
  }
}
