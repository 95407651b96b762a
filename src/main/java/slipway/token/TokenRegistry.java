package slipway.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.details.DetailsChange;

/** Keeps the valid upload tokens and counts their uses. Safe for many threads. */
public interface TokenRegistry {
  /**
   * How long rows are kept after their token expires, for questions about what was uploaded with
   * it.
   */
  Duration KEPT_AFTER_EXPIRY = Duration.ofDays(30);

  /**
   * Adds a token; on return it survives a crash.
   *
   * @throws IssuerRevokedException when the credential that issues it has been revoked meanwhile
   */
  void add(UploadToken token);

  /**
   * Adds a token in the caller's transaction; it becomes valid if that is committed.
   *
   * @throws IssuerRevokedException when the credential that issues it has been revoked meanwhile
   */
  void add(Handle tx, UploadToken token);

  /** The token for uploads, unless it is unknown or expired. */
  Optional<UploadToken> find(String id);

  /**
   * The token in the registry, even if it is used up or expired, for {@link #KEPT_AFTER_EXPIRY}
   * after its expiry; empty when it is unknown or revoked.
   */
  Optional<KeptToken> recall(String id);

  /**
   * The same as {@link #recall}, but also for a revoked token: for answers about what was uploaded
   * with it, never to accept an upload.
   */
  Optional<KeptToken> recallEvenRevoked(String id);

  /**
   * The tokens that are kept, revoked ones too, the newest first; without description and tags.
   *
   * @param credentialId the credential that issued them; null for all
   * @param from how many to leave out at the start
   * @param count how many at most
   */
  List<KeptToken> list(Long credentialId, int from, int count);

  /** How many tokens {@link #list} has in all. */
  long count(Long credentialId);

  /**
   * Changes the details of a token's photos, in the caller's transaction: those of running and of
   * future uploads. It takes effect if the transaction is committed.
   *
   * @return whether there is such a token, not expired or with a running upload
   */
  boolean change(Handle tx, String id, DetailsChange change);

  /**
   * Makes a token refuse every further upload, as if it had never existed; running uploads may
   * finish.
   *
   * @param credentialId the credential that must have issued it; null for any
   * @return whether there was such a token
   */
  boolean revoke(String id, Long credentialId);

  /**
   * Revokes all tokens that a credential issued, in the caller's transaction; {@link #dropAll} is
   * to follow it.
   */
  void revokeAll(Handle tx, long credentialId);

  /** Refuses further uploads with the tokens that a credential issued, once they are revoked. */
  void dropAll(long credentialId);

  /**
   * Takes one use of the token for an upload that starts now. However many race for it, no more
   * than {@link UploadToken#maxUploads} uses are ever out or spent. Close what is returned.
   *
   * @throws TokenRefusedException when the token is unknown or for another purpose, expired or used
   *     up, or uploads under way hold its last uses
   */
  TokenUse reserve(String id, TokenPurpose purpose) throws TokenRefusedException;

  /**
   * The uses of a token for uploads that are free now; takes none.
   *
   * @throws TokenRefusedException when {@link #reserve(String)} would do so
   */
  FreeUses free(String id) throws TokenRefusedException;

  /** Whether uploads under way hold uses of a token, even if expired. */
  boolean isInUse(String id);

  /** Whether a token, even if expired, is known, not revoked, and has a use that is not spent. */
  boolean hasUnspent(String id);

  /** Takes one use of a token for uploads. */
  default TokenUse reserve(String id) throws TokenRefusedException {
    return reserve(id, TokenPurpose.UPLOAD);
  }

  /**
   * Takes a use for an upload that began earlier, before a restart or as parts that are
   * concatenated now: the token may have expired since.
   *
   * @param upload the id of the upload in pieces, which gets the use that it had, if that is still
   *     held, even if the token was revoked since
   * @return empty when the token is unknown, or it holds none and the token is revoked or used up
   */
  Optional<TokenUse> resume(String id, String upload);

  /**
   * How many uses of a token are spent, as seen by that transaction; 0 for a token without a row.
   */
  int spent(Handle tx, String id);

  /**
   * Returns the uses of nodes that are gone, and those of this node that it does not know of: the
   * database's answer was lost when they were taken, or it was unreachable when they had to be
   * returned.
   *
   * @return how many there were
   */
  int settleUses();

  /**
   * Deletes the tokens that have expired by then and have no running upload.
   *
   * @param now the moment, by a clock that is trusted
   * @return how many there were
   */
  int sweep(Instant now);

  /** How many tokens are neither expired nor revoked, used up or not. */
  long countValid();
}
