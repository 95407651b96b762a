package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.BucketRequest.Kind;
import slipway.harness.StoreRelay;
import slipway.harness.StoreTrouble;
import slipway.harness.TestBuckets;
import slipway.media.KeptPiece;
import slipway.media.Media;
import slipway.media.MediaAccess;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.PartialFile;
import slipway.media.PieceStore;
import slipway.media.Spool;
import slipway.media.contract.PartialFileContract;

/** Each time in a folder of its own, as at another node. */
class PieceObjectsTest extends PartialFileContract {
  private static final int WINDOW = 8 << 20;
  private static final byte[] FILM = new byte[2 * WINDOW + 100];

  static {
    new Random(9).nextBytes(FILM);
  }

  private final StoreRelay relay = new StoreRelay(home());
  private final BucketAddress bucket = TestBuckets.newBucket(home(), relay.port());
  private final MediaBucket place = new MediaBucket(bucket);
  private final PieceStore store = place.pieces().orElseThrow();

  /** Where the store listens. */
  int home() {
    return TestBuckets.port();
  }

  @AfterEach
  void close() throws IOException {
    place.close();
    relay.close();
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

  private static List<KeptPiece> keep(PartialFile file, int first, int end) throws IOException {
    file.create();
    try (WritableByteChannel bytes = file.writeFrom(first)) {
      bytes.write(ByteBuffer.wrap(FILM, first, end - first));
    }
    return file.keep(new TreeMap<>(Map.of((long) first, (long) end)));
  }

  /** Has a file be kept whole, as by another node, and tells how often what was asked for that. */
  private Map<Kind, Integer> counted(String name, List<KeptPiece> pieces) throws IOException {
    Spool spool = new Spool(folder.resolve("whole"), MediaAccess.OWNER, store);
    MediaStore media = place.open(spool, left -> {});
    relay.counted();
    MediaKey key = media.keep(spool.pieced(name, pieces));
    Map<Kind, Integer> counted = relay.counted();
    try (Media whole = media.open(key).orElseThrow()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      whole.copy(0, whole.size(), bytes);
      assertThat(ByteBuffer.wrap(bytes.toByteArray())).isEqualTo(ByteBuffer.wrap(FILM));
    }
    return counted;
  }

  @Test
  void areCopiedByTheStoreWhereTheyAreParts() throws IOException {
    String name = "1".repeat(32);
    List<KeptPiece> pieces = keep(file(name, List.of()), 0, FILM.length);
    assertThat(counted(name, pieces))
        .containsOnly(
            Map.entry(Kind.HEAD, 2),
            Map.entry(Kind.BUCKET, 1),
            Map.entry(Kind.BEGIN, 1),
            Map.entry(Kind.COPIED_PART, 2),
            Map.entry(Kind.GET, 1),
            Map.entry(Kind.PART, 1),
            Map.entry(Kind.COMPLETE, 1));
  }

  @Test
  void areNotCopiedWhereSomeOfTheirBytesCameAgain() throws IOException {
    String name = "1".repeat(32);
    List<KeptPiece> pieces = new ArrayList<>();
    for (int again : new int[] {100, WINDOW + 100}) {
      byte right = FILM[again];
      FILM[again]++;
      PartialFile file = file(name, pieces);
      pieces.addAll(pieces.isEmpty() ? keep(file, 0, FILM.length) : List.of());
      FILM[again] = right;
      pieces.addAll(keep(file, again - 10, again + 10));
    }
    assertThat(counted(name, pieces))
        .containsEntry(Kind.PART, 3)
        .doesNotContainKey(Kind.COPIED_PART);
  }

  @Test
  void areSentAgainWhereTheStoreCopiesNone() throws IOException {
    String name = "1".repeat(32);
    List<KeptPiece> pieces = keep(file(name, List.of()), 0, FILM.length);
    relay.trouble(
        request -> request.kind() == Kind.COPIED_PART, 1, StoreTrouble.says(501, "NotImplemented"));
    assertThat(counted(name, pieces))
        .containsEntry(Kind.COPIED_PART, 1)
        .containsEntry(Kind.PART, 3);
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "501, NotImplemented"})
  void areDeletedOneByOneWhereTheStoreDeletesNotSeveral(int status, String code)
      throws IOException {
    PartialFile file = file("1".repeat(32), List.of());
    List<KeptPiece> pieces = new ArrayList<>(keep(file, 0, 10));
    pieces.addAll(keep(file, WINDOW, WINDOW + 10));
    relay.trouble(
        request -> request.kind() == Kind.DELETE_SOME, 1, StoreTrouble.says(status, code));
    relay.counted();
    store.delete(pieces.stream().map(KeptPiece::name).toList());
    assertThat(relay.counted())
        .containsOnly(Map.entry(Kind.DELETE_SOME, 1), Map.entry(Kind.DELETE, pieces.size()));
    assertThat(isThere()).isFalse();
  }
}
