package slipway.auth;

import java.time.Instant;

/**
 * What the holder of a key may do. The key itself is not part of it.
 *
 * @param credentialId its number
 * @param grant what it allows
 * @param bearer whether it has a Bearer key
 * @param consumerKey its OAuth consumer key; null when it has none
 * @param createdAt when it was made
 */
public record Credential(
    long credentialId, Grant grant, boolean bearer, String consumerKey, Instant createdAt) {

  /**
   * What a credential allows.
   *
   * @param name what it is for, as its maker named it
   * @param level what its holder may do
   * @param userId the user it acts for; null for none
   * @param pingbackUrl where changes of photos are reported; empty for nowhere
   */
  public record Grant(String name, PermissionLevel level, Long userId, String pingbackUrl) {}

  /** The caller that this credential makes. */
  public Caller caller() {
    return new Caller(grant.level(), grant.userId(), credentialId);
  }
}
