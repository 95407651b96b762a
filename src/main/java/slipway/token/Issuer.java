package slipway.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who issued a token.
 *
 * @param credentialId the credential it showed; null where that is not known
 * @param userId the user the credential acts for; null for none
 * @param link the upload link that a guest got it by; null for none
 */
public record Issuer(Long credentialId, Long userId, String link) {
  private static final Map<Issuer, Issuer> SHARED = new ConcurrentHashMap<>();

  /** An issuer that issues tokens itself. */
  public Issuer(Long credentialId, Long userId) {
    this(credentialId, userId, null);
  }

  /** One shared object for each issuer: there are millions of tokens, and dozens of credentials. */
  public static Issuer of(Long credentialId, Long userId) {
    return of(credentialId, userId, null);
  }

  /** The same for the guests of a link. */
  public static Issuer of(Long credentialId, Long userId, String link) {
    return shared(new Issuer(credentialId, userId, link));
  }

  static Issuer shared(Issuer issuer) {
    return SHARED.computeIfAbsent(issuer, same -> same);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "Issuer[credentialId=" + credentialId + ", userId=" + userId + "]";
  }
}
