package slipway.token;

/**
 * Who issued a token.
 *
 * @param credentialId the credential it showed; null where that is not known
 * @param userId the user the credential acts for; null for none
 */
public record Issuer(Long credentialId, Long userId) {}
