package slipway.photo;

import java.time.Instant;

/**
 * Whether the public sees a photo, from when on and where.
 *
 * @param published whether the public sees it; false as long as it is held
 * @param publishedAt from when on, if it is published
 * @param absoluteUrl its canonical address elsewhere; null for the one it has here
 * @param scan whether a virus scanner keeps it back
 */
public record Publication(
    boolean published, Instant publishedAt, String absoluteUrl, PhotoScan scan) {
  /** Of a photo whose file is not scanned. */
  public Publication(boolean published, Instant publishedAt, String absoluteUrl) {
    this(published, publishedAt, absoluteUrl, PhotoScan.NONE);
  }
}
