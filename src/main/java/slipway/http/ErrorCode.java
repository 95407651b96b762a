package slipway.http;

import java.util.Locale;

/** The codes of error replies, each with its HTTP status. */
public enum ErrorCode {
  INVALID_INPUT(400),
  PERMISSION_DENIED(403),
  INVALID_SIGNATURE(401),
  NO_FILE(400),
  ERROR_PROCESSING_UPLOAD(415),
  INVALID_UPLOAD_TOKEN(404),
  NO_SUCH_UPLOAD_LINK(404),
  NO_SUCH_PHOTO(404),
  NO_SUCH_ALBUM(404),
  NO_SUCH_USER(404),
  NO_SUCH_TAG(404),
  NO_SUCH_EVENT(404),
  NO_SUCH_WEBHOOK(404),
  NO_SUCH_CREDENTIAL(404),
  NO_SUCH_COMMENT(404),
  NO_SUCH_SUBTITLE(404),
  NO_SUCH_SECTION(404),
  NO_SUCH_FILE(404),
  INVALID_ALBUM(400),
  INVALID_PHOTO_TOKEN(403),
  INVALID_ALBUM_TOKEN(403),
  TOKEN_REQUIRED(403),
  COULDNT_CREATE_ALBUM(400),
  COULDNT_UPDATE_ALBUM(400),
  COULDNT_CREATE_USER(400),
  USER_ALREADY_EXISTS(400),
  NO_SUCH_METHOD(404),
  METHOD_NOT_ALLOWED(405),
  TOO_LARGE(413),
  UPLOAD_IN_PROGRESS(503),
  RATE_LIMITED(429),
  SERVER_ERROR(500);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The name in replies, such as {@code invalid_input}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}
