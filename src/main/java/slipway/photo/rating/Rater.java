package slipway.photo.rating;

/**
 * Who rates.
 *
 * @param userId a user; null for others
 * @param address the address of somebody who is not a user, as text; only a hash of it is kept
 */
public record Rater(Long userId, String address) {}
