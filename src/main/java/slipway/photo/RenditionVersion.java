package slipway.photo;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells the renditions that a file has from those it had. A version is never used twice, as it is
 * drawn at random: what was begun under one may still lie there after a commit that failed, and a
 * browser may keep what it was shown under one.
 */
public final class RenditionVersion {
  /** That of all renditions which were made before there were versions. */
  public static final long FIRST = 0;

  /** That of what is not there. */
  public static final long NONE = -1;

  private RenditionVersion() {}

  /** Another one than any before; above 0, at most 2^31 - 2. */
  public static long next() {
    return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
  }
}
