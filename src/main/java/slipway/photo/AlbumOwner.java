package slipway.photo;

/**
 * The owner of an album.
 *
 * @param userId null for none
 * @param username empty for nobody's
 * @param displayName empty for nobody's
 * @param notified whether this owner is told by e-mail of files that visitors send into the album
 */
public record AlbumOwner(Long userId, String username, String displayName, boolean notified) {}
