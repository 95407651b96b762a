package slipway.http;

/** A request that is answered with an error reply; the message is for the caller's eyes. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int status;

  /** With a message that names the parameter, and what is valid. */
  public ApiException(ErrorCode code, String message) {
    this(code, code.status(), message);
  }

  private ApiException(ErrorCode code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /** A credential that is not valid: {@code permission_denied}, with HTTP status 401. */
  static ApiException unauthorized(String message) {
    return new ApiException(ErrorCode.PERMISSION_DENIED, 401, message);
  }

  /** An {@code invalid_input} about one parameter. */
  public static ApiException invalid(String parameter, String valid) {
    return new ApiException(
        ErrorCode.INVALID_INPUT, "The parameter '" + parameter + "' must be " + valid + ".");
  }

  /** The reply's code. */
  public ErrorCode code() {
    return code;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}
