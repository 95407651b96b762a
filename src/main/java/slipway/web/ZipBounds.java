package slipway.web;

/**
 * How large a zip may be, and how many are sent at the same time.
 *
 * @param files in one; 0 for no zips
 * @param bytes of the files in one, together
 * @param atOnce zips on their way at the same time
 * @param atOnceOfAddress of one address
 */
public record ZipBounds(int files, long bytes, int atOnce, int atOnceOfAddress) {
  /** Whether one may contain so many photos, by their number. */
  public boolean take(long photos) {
    return photos > 0 && photos <= files;
  }
}
