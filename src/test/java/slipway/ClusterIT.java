package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.faults.BucketKillRun;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.StoreRelay;
import slipway.harness.StoreTrouble;
import slipway.harness.TestBuckets;
import slipway.harness.TestPostgres;
import slipway.http.EveryMethod;
import slipway.http.upload.tus.TusClient;
import slipway.media.s3.BucketAddress;
import slipway.media.s3.BucketSteps;

/**
 * Servers on one PostgreSQL, and one bucket or one media folder: requests go to each in turn, as a
 * balancer without sticky sessions has them go.
 */
@NeedsPostgres
@ParameterizedClass(name = "{0}")
@MethodSource("places")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  /** Where they have their files. */
  enum Place {
    BUCKET,
    FOLDER
  }

  private static final int NODES = AnyContainer.ALL ? 3 : 2;

  private static final Pattern METHOD = Pattern.compile("`([a-z/-]+)`");
  private static final Pattern LEVEL =
      Pattern.compile("\\| `(none|anonymous|read|write|admin|super)` \\|");

  private static final byte[] PNG = SampleMedia.png(30, 30);

  /** How often requests of which one may win come to all at once. */
  private static final int RACES = AnyContainer.ALL ? 3 : 1;

  private static final int FILES = 12;

  /** Larger than a piece. */
  private static final byte[] FILM = SampleMedia.bareMp4((9 << 20) + 7);

  private static final int CHUNK = 1 << 20;

  static {
    byte[] noise = new byte[FILM.length - 100];
    new Random(5).nextBytes(noise);
    System.arraycopy(noise, 0, FILM, 100, noise.length);
  }

  @TempDir private static Path folder;
  private static StoreRelay relay;
  private static BucketAddress bucket;
  private static String database;
  private static Nodes nodes;
  private static Server one;
  private static Server other;

  @Parameter Place place;

  static Stream<Place> places() {
    return AnyContainer.ALL ? Stream.of(Place.values()) : Stream.of(Place.BUCKET);
  }

  @BeforeParameterizedClassInvocation
  static void start(Place place) throws Exception {
    database = TestPostgres.newDatabase();
    Map<String, String> settings = new HashMap<>();
    settings.put("slipway.database", database);
    settings.put("slipway.comments", "open");
    bucket = null;
    if (place == Place.BUCKET) {
      relay = new StoreRelay(TestBuckets.port());
      bucket = TestBuckets.newBucket(relay.port());
      settings.putAll(TestBuckets.settings(bucket));
      settings.put("slipway.media.redirect", "true");
    }
    nodes = Nodes.start(NODES, Files.createDirectory(folder.resolve(place.name())), settings);
    one = nodes.get(0);
    other = nodes.get(1);
  }

  @AfterParameterizedClassInvocation
  static void stop(Place place) throws IOException {
    nodes.close();
    if (place == Place.BUCKET) {
      relay.close();
    }
  }

  @BeforeEach
  void startKilled() {
    nodes.startKilled();
  }

  private static String token(String... more) {
    return new TusClient(one, Nodes.KEY).token(more);
  }

  /** The other node's answer about a token. */
  private static String told(String token, String field) {
    return nodes.told(1, token, field);
  }

  private static List<Answer> atOnce(int count, String token, String idempotencyKey)
      throws Exception {
    return AtOnce.run(
        count,
        i ->
            () ->
                nodes.redeem(
                    i,
                    token,
                    idempotencyKey,
                    idempotencyKey == null ? SampleMedia.png(31 + i, 30) : PNG));
  }

  private static boolean isTaken(Answer answer) {
    return answer.status() == 301 && answer.locationParameters().containsKey("photo_id");
  }

  private static List<String> photos(List<Answer> answers) {
    return answers.stream()
        .filter(ClusterIT::isTaken)
        .map(answer -> answer.locationParameters().get("photo_id"))
        .toList();
  }

  /** Many, as two nodes seldom meet at one file. */
  @Test
  @Tag("faults")
  void makesOnePhotoOfAFileThatWasSetAsideThoughTwoNodesRestoreIt() throws Exception {
    assumeTrue(place == Place.FOLDER, "Nothing is set aside in a bucket");
    String aside = "2026-01-02T03-04-05Z/7";
    Path tree = Files.createDirectories(one.data().resolve("media/set-aside/" + aside));
    for (int file = 0; file < FILES; file++) {
      String name = "%032x".formatted(file + 1);
      Files.write(tree.resolve(name), SampleMedia.png(700, 500 + file));
      List<Answer> answers =
          AtOnce.run(
              2,
              i ->
                  () ->
                      nodes
                          .site(i)
                          .post("/api/set-aside/restore", Map.of("file_id", aside + "/" + name)));
      assertThat(answers)
          .map(Answer::status)
          .as(() -> answers.stream().map(Answer::text).toList().toString())
          .containsExactlyInAnyOrder(200, 404);
      assertThat(tree.resolve(name)).doesNotExist();
    }
  }

  @Test
  void makesOneFirstKeyThoughAllStartAtOnce() {
    for (Server node : nodes.all()) {
      Answer answer = ApiClient.of(node).withKey(Nodes.KEY).get("/api/credential/list", Map.of());
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.xml("/response/@total_count")).isEqualTo("1");
    }
  }

  @Test
  void isReadyAndShowsWhatAnotherTook() {
    for (Server node : nodes.all()) {
      assertThat(ApiClient.of(node).get("/health/ready").text()).contains("\"clock\":\"ok\"");
    }
    String photo = nodes.redeem(0, token(), null, PNG).locationParameters().get("photo_id");
    Answer shown =
        nodes
            .site(1)
            .get("/api/photo/list", Map.of("photo_id", photo, "include_unpublished_p", "1"));
    assertThat(shown.status()).as(shown.text()).isEqualTo(200);
    String original = shown.xml("/response/photo/@original_download");
    assertThat(nodes.site(1).file(original).body()).isEqualTo(PNG);
  }

  @Test
  void takesNoMoreUploadsThanATokenIsGoodFor() throws Exception {
    for (int round = 0; round < RACES; round++) {
      String token = token("max_uploads", "5");
      List<Answer> answers = atOnce(20, token, null);
      assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isLessThan(500));
      int taken = photos(answers).size();
      assertThat(taken).isBetween(1, 5);
      while (taken < 5) {
        // The last uses were taken when the others asked.
        assertThat(isTaken(nodes.redeem(1, token, null, SampleMedia.png(60 + taken, 30)))).isTrue();
        taken++;
      }
      assertThat(isTaken(nodes.redeem(0, token, null, PNG))).isFalse();
      assertThat(told(token, "state")).isEqualTo("used_up");
    }
  }

  @Test
  void makesOnePhotoOfOneIdempotencyKey() throws Exception {
    String token = token("max_uploads", "4");
    List<Answer> answers = atOnce(6, token, "key");
    assertThat(photos(answers)).isNotEmpty().allMatch(photos(answers).get(0)::equals);
    assertThat(told(token, "uploads_left")).isEqualTo("3");
  }

  @Test
  @Tag("faults")
  void goesOnWithAnUploadInPiecesThoughTheOtherStartsAndItsClientComesThere() {
    TusClient tus = new TusClient(one);
    String path = tus.created(token("max_uploads", "1"), PNG.length);
    assertThat(tus.patch(path, 0, Arrays.copyOf(PNG, 20)).status()).isEqualTo(204);
    other.kill();
    other.restart();
    assertThat(tus.offset(path)).isEqualTo(20);
    assertThat(tus.patch(path, 20, Arrays.copyOfRange(PNG, 20, 30)).status()).isEqualTo(204);
    TusClient there = new TusClient(other);
    assertThat(there.offset(path)).as("waited for there").isEqualTo(30);
    byte[] rest = Arrays.copyOfRange(PNG, 30, PNG.length);
    assertThat(there.patch(path, 30, rest).status()).isEqualTo(204);
    assertThat(tus.send("HEAD", path).status()).isEqualTo(200);
  }

  /** Uploaders that cannot read the redirect send the file again. */
  @Test
  void makesOnePhotoOfTheTriesOfAScriptThoughTheyComeToAllAtOnce() throws Exception {
    for (int round = 0; round < RACES; round++) {
      String token = token("max_uploads", "10");
      List<Answer> answers = AtOnce.run(6, i -> () -> scripted(i, token));
      assertThat(photos(answers)).hasSize(6).allMatch(photos(answers).get(0)::equals);
      assertThat(told(token, "uploads_left")).isEqualTo("9");
    }
  }

  private static Answer scripted(int node, String token) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.png", "image/png", PNG);
    ApiClient visitor = ApiClient.of(nodes.get(node));
    return visitor.send(
        visitor
            .request("/api/photo/redeem-upload-token")
            .header("Sec-Fetch-Mode", "cors")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  @Test
  void showsAtEachWhatWasWrittenAtAnotherByEveryMethod() throws IOException {
    Random random = new Random(1);
    EveryMethod day =
        new EveryMethod(() -> ApiClient.of(nodes.get(random.nextInt(NODES))), Nodes.KEY);
    day.live();
    assertThat(day.methods()).isEqualTo(documented());
  }

  /** The methods of the table of levels. */
  private static Set<String> documented() throws IOException {
    Set<String> methods = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("docs", "api.md"))) {
      if (LEVEL.matcher(line).lookingAt()) {
        METHOD
            .matcher(line.split("\\|")[2])
            .results()
            .forEach(found -> methods.add(found.group(1)));
      }
    }
    return methods;
  }

  @Test
  void takesNoCredentialForLongThatAnotherNodeHasRevoked() {
    Answer made =
        nodes.site(0).post("/api/credential/create", Map.of("name", "a", "level", "super"));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    ApiClient holder = ApiClient.of(other).withKey(made.xml("/response/key"));
    Await.until("its key", () -> holder.get("/api/credential/list").status() == 200);
    Map<String, String> end = Map.of("credential_id", made.xml("/response/credential_id"));
    assertThat(nodes.site(0).post("/api/credential/revoke", end).status()).isEqualTo(200);
    Await.until("its end", () -> holder.get("/api/credential/list").status() == 401);
  }

  private static Answer chunk(int node, String token, byte[] file, int number) {
    int size = 400;
    byte[] bytes = Arrays.copyOfRange(file, number * size, (number + 1) * size);
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("resumableIdentifier", "1200-imagejpg")
            .field("resumableChunkNumber", Integer.toString(number + 1))
            .field("resumableChunkSize", Integer.toString(size))
            .field("resumableCurrentChunkSize", Integer.toString(size))
            .field("resumableTotalSize", Integer.toString(file.length))
            .file("file", "blob", "image/png", bytes);
    return ApiClient.of(nodes.get(node)).post("/api/photo/redeem-upload-token", form);
  }

  /** The upload moves to the other node, which finds that two files come under one name. */
  @Test
  void tellsNoChunkThatItIsReceivedOnceItsFileIsRefusedAtAnotherNode() {
    String token = token("max_uploads", "3");
    byte[] first = Arrays.copyOf(PNG, 1200);
    byte[] second = first.clone();
    second[60] ^= 1;
    assertThat(chunk(0, token, first, 0).status()).isEqualTo(200);
    Await.until("the conflict", () -> chunk(1, token, second, 0).status() == 415);
    for (int number = 0; number < 3; number++) {
      Answer refused = chunk(number, token, first, number);
      assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    }
    assertThat(told(token, "uploads_left")).isEqualTo("3");
  }

  private TusClient tus(int number) {
    return new TusClient(nodes.get(number), Nodes.KEY);
  }

  private static byte[] bytes(int first, int end) {
    return Arrays.copyOfRange(FILM, first, end);
  }

  @Test
  void takesAFileOfOneClientWhereverItComes() {
    Left before = Left.now();
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
    before.assertOneFileMore();
  }

  private void assertIsStored(int number, String path) {
    byte[] kept = ApiClient.of(nodes.get(number)).file(path).body();
    assertThat(ByteBuffer.wrap(kept)).isEqualTo(ByteBuffer.wrap(FILM));
  }

  /** As Resumable.js does: three at a time, and again after a 503. */
  @Test
  void takesChunksThatComeToAllNodesAtOnce() throws Exception {
    Left before = Left.now();
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
    before.assertOneFileMore();
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

  /**
   * What is kept.
   *
   * @param objects of the bucket, if there is one
   * @param files that are being received, on the nodes' disks
   */
  private record Left(Set<String> objects, Set<Path> files) {
    static Left now() {
      return new Left(new HashSet<>(objectsNow()), new HashSet<>(filesNow()));
    }

    private static List<String> objectsNow() {
      return bucket == null ? List.of() : TestBuckets.names(bucket);
    }

    private static List<Path> filesNow() {
      return nodes.all().stream().flatMap(node -> BucketSteps.files(node).stream()).toList();
    }

    /** No piece, and nothing that a node had for itself. */
    void assertOneFileMore() {
      if (bucket != null) {
        assertThat(objectsNow())
            .filteredOn(name -> !objects.contains(name))
            .singleElement()
            .asString()
            .matches("\\d+/[0-9a-f]{32}");
      }
      Await.until("files of nodes that are there", () -> files.containsAll(filesNow()));
    }
  }

  @Test
  void showsAtAnotherWhatOneHasKept() {
    BucketSteps.servesWhatItKept(one, other);
  }

  @Test
  void sendsVisitorsOnToTheBucket() {
    assumeTrue(place == Place.BUCKET);
    BucketSteps.sendsOn(other);
  }

  @Test
  void refusesFilesWhileTheBucketIsAway() {
    assumeTrue(place == Place.BUCKET);
    BucketSteps.refusesWhileTheStoreIsAway(
        one, () -> relay.trouble(StoreTrouble.isGone()), relay::mend);
    Await.until("the others are ready", () -> nodes.all().stream().allMatch(BucketSteps::isReady));
  }

  /** The last one, as a node that was killed would be started for the next. */
  @Test
  @Order(Integer.MAX_VALUE)
  void losesNothingThatWasAnsweredWhereANodeIsKilled() throws Exception {
    assumeTrue(place == Place.BUCKET);
    try (BucketKillRun kills = new BucketKillRun(nodes, database, relay, bucket, false)) {
      kills.killAndCheck(NODES);
      kills.finish();
    }
  }
}
