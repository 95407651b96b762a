package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.harness.TestBuckets;
import slipway.media.KeptPiece;
import slipway.media.MediaAccess;
import slipway.media.PartialFile;
import slipway.media.PieceStore;
import slipway.media.Spool;
import slipway.media.contract.PartialFileContract;

/** Each time in a folder of its own, as at another node. */
class PieceObjectsTest extends PartialFileContract {
  private final BucketAddress bucket = TestBuckets.newBucket();
  private final MediaBucket place = new MediaBucket(bucket);
  private final PieceStore store = place.pieces().orElseThrow();

  @AfterEach
  void close() {
    place.close();
  }

  @Override
  protected PartialFile file(String named, List<KeptPiece> pieces) throws IOException {
    Path apart = folder.resolve(UUID.randomUUID().toString());
    return new Spool(apart, MediaAccess.OWNER, store).pieced(named, pieces);
  }

  @Override
  protected boolean isThere() {
    return !TestBuckets.names(bucket).isEmpty();
  }

  /** However short they are, each byte is sent a few times only. */
  @Test
  void hasFewPiecesOfManyShortStretches() throws IOException {
    PartialFile file = file("0".repeat(32), List.of());
    NavigableMap<Long, Long> there = new TreeMap<>();
    long sent = 0;
    file.create();
    try (WritableByteChannel bytes = file.writeFrom(0)) {
      bytes.write(ByteBuffer.allocate(64));
    }
    for (long first = 0; first < 64; first++) {
      for (KeptPiece piece : file.keep(new TreeMap<>(Map.of(first, first + 1)))) {
        there.subMap(piece.first(), piece.end()).clear();
        there.put(piece.first(), piece.end());
        sent += piece.end() - piece.first();
      }
    }
    assertThat(there).containsExactly(Map.entry(0L, 64L));
    assertThat(sent).isEqualTo(64 * (1 + 6 / 2));
  }

  @Test
  void failsWhereAPieceIsGone() throws IOException {
    PartialFile file = file("0".repeat(32), List.of(new KeptPiece("1".repeat(32), 0, 10)));
    assertThatThrownBy(() -> file.head(5)).isInstanceOf(IOException.class);
  }

  /** The bytes have to come again. */
  @Test
  void keepsNothingThatIsNotThere() throws IOException {
    PartialFile file = file("0".repeat(32), List.of());
    NavigableMap<Long, Long> ranges = new TreeMap<>();
    ranges.put(0L, 10L);
    assertThatThrownBy(() -> file.keep(ranges)).isInstanceOf(IOException.class);
    assertThat(isThere()).isFalse();
  }
}
