package slipway.media;

/** No picture can be made from a file, now or later. The message says why, for people. */
public final class NoPreviewException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean broken;

  private NoPreviewException(String message, boolean broken) {
    super(message);
    this.broken = broken;
  }

  /** The file may be well, but is of a kind that is kept as it is. */
  static NoPreviewException unsupported(String message) {
    return new NoPreviewException(message, false);
  }

  /** The file is not what it seems to be, or too large to look at. */
  static NoPreviewException broken(String message) {
    return new NoPreviewException(message, true);
  }

  /** Whether the file is at fault, rather than its kind. */
  public boolean isBroken() {
    return broken;
  }
}
