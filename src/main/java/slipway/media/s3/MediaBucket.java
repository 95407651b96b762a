package slipway.media.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import slipway.media.MediaIdentity;
import slipway.media.MediaPlace;
import slipway.media.MediaStore;
import slipway.media.PieceStore;
import slipway.media.Spool;

/** A bucket, as the place of kept files. */
public final class MediaBucket implements MediaPlace {
  private final ObjectStore store;

  /** That of an address, of which nothing is asked yet. */
  public MediaBucket(BucketAddress address) {
    this.store = new ObjectStore(address);
  }

  @Override
  public MediaIdentity identity() {
    return new BucketIdentity(store);
  }

  @Override
  public MediaStore open(Spool spool, Consumer<String> left) {
    return new S3MediaStore(store, spool, left);
  }

  @Override
  public Optional<PieceStore> pieces() {
    return Optional.of(new PieceObjects(store));
  }

  /** Its objects, for who looks for those that no row knows. */
  public BucketListing listing() {
    return new BucketListing(store);
  }

  @Override
  public boolean isBesideSpool() {
    return false;
  }

  @Override
  public void check() throws IOException {
    if (identity().read().isEmpty()) {
      throw new IOException("The bucket does not show its identity any more");
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
