package slipway.photo;

import java.time.Instant;

/**
 * Where a photo comes from.
 *
 * @param userId its owner; null when uploaded anonymously
 * @param createdAt when its upload was done
 */
public record Origin(Long userId, Instant createdAt) {}
