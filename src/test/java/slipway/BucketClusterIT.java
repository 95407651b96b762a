package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.faults.BucketKillRun;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.StoreRelay;
import slipway.harness.TestBuckets;
import slipway.harness.TestPostgres;
import slipway.http.upload.tus.TusClient;
import slipway.media.s3.BucketAddress;

/**
 * Servers on one PostgreSQL and one bucket, each with a data folder of its own: an upload in pieces
 * continues at any of them.
 */
@NeedsPostgres
class BucketClusterIT {
  /** Larger than a piece. */
  private static final byte[] FILM = SampleMedia.bareMp4((9 << 20) + 7);

  private static final int CHUNK = 1 << 20;
  private static final int NODES = AnyContainer.ALL ? 3 : 2;

  static {
    byte[] noise = new byte[FILM.length - 100];
    new Random(5).nextBytes(noise);
    System.arraycopy(noise, 0, FILM, 100, noise.length);
  }

  @TempDir private static Path folder;
  private final StoreRelay relay = new StoreRelay(TestBuckets.port());
  private final BucketAddress bucket = TestBuckets.newBucket(relay.port());
  private Nodes nodes;

  @Test
  void goesOnWithUploadsInPiecesAtAnyNode() throws Exception {
    String database = TestPostgres.newDatabase();
    Map<String, String> settings = TestBuckets.settings(bucket);
    settings.put("slipway.database", database);
    try (Nodes started = Nodes.start(NODES, folder, settings);
        BucketKillRun kills = new BucketKillRun(started, database, relay, bucket, false)) {
      nodes = started;
      takesAFileOfOneClientWhereverItComes();
      takesChunksThatComeToAllNodesAtOnce();
      nothingIsLeftButTheFiles(2);
      kills.killAndCheck(2);
      kills.finish();
    } finally {
      relay.close();
    }
  }

  private TusClient tus(int number) {
    return new TusClient(nodes.get(number), Nodes.KEY);
  }

  private static byte[] bytes(int first, int end) {
    return Arrays.copyOfRange(FILM, first, end);
  }

  private void takesAFileOfOneClientWhereverItComes() {
    String path = tus(0).created(tus(0).token("publish", "0"), FILM.length);
    int some = 3 << 20;
    assertThat(tus(0).patch(path, 0, bytes(0, some)).status()).isEqualTo(204);
    assertThat(tus(1).offset(path)).isEqualTo(some);
    assertThat(tus(1).patch(path, some, bytes(some, 2 * some)).status()).isEqualTo(204);
    assertThat(tus(0).offset(path)).isEqualTo(2 * some);
    Answer end = tus(2).patch(path, 2 * some, bytes(2 * some, FILM.length));
    assertThat(end.status()).as(end.text()).isEqualTo(204);
    assertThat(tus(1).offset(path)).isEqualTo(FILM.length);
    assertIsStored(1, tus(1).originalPath(path));
  }

  private void assertIsStored(int number, String path) {
    byte[] kept = ApiClient.of(nodes.get(number)).get(path).body();
    assertThat(ByteBuffer.wrap(kept)).isEqualTo(ByteBuffer.wrap(FILM));
  }

  /** As Resumable.js does: three at a time, and again after a 503. */
  private void takesChunksThatComeToAllNodesAtOnce() throws Exception {
    String token = tus(0).token("publish", "0");
    int count = FILM.length / CHUNK;
    ConcurrentLinkedQueue<Integer> numbers = new ConcurrentLinkedQueue<>();
    for (int number = 1; number <= count; number++) {
      numbers.add(number);
    }
    AtomicInteger next = new AtomicInteger();
    List<List<Answer>> answers = AtOnce.run(3, i -> () -> sendAll(token, numbers, count, next));
    List<Answer> photos =
        answers.stream().flatMap(List::stream).filter(answer -> answer.status() == 200).toList();
    assertThat(photos).isNotEmpty();
    ApiClient site = nodes.site(1);
    String list = "/api/photo/list?include_unpublished_p=1&upload_token=" + token;
    Await.until("the photo", () -> !site.get(list).xml("//photo[1]/@photo_id").isEmpty());
    assertIsStored(0, site.get(list).xml("//photo[1]/@original_download"));
    assertThat(nodes.told(2, token, "uploads_left")).isEqualTo("0");
  }

  private List<Answer> sendAll(
      String token, ConcurrentLinkedQueue<Integer> numbers, int count, AtomicInteger next) {
    List<Answer> answers = new ArrayList<>();
    for (Integer number = numbers.poll(); number != null; number = numbers.poll()) {
      Answer answer = send(nodes.get(next.getAndIncrement()), token, number, count);
      for (int tries = 1; answer.status() == 503 && tries < 20; tries++) {
        answer = send(nodes.get(next.getAndIncrement()), token, number, count);
      }
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      answers.add(answer);
    }
    return answers;
  }

  private static Answer send(Server node, String token, int number, int count) {
    int end = number == count ? FILM.length : number * CHUNK;
    ApiClient client = ApiClient.of(node);
    return client.send(
        client
            .request(
                "/api/photo/redeem-upload-token?upload_token="
                    + token
                    + "&resumableChunkNumber="
                    + number
                    + "&resumableChunkSize="
                    + CHUNK
                    + "&resumableTotalSize="
                    + FILM.length
                    + "&resumableTotalChunks="
                    + count
                    + "&resumableIdentifier=film&resumableFilename=film.mp4")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(bytes((number - 1) * CHUNK, end))));
  }

  /** And the bucket's identity, and renditions where there are some. */
  private void nothingIsLeftButTheFiles(int count) {
    List<String> names = TestBuckets.names(bucket);
    assertThat(names).noneMatch(name -> name.endsWith(".piece"));
    assertThat(names.stream().filter(name -> name.matches("\\d+/[0-9a-f]{32}"))).hasSize(count);
    Await.until("files of nodes that are there", () -> files(0).isEmpty() && files(1).isEmpty());
  }

  private static List<Path> files(int number) {
    Path incoming = folder.resolve("node" + number).resolve("media/incoming");
    try (Stream<Path> files = Files.list(incoming)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
