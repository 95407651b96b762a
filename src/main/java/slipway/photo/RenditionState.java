package slipway.photo;

import java.util.Locale;

/** How far the renditions of a photo are. */
public enum RenditionState {
  /** They are yet to be made. */
  WAITING,
  /** They are there. */
  DONE,
  /** There will be none: the file is of a kind that no picture can be made from here. */
  ORIGINAL_ONLY,
  /** There will be none: the file is broken, or every attempt failed. */
  FAILED;

  /** The name in the catalogue and in replies, such as {@code original_only}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RenditionState of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
