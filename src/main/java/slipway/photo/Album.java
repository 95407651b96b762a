package slipway.photo;

import java.time.Instant;
import slipway.details.CleanHtml;

/**
 * An album.
 *
 * @param albumId its number, never used again
 * @param token 32 letters and digits
 * @param title plain text
 * @param description text with safe tags only
 * @param owner its owner
 * @param createdAt when it was created
 * @param photoCount published photos in it, visible or scheduled
 * @param hidden whether it is left out of lists and the gallery
 */
public record Album(
    long albumId,
    String token,
    String title,
    CleanHtml description,
    AlbumOwner owner,
    Instant createdAt,
    long photoCount,
    boolean hidden) {

  /** Whether that is its token; every wrong one takes as long to tell. */
  public boolean hasToken(String text) {
    return PhotoToken.isGiven(token, text);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "Album[" + albumId + "]";
  }
}
