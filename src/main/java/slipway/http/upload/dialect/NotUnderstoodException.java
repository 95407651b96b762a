package slipway.http.upload.dialect;

/** A request says that it is a chunk, but not of which file, or which bytes. */
final class NotUnderstoodException extends Exception {
  private static final long serialVersionUID = 1L;

  NotUnderstoodException(String message) {
    super(message);
  }
}
