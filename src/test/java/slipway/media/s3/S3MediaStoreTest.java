package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.harness.TestBuckets;
import slipway.media.Incoming;
import slipway.media.LocalFile;
import slipway.media.Media;
import slipway.media.MediaAwayException;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.media.contract.MadeRenditions;
import slipway.media.contract.MediaStoreContract;
import software.amazon.awssdk.services.s3.S3Client;

class S3MediaStoreTest extends MediaStoreContract {
  /** A part and a bit. */
  private static final byte[] HUGE = new byte[(int) NewObject.WINDOW + 12_345];

  static {
    new Random(7).nextBytes(HUGE);
  }

  private BucketAddress bucket;
  private ObjectStore objects;
  private Spool spool;
  private MediaStore store;
  private final List<String> left = new ArrayList<>();

  @Override
  protected MediaStore store(Spool incoming) {
    bucket = newBucket();
    objects = new ObjectStore(bucket);
    spool = incoming;
    store = new S3MediaStore(objects, incoming, left::add);
    return store;
  }

  /** An empty one, of whichever store it is. */
  BucketAddress newBucket() {
    return TestBuckets.newBucket();
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Override
  protected boolean hasLocalFiles() {
    return false;
  }

  private MediaKey keep(byte[] bytes) throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(bytes));
      return store.keep(incoming);
    }
  }

  @Test
  void keepsALongFileInPartsOfOneLength() throws IOException {
    MediaKey key = keep(HUGE);
    try (Media media = store.open(key).orElseThrow()) {
      assertThat(media.size()).isEqualTo(HUGE.length);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      media.copy(0, HUGE.length, bytes);
      assertThat(ByteBuffer.wrap(bytes.toByteArray())).isEqualTo(ByteBuffer.wrap(HUGE));
    }
    try (InputStream across = store.open(key).orElseThrow().stream(NewObject.WINDOW - 3, 6)) {
      int from = (int) NewObject.WINDOW - 3;
      assertThat(ByteBuffer.wrap(across.readAllBytes())).isEqualTo(ByteBuffer.wrap(HUGE, from, 6));
    }
    assertThat(TestBuckets.names(bucket)).containsExactly(ObjectNames.original(key));
    try (S3Client client = TestBuckets.client(bucket)) {
      assertThat(client.listMultipartUploads(to -> to.bucket(bucket.bucket())).uploads()).isEmpty();
    }
  }

  @Test
  void keepsNoLongFileInPlaceOfAnotherAndLeavesNoParts() throws IOException {
    PartialFile file = spool.receiveInPieces();
    file.create();
    try (WritableByteChannel piece = file.writeFrom(0)) {
      piece.write(ByteBuffer.wrap(HUGE));
    }
    objects.replace(ObjectNames.original(MediaKey.of(file.name())), new byte[] {1});
    assertThatThrownBy(() -> store.keep(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file.size()).isEqualTo(HUGE.length);
    try (Media media = store.open(MediaKey.of(file.name())).orElseThrow()) {
      assertThat(media.size()).isEqualTo(1);
    }
  }

  @Test
  void goesOnWithoutAskingForEachPieceThatIsCopied() throws IOException {
    try (Media media = store.open(keep(HUGE)).orElseThrow()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int step = 100_000;
      for (int first = 0; first < HUGE.length; first += step) {
        media.copy(first, Math.min(step, HUGE.length - first), bytes);
      }
      assertThat(ByteBuffer.wrap(bytes.toByteArray())).isEqualTo(ByteBuffer.wrap(HUGE));
    }
  }

  @Test
  void hasAllRenditionsOfAVersionInOneObject() throws IOException {
    MediaKey key = keep(new byte[] {1});
    store.keepRenditions(
        key,
        7,
        MadeRenditions.of(Map.of("small", new byte[] {2}, "large", HUGE, "none", new byte[0])));
    assertThat(TestBuckets.names(bucket))
        .containsExactly(ObjectNames.original(key), ObjectNames.renditions(key, 7))
        .isEqualTo(store.namesOf(key, 7, -1));
    for (int time = 0; time < 2; time++) {
      try (Media large = store.openRendition(key, 7, "large").orElseThrow()) {
        assertThat(ByteBuffer.wrap(large.head(10))).isEqualTo(ByteBuffer.wrap(HUGE, 0, 10));
        try (InputStream all = large.stream(0, HUGE.length)) {
          assertThat(ByteBuffer.wrap(all.readAllBytes())).isEqualTo(ByteBuffer.wrap(HUGE));
        }
      }
    }
  }

  @Test
  void leavesNoCopyOfWhatWasLent() throws IOException {
    MediaKey key = keep(HUGE);
    Path lent;
    try (LocalFile file = store.local(key).orElseThrow()) {
      lent = file.path();
      assertThat(lent).isRegularFile();
    }
    try (Stream<Path> left = Files.list(lent.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void doesNotTakeABucketThatIsAwayForAMissingFile() throws IOException {
    MediaKey key = keep(new byte[] {1});
    store.delete(key);
    assertThat(store.open(key)).isEmpty();
    try (S3Client client = TestBuckets.client(bucket)) {
      client.deleteBucket(to -> to.bucket(bucket.bucket()));
    }
    assertThatThrownBy(() -> objects.head("a"))
        .isInstanceOf(MediaAwayException.class)
        .hasMessageEndingWith("there is no bucket " + bucket.bucket());
    assertThatThrownBy(() -> store.open(key))
        .isInstanceOf(MediaAwayException.class)
        .hasMessageEndingWith("there is no bucket " + bucket.bucket());
    assertThatThrownBy(() -> store.openRendition(key, 7, "small"))
        .isInstanceOf(MediaAwayException.class);
    assertThatThrownBy(() -> keep(new byte[] {1})).isInstanceOf(MediaAwayException.class);
    assertThatThrownBy(() -> store.delete(key)).isInstanceOf(MediaAwayException.class);
    assertThatThrownBy(() -> store.deleteRenditions(key, 7)).isInstanceOf(MediaAwayException.class);
    assertThat(left).containsExactly(ObjectNames.original(key), ObjectNames.renditions(key, 7));
  }

  @Test
  void tellsNoSecretOfAStoreThatRefusesIt() {
    ObjectStore stranger = new ObjectStore(bucket.with("test-key", "another-secret"));
    assertThatThrownBy(() -> stranger.head("1/a"))
        .isInstanceOf(MediaAwayException.class)
        .hasMessageNotContaining("another-secret");
    stranger.close();
    assertThat(bucket.with("key-of-it", "secret-of-it").toString())
        .doesNotContain("key-of-it", "secret-of-it");
  }

  @Test
  void hasAnIdentityOnceItIsWritten() throws IOException {
    BucketIdentity identity = new BucketIdentity(objects);
    assertThat(identity.read()).isEmpty();
    assertThat(identity.isUsed()).isFalse();
    objects.replace("belongs-together", new byte[0]);
    assertThat(identity.isSaidToBelong()).isTrue();
    identity.write("one");
    assertThat(new BucketIdentity(objects).read()).contains("one");
    assertThat(identity.isSaidToBelong()).isFalse();
    assertThat(identity.hasKept()).isFalse();
    MediaKey key = keep(new byte[] {1});
    assertThat(identity.hasKept()).isTrue();
    assertThat(identity.has(key)).isTrue();
    store.delete(key);
    assertThat(identity.has(key)).isFalse();
  }
}
