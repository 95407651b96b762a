package slipway.token;

import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.details.Details;

/**
 * One use of an upload token: reserved when it is made, then spent, or returned when it is closed
 * before that. For one thread at a time.
 */
public interface TokenUse extends AutoCloseable {
  /** The token it is a use of; {@link #details} may have been changed since. */
  UploadToken token();

  /**
   * Whether {@link #details} are those of {@link #token} so far; a change may come at any moment.
   */
  boolean isAsIssued();

  /** The details of the token's photos, as seen by that transaction or read. */
  Details details(Handle handle);

  /**
   * Sets how many bytes the file has, replacing an earlier number, so that they are reserved like
   * the use itself; to be called before {@link #spend}.
   *
   * @throws TokenRefusedException when the token's link has no room for such a file, or unfinished
   *     uploads hold it
   */
  void claim(long bytes) throws TokenRefusedException;

  /**
   * Records the use as spent, in the transaction that makes the photo, and requests the photo's
   * details as of {@link #details}, which stay the same until the transaction ends.
   *
   * @return empty when the use was taken away meanwhile, as its node was silent for too long, and
   *     the token has no other
   */
  Supplier<Optional<Details>> spend(Handle tx);

  /**
   * Records which upload in pieces it belongs to, in the transaction that writes that upload's row:
   * it stays with the upload when another node continues it.
   *
   * @param upload the upload's id
   */
  void bind(Handle tx, String upload);

  /** Notes that the transaction of {@link #spend} is durable: the use is finally spent. */
  void spent();

  /** Leaves it to its upload, which another node continues: closing returns nothing then. */
  void leave();

  /** Returns the use to its token, unless it is spent. */
  @Override
  void close();
}
