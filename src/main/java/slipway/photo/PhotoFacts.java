package slipway.photo;

import java.time.Instant;

/**
 * Facts about a photo's file, known once its renditions are made.
 *
 * @param width pixels as shown, upright; null while not known
 * @param height pixels as shown, upright; null while not known
 * @param durationMillis length of a video in milliseconds; null while not known, and for a picture
 * @param takenAt when the camera took it; null while not known
 */
public record PhotoFacts(Integer width, Integer height, Long durationMillis, Instant takenAt) {
  /** Nothing is known. */
  public static final PhotoFacts NONE = new PhotoFacts(null, null, null, null);
}
