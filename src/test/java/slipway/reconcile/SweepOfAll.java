package slipway.reconcile;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import slipway.db.Database;
import slipway.media.s3.MediaBucket;
import slipway.upload.resumable.UploadTable;

/** Sweeps a bucket as though days had passed. */
public final class SweepOfAll {
  private static final Duration LATER = Duration.ofDays(3);
  private static final Duration GRACE = Duration.ofDays(30);

  private SweepOfAll() {}

  /**
   * What was found.
   *
   * @param unknown objects that no row knew
   * @param early objects that were deleted before the grace time was over
   * @param late objects that were deleted then
   * @param missing photos without their object
   */
  public record Swept(int unknown, int early, int late, int missing) {}

  /** Looks at all there is, and lets the grace time pass. */
  public static Swept run(Database database, MediaBucket bucket) throws IOException {
    BucketSweep sweep =
        new BucketSweep(
            bucket.listing(),
            database,
            new UploadTable(database, Clock.systemUTC()),
            () -> Optional.of(Instant.now().plus(LATER)),
            GRACE);
    int unknown = sweep.sweep();
    int early = sweep.pass(GRACE.minusSeconds(1));
    int late = sweep.pass(Duration.ofSeconds(1));
    return new Swept(unknown, early, late, sweep.missing());
  }
}
