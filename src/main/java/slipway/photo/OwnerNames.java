package slipway.photo;

/**
 * The names of a photo's owner.
 *
 * @param username empty for an anonymous upload
 * @param displayName empty for an anonymous upload, or where there is none
 */
public record OwnerNames(String username, String displayName) {}
