package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.BucketRequest;
import slipway.harness.BucketRequest.Kind;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.StoreRelay;
import slipway.harness.StoreTrouble;
import slipway.harness.TestBuckets;
import slipway.http.upload.tus.TusClient;
import slipway.media.s3.BucketAddress;
import software.amazon.awssdk.services.s3.S3Client;

/** A server whose bucket fails in one way after the other, each for a moment, and is well again. */
class StoreTroubleIT {
  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final int MEBIBYTE = 1 << 20;
  private static final byte[] PICTURE = SampleMedia.jpeg(300, 200);

  /** More than a part. */
  private static final byte[] FILM = SampleMedia.bareMp4(9 * MEBIBYTE + 7);

  static {
    byte[] noise = new byte[FILM.length - 100];
    new Random(5).nextBytes(noise);
    System.arraycopy(noise, 0, FILM, 100, noise.length);
  }

  private static StoreRelay relay;
  private static BucketAddress bucket;
  private static Server server;

  @BeforeAll
  static void start() {
    relay = new StoreRelay(TestBuckets.port());
    bucket = TestBuckets.newBucket(relay.port());
    Server.Builder builder = Server.on(Container.JETTY_12);
    TestBuckets.settings(bucket).forEach(builder::setting);
    server = builder.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    relay.close();
  }

  @AfterEach
  void hasNoPartsLeft() {
    relay.mend();
    try (S3Client client = TestBuckets.client()) {
      assertThat(client.listMultipartUploads(to -> to.bucket(bucket.bucket())).uploads()).isEmpty();
    }
  }

  private static String token() {
    return new TusClient(server).token("max_uploads", "1", "publish", "0");
  }

  private static Answer upload(String token, byte[] file) {
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", file);
    return ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
  }

  /** Each object and each photo is another upload's: none was made twice. */
  private static void assertIsStored(String token, byte[] file) {
    ApiClient site = ApiClient.withKey(server);
    Answer list = site.get("/api/photo/list?include_unpublished_p=1&upload_token=" + token);
    assertThat(list.xml("count(//photo)")).isEqualTo("1");
    byte[] kept = ApiClient.of(server).get(list.xml("//photo/@original_download")).body();
    assertThat(ByteBuffer.wrap(kept)).isEqualTo(ByteBuffer.wrap(file));
    String photos =
        site.get("/api/photo/list?include_unpublished_p=1&size=1").xml("//@total_count");
    long originals =
        TestBuckets.names(bucket).stream().filter(name -> name.matches("\\d+/\\w{32}")).count();
    assertThat(originals).isEqualTo(Long.parseLong(photos));
  }

  private static void assertStores(String token, byte[] file) {
    Answer answer = upload(token, file);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertIsStored(token, file);
  }

  private static void assertIsLater(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
  }

  private static Predicate<BucketRequest> each(Kind kind) {
    return request -> request.kind() == kind;
  }

  /** One of each kind; all of them in {@code mvn -Pfaults verify}. */
  static Stream<Arguments> whatPasses() {
    Stream<Arguments> all =
        Stream.of(
            Arguments.of("a busy one", StoreTrouble.says(503, "SlowDown")),
            Arguments.of("a wrong clock", StoreTrouble.says(403, "RequestTimeTooSkewed")),
            Arguments.of("a cut connection", StoreTrouble.cutsAfter(100)),
            Arguments.of("a lost answer", StoreTrouble.losesTheAnswer()),
            Arguments.of("one that fails", StoreTrouble.says(500, "InternalError")),
            Arguments.of("one that is gone", StoreTrouble.isGone()),
            Arguments.of("a slow one", StoreTrouble.takes(Duration.ofMillis(200))));
    return AnyContainer.ALL ? all : all.limit(4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatPasses")
  void storesAFileOnceThoughItsFirstRequestFails(String name, StoreTrouble trouble) {
    relay.trouble(each(Kind.PUT), 1, trouble);
    assertStores(token(), PICTURE);
  }

  @Test
  void storesAFileOnceThoughRequestsOfItsPartsFail() {
    relay.counted();
    relay.trouble(each(Kind.BEGIN), 1, StoreTrouble.says(503, "SlowDown"));
    relay.trouble(each(Kind.PART), 1, StoreTrouble.cutsAfter(MEBIBYTE));
    relay.trouble(each(Kind.COMPLETE), 1, StoreTrouble.losesTheAnswer());
    assertStores(token(), FILM);
    assertThat(relay.counted())
        .containsEntry(Kind.BEGIN, 2)
        .containsEntry(Kind.PART, 3)
        .containsEntry(Kind.COMPLETE, 2)
        .doesNotContainKey(Kind.ABORT);
  }

  /** As docs/nodes.md has it. */
  @Test
  void asksNoMoreOfTheStoreThanAFileNeeds() {
    assertThat(asked(PICTURE)).isEqualTo(Map.of(Kind.PUT, 1));
    assertThat(asked(FILM))
        .isEqualTo(
            Map.of(Kind.HEAD, 2, Kind.BUCKET, 1, Kind.BEGIN, 1, Kind.PART, 2, Kind.COMPLETE, 1));
  }

  /** But for what looks at the bucket now and then. */
  private static Map<Kind, Integer> asked(byte[] file) {
    relay.counted();
    assertThat(upload(token(), file).status()).isEqualTo(200);
    Map<Kind, Integer> counted = relay.counted();
    counted.keySet().removeAll(Set.of(Kind.LIST, Kind.LIST_UNFINISHED));
    return counted;
  }

  /** Those that no other test here has; all of them in {@code mvn -Pfaults verify}. */
  static Stream<Arguments> whatStays() {
    Stream<Arguments> all =
        Stream.of(
            Arguments.of("one that lets nobody in", StoreTrouble.says(403, "AccessDenied")),
            Arguments.of("a full one", StoreTrouble.says(507, "InsufficientStorage")),
            Arguments.of("a busy one", StoreTrouble.says(503, "SlowDown")),
            Arguments.of("a wrong clock", StoreTrouble.says(403, "RequestTimeTooSkewed")),
            Arguments.of("one that is gone", StoreTrouble.isGone()));
    return AnyContainer.ALL ? all : all.limit(2);
  }

  /** Where the file is that came with a token. */
  private static String original(String token) {
    return ApiClient.withKey(server)
        .get("/api/photo/list?include_unpublished_p=1&upload_token=" + token)
        .xml("//photo/@original_download");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatStays")
  void saysToTryLaterAndGivesTheUseBack(String name, StoreTrouble trouble) {
    String kept = token();
    assertStores(kept, PICTURE);
    String original = original(kept);
    String token = token();
    relay.trouble(trouble);
    assertIsLater(upload(token, PICTURE));
    assertIsLater(ApiClient.of(server).get(original));
    relay.mend();
    assertStores(token, PICTURE);
  }

  @Tag("faults")
  @Test
  void saysToTryLaterWhereEachPartIsCut() {
    String token = token();
    relay.trouble(each(Kind.PART), ALWAYS, StoreTrouble.cutsAfter(MEBIBYTE));
    assertIsLater(upload(token, FILM));
    relay.mend();
    assertStores(token, FILM);
  }

  /** What came is there still, and is not sent again. */
  @Tag("faults")
  @Test
  void endsAnUploadInPiecesOnceTheStoreIsBack() {
    TusClient tus = new TusClient(server);
    String token = token();
    String path = tus.created(token, FILM.length);
    int half = 5 * MEBIBYTE;
    assertThat(tus.patch(path, 0, Arrays.copyOf(FILM, half)).status()).isEqualTo(204);
    relay.trouble(StoreTrouble.isGone());
    assertIsLater(tus.patch(path, half, Arrays.copyOfRange(FILM, half, FILM.length)));
    relay.mend();
    assertThat(tus.offset(path)).isEqualTo(FILM.length);
    assertThat(tus.patch(path, FILM.length, new byte[0]).status()).isEqualTo(204);
    assertIsStored(token, FILM);
  }

  static Stream<Arguments> whatKeepsBytesBack() {
    return Stream.of(
        Arguments.of("a busy one", StoreTrouble.says(503, "SlowDown")),
        Arguments.of("one that sends heads alone", StoreTrouble.cutsTheAnswerAfter(400)));
  }

  /** It is known to be there, and its answer has not begun. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("whatKeepsBytesBack")
  void saysToTryLaterWhereAFileIsThereAndItsBytesDoNotCome(String name, StoreTrouble trouble) {
    String token = token();
    assertStores(token, PICTURE);
    String original = original(token);
    ApiClient visitor = ApiClient.of(server);
    relay.trouble(each(Kind.GET), ALWAYS, trouble);
    assertIsLater(visitor.get(original));
    assertIsLater(visitor.send(visitor.request(original).header("Range", "bytes=5-104")));
  }

  @Test
  void sendsAFileWholeThoughTheStoresAnswerIsCut() {
    String token = token();
    assertThat(upload(token, FILM).status()).isEqualTo(200);
    relay.trouble(each(Kind.GET), 2, StoreTrouble.cutsTheAnswerAfter(3 * MEBIBYTE));
    relay.counted();
    assertIsStored(token, FILM);
    assertThat(relay.counted().get(Kind.GET)).isGreaterThan(2);
  }
}
