package slipway.photo.viewlink;

import java.time.Instant;
import slipway.photo.Album;
import slipway.photo.Photo;

/**
 * A link to look at a photo or an album, which whoever has it may do until it ends.
 *
 * @param text what stands in its address
 * @param photo what it shows; null for an album
 * @param album what it shows, with the photos in it that are not published, too; null for a photo
 * @param until the first moment at which it shows nothing any more
 * @param hasOriginals whether it gives the original files, too
 */
public record ViewLink(String text, Photo photo, Album album, Instant until, boolean hasOriginals) {
  /** Says nothing secret. */
  @Override
  public String toString() {
    return "ViewLink[]";
  }
}
