package slipway.media.s3;

import org.junit.jupiter.api.Tag;
import slipway.harness.Radosgw;
import slipway.harness.TestBuckets;

/** The same in Ceph's gateway, which is pickier than what stands for a store elsewhere. */
@Tag("faults")
class RadosgwStoreTest extends S3MediaStoreTest {
  @Override
  BucketAddress newBucket() {
    int port = Radosgw.port();
    return TestBuckets.newBucket(port, port);
  }
}
