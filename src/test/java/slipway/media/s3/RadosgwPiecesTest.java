package slipway.media.s3;

import org.junit.jupiter.api.Tag;
import slipway.harness.Radosgw;

/** The same in Ceph's gateway. */
@Tag("faults")
class RadosgwPiecesTest extends PieceObjectsTest {
  @Override
  int home() {
    return Radosgw.port();
  }
}
