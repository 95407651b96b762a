package slipway.media.pictures;

/** No picture can be made from a file, now or later. The message says why, for people. */
public final class NoPreviewException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean broken;
  private final transient MediaFacts facts;

  private NoPreviewException(String message, boolean broken, MediaFacts facts) {
    super(message);
    this.broken = broken;
    this.facts = facts;
  }

  /** The file may be well, but is of a kind that is kept as it is. */
  public static NoPreviewException unsupported(String message) {
    return unsupported(message, MediaFacts.NONE);
  }

  /** The same, of a file that says something of its picture. */
  public static NoPreviewException unsupported(String message, MediaFacts facts) {
    return new NoPreviewException(message, false, facts);
  }

  /** The file is not what it seems to be, or too large to look at. */
  public static NoPreviewException broken(String message) {
    return new NoPreviewException(message, true, MediaFacts.NONE);
  }

  /** Whether the file is at fault, rather than its kind. */
  public boolean isBroken() {
    return broken;
  }

  /** What is known of the picture nevertheless. */
  public MediaFacts facts() {
    return facts;
  }
}
