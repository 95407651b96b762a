package slipway.upload.resumable;

/**
 * Whose chunk comes.
 *
 * @param session of the client that sends it, as far as it can be told
 * @param first its first byte
 * @param end where it ends
 * @param isSure false where another session of the same sender was told to send it, too
 * @param isOfAny whether none was told to send it, and it may be of any of its sender's sessions:
 *     it shows nothing
 */
record ChunkClaim(ChunkSession session, long first, long end, boolean isSure, boolean isOfAny) {}
