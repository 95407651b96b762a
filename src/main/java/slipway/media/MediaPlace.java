package slipway.media;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Where files are kept: a folder, or a bucket. */
public interface MediaPlace extends AutoCloseable {
  /** What it says of itself; to be asked before anything is kept there. */
  MediaIdentity identity();

  /**
   * The store in it, for files of that spool.
   *
   * @param left is told the names of what could not be deleted, where nothing else would find it
   * @throws IOException when it cannot be used
   */
  MediaStore open(Spool spool, Consumer<String> left) throws IOException;

  /**
   * Where pieces of files are kept that have not come whole, so that whichever node has the place
   * can go on with them; empty where they stay in the spool.
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
