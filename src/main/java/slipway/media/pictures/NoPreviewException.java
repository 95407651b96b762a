package slipway.media.pictures;

import java.io.IOException;

/** No picture can be made from a file. The message says why, for people. */
public final class NoPreviewException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARS = 200;

  /** What it is that stands in the way. */
  public enum Obstacle {
    /** The file may be well, but is of a kind that is kept as it is. */
    KIND,
    /** The file is not what it seems to be, or too large to look at. */
    FILE,
    /** It took more time or memory than it may. On a machine with less to do it might not. */
    COST,
    /** A video has no picture at the time that was requested. */
    TIME
  }

  private final Obstacle obstacle;
  private final transient MediaFacts facts;

  NoPreviewException(Obstacle obstacle, String message, MediaFacts facts) {
    super(message);
    this.obstacle = obstacle;
    this.facts = facts;
  }

  /** The file may be well, but is of a kind that is kept as it is. */
  public static NoPreviewException unsupported(String message) {
    return new NoPreviewException(Obstacle.KIND, message, MediaFacts.NONE);
  }

  /** A file of a kind that is kept as it is. */
  public static NoPreviewException keptAsItIs(String contentType) {
    return keptAsItIs(contentType, MediaFacts.NONE);
  }

  /** The same, of a file that says something about its picture. */
  static NoPreviewException keptAsItIs(String contentType, MediaFacts facts) {
    return new NoPreviewException(
        Obstacle.KIND,
        "Files of type " + contentType + " are kept as they are, without renditions.",
        facts);
  }

  /** The file is not what it seems to be, or too large to look at. */
  public static NoPreviewException broken(String message) {
    return new NoPreviewException(Obstacle.FILE, message, MediaFacts.NONE);
  }

  /**
   * What a decoder says about a broken file, which may hold a part of it: in plain characters.
   * Where it did not expect what it found, its words are of its own code, and for nobody else.
   */
  static NoPreviewException undecodable(Throwable failure) {
    boolean isTold = failure instanceof IOException && failure.getMessage() != null;
    String said = isTold ? failure.getMessage() : "";
    String words = said.replaceAll("[^ -~]+", " ").strip();
    return broken(
        words.isEmpty()
            ? "The picture cannot be decoded."
            : "The picture cannot be decoded: "
                + words.substring(0, Math.min(words.length(), MOST_CHARS)));
  }

  /** A video has no picture at the time that was requested. */
  public static NoPreviewException noPictureThere() {
    return new NoPreviewException(
        Obstacle.TIME, "The video has no picture at that time.", MediaFacts.NONE);
  }

  /** It took more time or memory than it may, this time. */
  public static NoPreviewException costly(String message) {
    return new NoPreviewException(Obstacle.COST, message, MediaFacts.NONE);
  }

  /** The same, where these facts are known of the picture nevertheless. */
  public NoPreviewException with(MediaFacts known) {
    return new NoPreviewException(obstacle, getMessage(), known);
  }

  /** What stands in the way. */
  public Obstacle obstacle() {
    return obstacle;
  }

  /** What is known of the picture nevertheless. */
  public MediaFacts facts() {
    return facts;
  }
}
