package slipway.media;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Where files are kept: a folder, or a bucket. */
public interface MediaPlace extends AutoCloseable {
  /** Its identity, to be checked before anything is kept there. */
  MediaIdentity identity();

  /**
   * Its store, for files of that spool.
   *
   * @param left gets the names of what could not be deleted, if nothing else would find it
   * @throws IOException when it cannot be used
   */
  MediaStore open(Spool spool, Consumer<String> left) throws IOException;

  /**
   * The store for pieces of unfinished files, so that any node with this place can continue them;
   * empty if they stay in the spool.
   */
  Optional<PieceStore> pieces();

  /** Whether kept files are beside those of the spool, in one folder. */
  boolean isBesideSpool();

  /**
   * Returns when files can be kept there, as far as it can be told without keeping one.
   *
   * @throws IOException when they cannot, for now
   */
  void check() throws IOException;

  @Override
  void close();
}
