package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.StoreRelay;
import slipway.harness.TestBuckets;
import slipway.harness.TestPostgres;
import slipway.media.s3.BucketAddress;

/** Many kills of nodes with a bucket, also while renditions are made. */
@NeedsPostgres
@Tag("faults")
class ManyBucketKillsIT {
  private static final int KILLS = Integer.getInteger("slipway.faults.kills", 4);
  private static final int NODES = 2;

  @TempDir private static Path folder;

  @Test
  void loseNothingThatWasAnsweredAndMakeNoSecondPhoto() throws Exception {
    String database = TestPostgres.newDatabase();
    int store = TestBuckets.portOnDisk();
    try (StoreRelay relay = new StoreRelay(store)) {
      BucketAddress bucket = TestBuckets.newBucket(store, relay.port());
      Map<String, String> settings = TestBuckets.settings(bucket);
      settings.put("slipway.database", database);
      settings.put("slipway.rendition.threads", "1");
      try (Nodes nodes = Nodes.start(NODES, folder, settings);
          BucketKillRun kills = new BucketKillRun(nodes, database, relay, bucket, true)) {
        for (int i = 0; i < KILLS; i++) {
          kills.killAndCheck(i % NODES);
          nodes.get(i).restart();
        }
        kills.finish();
        System.out.println(KILLS + " kills at " + kills.places() + " places");
        assertThat(kills.places()).isGreaterThan(2 * KILLS);
      }
    }
  }
}
