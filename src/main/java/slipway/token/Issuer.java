package slipway.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who issued a token.
 *
 * @param credentialId the credential it showed; null where that is not known
 * @param userId the user the credential acts for; null for none
 */
public record Issuer(Long credentialId, Long userId) {
  private static final Map<Issuer, Issuer> SHARED = new ConcurrentHashMap<>();

  /** The one object for an issuer: tokens are kept by the million, credentials by the dozen. */
  public static Issuer of(Long credentialId, Long userId) {
    return SHARED.computeIfAbsent(new Issuer(credentialId, userId), issuer -> issuer);
  }
}
