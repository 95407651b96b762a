package slipway.photo;

/**
 * The owner of an album.
 *
 * @param userId null for none
 * @param username empty for nobody's
 * @param displayName empty for nobody's
 */
public record AlbumOwner(Long userId, String username, String displayName) {}
