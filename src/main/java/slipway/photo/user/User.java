package slipway.photo.user;

import java.time.Instant;

/**
 * A user: an owner of photos and credentials.
 *
 * @param userId its number, never used again
 * @param username unique on the site
 * @param displayName for people; may be empty
 * @param email may be empty; shown to admins only
 * @param createdAt when it was made
 * @param timezone name of its time zone, such as {@code Europe/Copenhagen}
 * @param siteAdmin whether the site calls it an administrator; gives no permission
 * @param notified whether it is told by e-mail of files that visitors send
 */
public record User(
    long userId,
    String username,
    String displayName,
    String email,
    Instant createdAt,
    String timezone,
    boolean siteAdmin,
    boolean notified) {
  /** What people know it by: the display name, or the username where there is none. */
  public String shownName() {
    return displayName.isEmpty() ? username : displayName;
  }
}
