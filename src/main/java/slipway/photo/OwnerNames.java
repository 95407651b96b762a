package slipway.photo;

/**
 * What the owner of a photo is called.
 *
 * @param username empty for an anonymous upload
 * @param displayName empty for an anonymous upload, or where there is none
 */
public record OwnerNames(String username, String displayName) {}
