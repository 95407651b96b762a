package slipway.photo.rating;

/**
 * Who rates.
 *
 * @param userId a user; null for others
 * @param address where somebody who is no user comes from, as text; of it a hash is kept
 */
public record Rater(Long userId, String address) {}
