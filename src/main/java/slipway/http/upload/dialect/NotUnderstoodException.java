package slipway.http.upload.dialect;

/** What says that it is a chunk does not say of which file, or which bytes. */
final class NotUnderstoodException extends Exception {
  private static final long serialVersionUID = 1L;

  NotUnderstoodException(String message) {
    super(message);
  }
}
