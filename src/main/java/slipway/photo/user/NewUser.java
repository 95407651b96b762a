package slipway.photo.user;

/**
 * A user about to be made.
 *
 * @param username unique on the site, without regard to case
 * @param displayName for people; may be empty
 * @param email may be empty
 * @param timezone name of its time zone
 * @param siteAdmin whether the site calls it an administrator
 * @param notified whether it is told by e-mail of files that visitors send
 */
public record NewUser(
    String username,
    String displayName,
    String email,
    String timezone,
    boolean siteAdmin,
    boolean notified) {
  /** The default time zone. */
  public static final String UTC = "Etc/UTC";
}
