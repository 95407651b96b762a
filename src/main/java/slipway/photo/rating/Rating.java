package slipway.photo.rating;

import java.time.Instant;

/**
 * What one visitor thinks of a photo.
 *
 * @param photoId the photo
 * @param userId the user who rated it; null for others
 * @param rating from 0 to 1
 * @param ratedAt when
 */
public record Rating(long photoId, Long userId, double rating, Instant ratedAt) {}
