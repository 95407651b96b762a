package slipway.photo;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Distinguishes the present renditions of a file from earlier ones. Versions are random and so
 * never used twice: after a failed commit, files of a version may still exist, and browsers may
 * cache them.
 */
public final class RenditionVersion {
  /** The version of all renditions that were made before there were versions. */
  public static final long FIRST = 0;

  /** The version of renditions that do not exist. */
  public static final long NONE = -1;

  private RenditionVersion() {}

  /** A new version; above 0, at most 2^31 - 2. */
  public static long next() {
    return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
  }
}
