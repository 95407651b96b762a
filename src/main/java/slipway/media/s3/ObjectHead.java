package slipway.media.s3;

import java.time.Instant;

/**
 * What a store says of an object.
 *
 * @param size bytes
 * @param modified when it was made
 * @param attempt the mark that its maker gave it; null where it has none
 */
record ObjectHead(long size, Instant modified, String attempt) {}
