package slipway.token;

import java.util.Optional;

/** Keeps the upload tokens that are alive and counts their uses. Safe for many threads. */
public interface TokenRegistry {
  /** Adds a token; on return it survives a crash. */
  void add(UploadToken token);

  /** The token, unless it is unknown or expired. */
  Optional<UploadToken> find(String id);

  /**
   * Takes one use of the token for an upload that starts now. However many race for it, no more
   * than {@link UploadToken#maxUploads} uses are ever out or spent. Close what is returned.
   *
   * @throws TokenRefusedException when the token is unknown, expired or used up
   */
  TokenUse reserve(String id) throws TokenRefusedException;

  /**
   * Forgets the tokens that are expired and have no upload under way.
   *
   * @return how many there were
   */
  int sweep();
}
