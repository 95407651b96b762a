package slipway.token;

/**
 * A token with the uses that an upload could begin with now.
 *
 * @param token the token
 * @param count its uses that are neither spent nor reserved, at least 1
 */
public record FreeUses(UploadToken token, int count) {}
