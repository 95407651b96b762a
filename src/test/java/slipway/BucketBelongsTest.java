package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.NewDatabase;
import slipway.harness.TestBuckets;
import slipway.media.Incoming;
import slipway.media.MediaKey;
import slipway.media.s3.BucketAddress;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Which data folders a start with a bucket refuses. */
class BucketBelongsTest {
  private static final String REFUSAL = "database and bucket do not belong together";

  @TempDir Path data;
  @TempDir Path other;
  private Closing closing = new Closing();

  @AfterEach
  void close() {
    closing.close();
  }

  private static Settings settings(Path folder, BucketAddress bucket) {
    Map<String, String> settings = new HashMap<>(TestBuckets.settings(bucket));
    settings.put("slipway.data", folder.toString());
    return Settings.read(settings::get, null);
  }

  private Storage open(Path folder, BucketAddress bucket) throws IOException {
    close();
    closing = new Closing();
    return Storage.open(settings(folder, bucket), closing);
  }

  private static MediaKey keep(Storage storage) throws IOException {
    try (Incoming incoming = storage.spool().receive()) {
      incoming.write(ByteBuffer.wrap(new byte[] {1}));
      return storage.media().keep(incoming);
    }
  }

  @Test
  void goesOnWithItsBucketAndWithNoOther() throws IOException {
    BucketAddress bucket = TestBuckets.newBucket();
    MediaKey key = keep(open(data, bucket));
    Storage again = open(data, bucket);
    again.media().open(key).orElseThrow().close();
    again.checkMedia();
    BucketAddress another = TestBuckets.newBucket();
    NewDatabase.put(other.resolve("slipway.db"));
    open(other, another);
    assertThatThrownBy(() -> open(data, another))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(REFUSAL)
        .hasMessageNotContaining(another.secretKey());
    assertThatThrownBy(() -> open(other.resolve("new"), bucket)).hasMessageContaining(REFUSAL);
    assertThat(TestBuckets.names(another)).containsExactly("identity");
    open(data, bucket).checkMedia();
  }

  @Test
  void takesOneThatIsSaidToBelongToIt() throws IOException {
    NewDatabase.put(data.resolve("slipway.db"));
    NewDatabase.put(other.resolve("slipway.db"));
    BucketAddress bucket = TestBuckets.newBucket();
    open(data, bucket);
    BucketAddress copy = TestBuckets.newBucket();
    open(other, copy);
    try (S3Client client = TestBuckets.client()) {
      client.putObject(
          to -> to.bucket(copy.bucket()).key(copy.prefix() + "belongs-together"),
          RequestBody.empty());
    }
    open(data, copy).checkMedia();
    assertThat(TestBuckets.names(copy)).containsExactly("identity");
    assertThatThrownBy(() -> open(other, copy)).hasMessageContaining(REFUSAL);
  }

  @Test
  void isNotWellOnceTheIdentityIsGone() throws IOException {
    NewDatabase.put(data.resolve("slipway.db"));
    BucketAddress bucket = TestBuckets.newBucket();
    Storage storage = open(data, bucket);
    assertThat(storage.presence().isThere()).isTrue();
    try (S3Client client = TestBuckets.client()) {
      client.deleteObject(to -> to.bucket(bucket.bucket()).key(bucket.prefix() + "identity"));
    }
    assertThat(storage.presence().isThere()).isFalse();
    assertThatThrownBy(storage::checkMedia).isInstanceOf(IOException.class);
  }
}
