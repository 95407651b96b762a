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

  /** What the photos of the token get, as that transaction or read sees it. */
  Details details(Handle handle);

  /**
   * Says how many bytes the file has, in place of what was said before, so that they are held like
   * the use itself; to be called before {@link #spend}.
   *
   * @throws TokenRefusedException when what the token is of takes no such file any more
   */
  void claim(long bytes) throws TokenRefusedException;

  /**
   * Writes the use down as spent, in the transaction that makes the photo, and asks for what that
   * gets: as {@link #details} tells it, and stays until the transaction ends.
   *
   * @return empty when the use was taken away meanwhile, as its node was silent for too long, and
   *     the token has no other
   */
  Supplier<Optional<Details>> spend(Handle tx);

  /**
   * Notes for which upload in pieces it is, in the transaction that writes that one's row: it stays
   * with the upload when another node continues with that.
   *
   * @param upload the upload's id
   */
  void bind(Handle tx, String upload);

  /** Says that the transaction of {@link #spend} is durable: the use is gone for good. */
  void spent();

  /** Leaves it to its upload, which another node continues with: closing returns nothing then. */
  void leave();

  /** Returns the use to its token, unless it is spent. */
  @Override
  void close();
}
