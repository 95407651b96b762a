package slipway.auth;

/**
 * A key's entry: what its holder may do. The key itself is not kept.
 *
 * @param credentialId its number
 * @param name what it is for, in its maker's words
 * @param level what it may do
 * @param userId the user it acts for; null for none
 */
public record Credential(long credentialId, String name, PermissionLevel level, Long userId) {
  /** The caller that this credential makes. */
  public Caller caller() {
    return new Caller(level, userId, credentialId);
  }
}
