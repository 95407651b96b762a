package slipway.photo.user;

/**
 * What is to change of a user; null leaves a part as it is.
 *
 * @param username unique on the site, without regard to case
 * @param displayName for people; may be empty
 * @param email may be empty
 * @param timezone name of its time zone
 * @param siteAdmin whether the site calls it an administrator
 * @param notified whether it is told by e-mail of files that visitors send
 */
public record UserChange(
    String username,
    String displayName,
    String email,
    String timezone,
    Boolean siteAdmin,
    Boolean notified) {}
