package slipway.auth;

/**
 * Who makes a request.
 *
 * @param level what it may do
 * @param userId the user it acts for; null for none
 * @param credentialId the credential it showed; null for none
 */
public record Caller(PermissionLevel level, Long userId, Long credentialId) {
  /** One who showed no credential. */
  public static Caller unknown(boolean publicSite) {
    return new Caller(publicSite ? PermissionLevel.ANONYMOUS : PermissionLevel.NONE, null, null);
  }
}
