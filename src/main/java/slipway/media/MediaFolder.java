package slipway.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The folder of the spool, as the place of kept files. */
public final class MediaFolder implements MediaPlace {
  private final Path root;

  /** That folder, which need not exist. */
  public MediaFolder(Path root) {
    this.root = root;
  }

  @Override
  public MediaIdentity identity() {
    return new FolderIdentity(root);
  }

  @Override
  public MediaStore open(Spool spool, Consumer<String> left) throws IOException {
    return new FileMediaStore(spool);
  }

  @Override
  public Optional<PieceStore> pieces() {
    return Optional.empty();
  }

  @Override
  public boolean isBesideSpool() {
    return true;
  }

  @Override
  public void check() throws IOException {
    new WriteCheck(root, true).run();
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
