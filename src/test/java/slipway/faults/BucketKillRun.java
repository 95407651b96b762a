package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import slipway.db.Database;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.BucketRequest;
import slipway.harness.BucketRequest.Kind;
import slipway.harness.HeldCommits;
import slipway.harness.Nodes;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.StoreRelay;
import slipway.harness.StoreRelay.Held;
import slipway.harness.TestBuckets;
import slipway.http.upload.tus.TusClient;
import slipway.media.s3.BucketAddress;
import slipway.media.s3.MediaBucket;
import slipway.reconcile.SweepOfAll;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A node is killed (SIGKILL) while uploads are at each place where it matters, all at once; their
 * clients go on at another one, with the same bucket and database. What was answered is there, no
 * file is there twice, every use of a token is spent or back, and what no row knows is found.
 */
public final class BucketKillRun implements AutoCloseable {
  /** What a piece has at most, and a part of an object. */
  private static final int WINDOW = 8 << 20;

  private static final int LENGTH = WINDOW + (1 << 20) + 7;

  /** Another node is taken for dead after that. */
  private static final int SILENCE_MILLIS = 30_000;

  private final Nodes nodes;
  private final String url;
  private final StoreRelay relay;
  private final BucketAddress bucket;
  private final Database database;
  private final boolean makesRenditions;
  private final Random random = new Random(3);
  private final ExecutorService clients = Executors.newCachedThreadPool();

  /** The digest of each file by its path: the files of 50 kills do not fit into memory. */
  private final Map<String, String> stored = new LinkedHashMap<>();

  /** How many objects were noted before, as what others had left, or wanted gone. */
  private final int notedBefore;

  private int victim;
  private int places;
  private int deletions;

  /**
   * One of nodes that share a database and a bucket.
   *
   * @param url of the database
   * @param relay through which they have the bucket
   * @param makesRenditions whether they do, so that one is killed at that, too
   */
  public BucketKillRun(
      Nodes nodes, String url, StoreRelay relay, BucketAddress bucket, boolean makesRenditions) {
    this.nodes = nodes;
    this.relay = relay;
    this.bucket = bucket;
    this.makesRenditions = makesRenditions;
    this.database =
        new Database(
            PostgresEngine.open(new PostgresAddress(url, null, null, 4, Duration.ofSeconds(30))));
    this.url = url;
    this.notedBefore = noted("true").size();
  }

  /** At how many places uploads were when their node was killed, so far. */
  public int places() {
    return places;
  }

  private Server killed() {
    return nodes.get(victim);
  }

  private int other() {
    return victim + 1;
  }

  /** Noise, so that each is another file. */
  private byte[] film(int length) {
    byte[] film = SampleMedia.bareMp4(length);
    byte[] noise = new byte[length - 100];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, film, 100, noise.length);
    return film;
  }

  private String token(String title) {
    return new TusClient(nodes.get(other()), Nodes.KEY)
        .token("max_uploads", "1", "publish", "0", "title", title);
  }

  /** An upload that the kill cuts, and how its client goes on with it at another node. */
  private abstract class Cut {
    final String token;
    final byte[] file;
    CompletableFuture<Answer> answer;

    Cut(String title, byte[] file) {
      this.token = token(title);
      this.file = file;
    }

    final void send(Supplier<Answer> request) {
      answer = CompletableFuture.supplyAsync(request, clients);
    }

    /** Whether it is a photo by then. */
    abstract boolean goesOn();
  }

  private final class ByForm extends Cut {
    private final String key = UUID.randomUUID().toString();

    ByForm(String title, byte[] file) {
      super(title, file);
    }

    ByForm sent() {
      send(() -> nodes.redeem(victim, token, key, file));
      return this;
    }

    @Override
    boolean goesOn() {
      Answer back = nodes.redeem(other(), token, key, file);
      return back.status() == 301 && back.locationParameters().containsKey("photo_id");
    }
  }

  private final class ByTus extends Cut {
    private final String path;

    ByTus(byte[] file) {
      super("", file);
      TusClient tus = new TusClient(killed(), Nodes.KEY);
      path = tus.created(token, file.length);
      assertThat(tus.patch(path, 0, Arrays.copyOf(file, WINDOW)).status()).isEqualTo(204);
      byte[] rest = Arrays.copyOfRange(file, WINDOW, file.length);
      send(() -> tus.patch(path, WINDOW, rest));
    }

    /** What was acknowledged need not come again. */
    @Override
    boolean goesOn() {
      TusClient tus = new TusClient(nodes.get(other()), Nodes.KEY);
      Answer asked = tus.send("HEAD", path);
      if (asked.status() != 200) {
        assertThat(asked.status()).as(asked.text()).isEqualTo(503);
        return false;
      }
      int there = Integer.parseInt(asked.header("Upload-Offset").orElseThrow());
      assertThat(there).isGreaterThanOrEqualTo(WINDOW);
      byte[] rest = Arrays.copyOfRange(file, there, file.length);
      return tus.patch(path, there, rest).status() == 204;
    }
  }

  private static Predicate<BucketRequest> original(Kind... kinds) {
    return request -> request.isOfOriginal() && List.of(kinds).contains(request.kind());
  }

  /** Has uploads be at all places, kills their node, and checks. */
  public void killAndCheck(int number) throws IOException {
    victim = number;
    List<Cut> cut = new ArrayList<>();
    List<Held> held = new ArrayList<>();
    String pictured = makesRenditions ? beginRenditions(held) : null;
    String deleted = beginDeletion(held);
    try (RawConnection half = RawConnection.to(killed());
        HeldCommits commits = new HeldCommits(url)) {
      // The one whose bytes are still coming.
      ByForm spool = new ByForm("", film(1000));
      sendHalf(half, spool);
      cut.add(spool);
      Await.until("a use", () -> told(spool.token, "uploads_in_progress").equals("1"));
      cut.add(hold(held, original(Kind.PART), false, () -> new ByForm("", film(LENGTH)).sent()));
      cut.add(
          hold(held, original(Kind.PART, Kind.COPIED_PART), false, () -> new ByTus(film(LENGTH))));
      cut.add(hold(held, original(Kind.COMPLETE), true, () -> new ByForm("", film(LENGTH)).sent()));
      cut.add(hold(held, original(Kind.COMPLETE), true, () -> new ByTus(film(LENGTH))));
      cut.add(new ByForm(HeldCommits.UNDONE, film(1000)).sent());
      cut.add(new ByForm(HeldCommits.LATE, film(1000)).sent());
      commits.await(HeldCommits.UNDONE);
      commits.await(HeldCommits.LATE);
      killed().kill();
      held.forEach(Held::cut);
      commits.undo();
    }
    relay.mend();
    places += makesRenditions ? 2 : 1;
    places += (int) cut.stream().filter(BucketKillRun::isUnanswered).count();
    assertIsToBeDeleted(deleted);
    goOn(cut);
    check(cut);
    if (makesRenditions) {
      Await.until("renditions", Duration.ofMinutes(2), () -> hasRenditions(pictured));
    }
  }

  private Cut hold(
      List<Held> held, Predicate<BucketRequest> which, boolean isDone, Supplier<Cut> begin) {
    Held one = relay.hold(which, isDone);
    held.add(one);
    Cut cut = begin.get();
    one.await();
    return cut;
  }

  /** Of a photo of which nobody is told yet that it is gone. */
  private String beginDeletion(List<Held> held) {
    ByForm upload = new ByForm("", film(1000)).sent();
    assertThat(upload.answer.join().status()).isEqualTo(301);
    String id = upload.answer.join().locationParameters().get("photo_id");
    String object = object(upload.token);
    Held one =
        relay.hold(
            request -> request.kind() == Kind.DELETE && request.name().contains(object), false);
    held.add(one);
    ApiClient site = nodes.site(victim);
    CompletableFuture.runAsync(
        () -> site.post("/api/photo/delete", Map.of("photo_id", id)), clients);
    one.await();
    return object;
  }

  private String object(String token) {
    return database.read(
        handle ->
            handle
                .createQuery("select tree_id || '/' || media_key from photo where upload_token = ?")
                .bind(0, token)
                .mapTo(String.class)
                .one());
  }

  /** Its row is gone; until the object is, too, which another node may see to, that is noted. */
  private void assertIsToBeDeleted(String object) {
    assertThat(known()).doesNotContain(object);
    assertThat(
            noted("noted_seconds < 0").contains(object)
                || !TestBuckets.names(bucket).contains(object))
        .isTrue();
    deletions++;
  }

  private List<String> noted(String which) {
    return database.read(
        handle ->
            handle
                .createQuery("select name from stray_object where " + which)
                .mapTo(String.class)
                .list());
  }

  /** Of a photo that is answered. */
  private String beginRenditions(List<Held> held) {
    byte[] picture = SampleMedia.jpeg(300 + random.nextInt(500), 200);
    ByForm upload = new ByForm("", picture);
    Held one = relay.hold(request -> request.isOfRenditions() && request.kind() == Kind.PUT, false);
    held.add(one);
    assertThat(upload.sent().answer.join().status()).isEqualTo(301);
    one.await();
    remember(upload);
    return upload.token;
  }

  private boolean hasRenditions(String token) {
    return database
        .read(
            handle ->
                handle
                    .createQuery("select rendition_state from photo where upload_token = ?")
                    .bind(0, token)
                    .mapTo(String.class)
                    .one())
        .equals("done");
  }

  private static void sendHalf(RawConnection connection, ByForm upload) throws IOException {
    String start =
        "--b\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
            + upload.token
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n";
    int length = start.getBytes(StandardCharsets.UTF_8).length + upload.file.length + 7;
    connection
        .send(
            "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nIdempotency-Key: "
                + upload.key
                + "\r\nContent-Length: "
                + length
                + "\r\n\r\n"
                + start)
        .send(Arrays.copyOf(upload.file, upload.file.length / 2));
  }

  /** A machine that is too slow for all of this may have let a store's answer be waited for. */
  private static boolean isUnanswered(Cut cut) {
    return cut.answer == null || cut.answer.handle((answer, gone) -> gone != null).join();
  }

  private String told(String token, String field) {
    return nodes.told(other(), token, field);
  }

  /** As though the others had heard nothing for so long. */
  private void goOn(List<Cut> cut) throws IOException {
    String node = Files.readString(killed().data().resolve("node"));
    database.execute(
        "update node set seen_at = seen_at - ? where node_id = ?", SILENCE_MILLIS, node);
    for (Cut each : cut) {
      Await.until("the end of an upload", Duration.ofSeconds(60), each::goesOn);
    }
  }

  private void remember(Cut upload) {
    String list = "/api/photo/list?include_unpublished_p=1&upload_token=" + upload.token;
    Answer photos = nodes.site(other()).get(list);
    assertThat(photos.xml("count(//photo)")).isEqualTo("1");
    stored.put(photos.xml("//photo/@original_download"), KillRun.digest(upload.file));
  }

  private void check(List<Cut> cut) {
    for (Cut each : cut) {
      remember(each);
      assertThat(told(each.token, "state")).isEqualTo("used_up");
      assertThat(told(each.token, "uploads_in_progress")).isEqualTo("0");
    }
  }

  /** Checks all that was ever stored, and that nothing else is there once the bucket was swept. */
  public void finish() throws IOException {
    ApiClient visitor = ApiClient.of(nodes.get(other()));
    stored.forEach(
        (path, digest) ->
            assertThat(KillRun.digest(visitor.get(path).body())).as(path).isEqualTo(digest));
    SweepOfAll.Swept swept;
    try (MediaBucket place = new MediaBucket(bucket)) {
      swept = SweepOfAll.run(database, place);
    }
    assertThat(swept.missing()).isZero();
    assertThat(swept.unknown()).isPositive();
    assertThat(swept.early())
        .as("as somebody wanted them gone")
        .isLessThanOrEqualTo(notedBefore + 2 * deletions);
    assertThat(swept.early() + swept.late()).isGreaterThanOrEqualTo(swept.unknown());
    List<String> names = new ArrayList<>(known());
    names.add("identity");
    assertThat(TestBuckets.names(bucket)).containsExactlyInAnyOrderElementsOf(names);
    try (S3Client client = TestBuckets.client(bucket)) {
      assertThat(client.listMultipartUploads(to -> to.bucket(bucket.bucket())).uploads()).isEmpty();
    }
  }

  /** The objects that rows tell of. */
  private List<String> known() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select tree_id || '/' || media_key from photo
                    union all select object from upload_piece
                    union all select tree_id || '/' || media_key || '.renditions-'
                      || rendition_version from photo where rendition_state = 'done'""")
                .mapTo(String.class)
                .list());
  }

  @Override
  public void close() {
    clients.shutdownNow();
    database.close();
  }
}
