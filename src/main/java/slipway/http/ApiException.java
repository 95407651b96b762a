package slipway.http;

import java.time.Duration;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.language.Language;
import slipway.language.Saying;

/** A request that is answered with an error reply; the message is for the caller's eyes. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int BUSY_SECONDS = 2;
  private static final int FULL_SECONDS = 60;

  private final ErrorCode code;
  private final int status;
  private final long retryAfterSeconds;
  private final transient Saying saying;

  /** With a message that names the parameter, and what is valid. */
  public ApiException(ErrorCode code, String message) {
    this(code, code.status(), message, 0, null);
  }

  private ApiException(
      ErrorCode code, int status, String message, long retryAfterSeconds, Saying saying) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.saying = saying;
  }

  /** A credential that is not valid: {@code permission_denied}, with HTTP status 401. */
  static ApiException unauthorized(String message) {
    return new ApiException(ErrorCode.PERMISSION_DENIED, 401, message, 0, null);
  }

  /** An {@code invalid_input} about one parameter. */
  public static ApiException invalid(String parameter, String valid) {
    return new ApiException(
        ErrorCode.INVALID_INPUT, "The parameter '" + parameter + "' must be " + valid + ".");
  }

  /** An {@code invalid_input} about one required parameter that is missing. */
  static ApiException missing(String parameter, String valid) {
    return new ApiException(
        ErrorCode.INVALID_INPUT, "The parameter '" + parameter + "' is required: " + valid + ".");
  }

  /** The same of one that a POST has in its query, which is not read. */
  static ApiException missingInBody(String parameter, String valid) {
    return new ApiException(
        ErrorCode.INVALID_INPUT,
        "The parameter '"
            + parameter
            + "' is required: "
            + valid
            + ". It is in the query, which is not read on POST: send it in the body.");
  }

  /** A {@code rate_limited}, with when to come again (RFC 6585, 4). */
  public static ApiException rateLimited(String message, Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return new ApiException(
        ErrorCode.RATE_LIMITED, ErrorCode.RATE_LIMITED.status(), message, seconds, null);
  }

  /** A {@code server_error} that will pass: 503, with when to come again (RFC 9110, 15.6.4). */
  public static ApiException tryLater(String message, int seconds) {
    return new ApiException(ErrorCode.SERVER_ERROR, 503, message, seconds, null);
  }

  /**
   * The error that the disk has no space for a request: 507 (RFC 4918, 11.5), with when to come
   * again.
   */
  public static ApiException diskFull() {
    return new ApiException(
        ErrorCode.SERVER_ERROR,
        507,
        "The server's disk has no room for this; please try again later.",
        FULL_SECONDS,
        Saying.of("refused.no_room"));
  }

  /** The error that there is no memory for a request now: 503, with when to come again. */
  public static ApiException busy() {
    return tryLater(
            "The server has as many requests as it can take; please try again soon.", BUSY_SECONDS)
        .saidAs(Saying.of("refused.busy"));
  }

  /** The same under another HTTP status than its code's. */
  public ApiException withStatus(int other) {
    return new ApiException(code, other, getMessage(), retryAfterSeconds, saying);
  }

  /** The same with when to come again (RFC 9110, 10.2.3); 0 for nothing said. */
  public ApiException withRetryAfter(int seconds) {
    return new ApiException(code, status, getMessage(), seconds, saying);
  }

  /** The same with another message. */
  public ApiException withMessage(String other) {
    return new ApiException(code, status, other, retryAfterSeconds, saying);
  }

  /** The same with other words for visitors, in their language; null for the message. */
  public ApiException saidAs(Saying words) {
    return new ApiException(code, status, getMessage(), retryAfterSeconds, words);
  }

  /**
   * The message for a visitor in that language; in English where only a site's developer can help.
   */
  public String message(Language language) {
    return saying == null ? getMessage() : language.say(saying);
  }

  /** Whether there is a message for visitors besides the one for developers. */
  boolean isForVisitors() {
    return saying != null;
  }

  /** Whether a file has to be sent again from its first chunk. */
  boolean isToBeginAnew() {
    return saying != null && saying.key().equals("refused.begin_anew");
  }

  /** Whether the same request may succeed when it is sent again. */
  public boolean mayPass() {
    return retryAfterSeconds > 0;
  }

  /** A {@code permission_denied} that names the level it takes, and says if there was no key. */
  public static ApiException denied(PermissionLevel required, Caller caller) {
    return new ApiException(
        ErrorCode.PERMISSION_DENIED,
        "You do not have permission to do this (required level: '"
            + required.id()
            + (caller.credentialId() == null ? "'): no key was sent." : "')."));
  }

  /** The reply's code. */
  public ErrorCode code() {
    return code;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Seconds after which to try again; 0 for nothing said. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
