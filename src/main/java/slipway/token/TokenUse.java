package slipway.token;

import org.jdbi.v3.core.Handle;

/**
 * One use of an upload token: reserved when it is made, then spent, or returned when it is closed
 * before that. For one thread at a time.
 */
public interface TokenUse extends AutoCloseable {
  /** The token it is a use of. */
  UploadToken token();

  /** Writes the use down as spent, in the transaction that makes the photo. */
  void spend(Handle tx);

  /** Says that the transaction of {@link #spend} is durable: the use is gone for good. */
  void spent();

  /** Returns the use to its token, unless it is spent. */
  @Override
  void close();
}
