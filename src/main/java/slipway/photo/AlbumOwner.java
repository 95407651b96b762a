package slipway.photo;

/**
 * Whose an album is.
 *
 * @param userId null for nobody's
 * @param username empty for nobody's
 * @param displayName empty for nobody's
 */
public record AlbumOwner(Long userId, String username, String displayName) {}
