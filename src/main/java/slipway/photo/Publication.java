package slipway.photo;

import java.time.Instant;

/**
 * Whether the public sees a photo, from when on and where.
 *
 * @param published whether the public sees it
 * @param publishedAt from when on, if it is published
 * @param absoluteUrl its canonical address elsewhere; null for the one it has here
 */
public record Publication(boolean published, Instant publishedAt, String absoluteUrl) {}
