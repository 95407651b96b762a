package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Gate;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** The real Resumable.js and Flow.js in a real browser, on a page of another origin. */
@ParameterizedClass
@MethodSource("clients")
class ChunkClientIT {
  private static final int CHUNKS = 20;
  private static final long SLOW = 500_000;
  private static ChunkPage page;

  @Parameter(0)
  ChunkClient client;

  @Parameter(1)
  Container container;

  private final Path file = jpeg("cat.jpg", CHUNKS * ChunkPage.CHUNK);
  private Server server;
  private Gate gate;

  /**
   * Each client and each kind of body, on one container; both kinds of both, and all containers, by
   * {@code mvn -Pfaults verify}.
   */
  static Stream<Arguments> clients() {
    Stream<Arguments> some =
        Stream.of(
            Arguments.of(ChunkClient.RESUMABLE_JS_OCTET, other(Container.TOMCAT_11)),
            Arguments.of(ChunkClient.FLOW_JS_FORM, other(Container.TOMCAT_10)));
    Stream<Arguments> others =
        Stream.of(
            Arguments.of(ChunkClient.RESUMABLE_JS_FORM, Container.JETTY_12),
            Arguments.of(ChunkClient.FLOW_JS_OCTET, Container.JETTY_12));
    return AnyContainer.ALL ? Stream.concat(some, others) : some;
  }

  private static Container other(Container container) {
    return AnyContainer.ALL ? container : Container.JETTY_12;
  }

  @BeforeAll
  static void openPage() throws IOException {
    page = new ChunkPage();
  }

  @AfterAll
  static void closePage() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void open() {
    server = Server.shared(container);
    gate = Gate.before(server);
    page.load();
  }

  @AfterEach
  void close() throws IOException {
    page.browser().upstream(-1);
    gate.close();
  }

  private static Path jpeg(String name, long size) {
    try {
      return SampleMedia.file(name, SampleMedia.largeJpeg(size).get().readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String token(String... parameters) {
    List<String> all = new ArrayList<>(List.of("allowed_origin", page.origin()));
    all.addAll(List.of(parameters));
    return new Visits(server).token(all.toArray(String[]::new));
  }

  private void upload(String token, Map<String, Object> options, Path... files) {
    page.upload(client, token, options, List.of(gate.uri(Visits.REDEEM)), files);
  }

  private void upload(String token, Path... files) {
    upload(token, Map.of(), files);
  }

  private void check(String token, Path... files) {
    Stored stored = new Stored(server, token);
    stored.isExactly(files);
    assertThat(stored.usesLeft()).isZero();
  }

  /** Through so many gates that the browser's six connections for each bear all at once. */
  @Tag("faults")
  @Test
  void sendsTwentyFilesThreeChunksOfEachAtATime() throws IOException {
    List<Gate> gates = IntStream.range(0, 10).mapToObj(i -> Gate.before(server)).toList();
    List<URI> targets = gates.stream().map(each -> each.uri(Visits.REDEEM)).toList();
    Path[] some = files(10);
    Path[] others = files(10);
    String one = token("max_uploads", "10");
    String two = token("max_uploads", "10");
    page.upload(client, one, Map.of(), targets, some);
    page.upload(client, two, Map.of(), targets, others);
    page.answers(20);
    check(one, some);
    check(two, others);
    for (Gate each : gates) {
      each.close();
    }
  }

  private static Path[] files(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> jpeg(i + " størst.jpg", 5 * ChunkPage.CHUNK + i))
        .toArray(Path[]::new);
  }

  @Tag("faults")
  @Test
  void sendsALastChunkOfNearlyTwiceTheSize() {
    Path file = jpeg("cat.jpg", 3 * ChunkPage.CHUNK - 1);
    String token = token();
    upload(token, Map.of("testChunks", false), file);
    JsonObject answer = JsonParser.parseString(page.answers(1).get(0)).getAsJsonObject();
    assertThat(answer.get("status").getAsString()).isEqualTo("ok");
    assertThat(page.requests()).containsExactly("POST 200", "POST 200");
    check(token, file);
  }

  @Test
  void goesOnAfterTheNetworkWasCutInMidChunk() throws Exception {
    String token = token();
    var cut = gate.after(5 * ChunkPage.CHUNK + 1000, gate::cut);
    upload(token, file);
    cut.get(1, TimeUnit.MINUTES);
    page.awaitLost();
    gate.open();
    page.answers(1);
    check(token, file);
  }

  @Tag("faults")
  @Test
  void pausesAndResumes() {
    String token = token();
    page.browser().upstream(SLOW);
    upload(token, file);
    page.awaitChunks(2);
    page.run("pause()");
    new Stored(server, token).isExactly();
    page.browser().upstream(-1);
    page.run("resume()");
    page.answers(1);
    check(token, file);
  }

  @Test
  void goesOnAfterAReloadOfThePage() {
    goesOnAfterAReload(true);
  }

  @Test
  @Tag("faults")
  void goesOnAfterAReloadOfAPageThatAsksForNoChunk() {
    goesOnAfterAReload(false);
  }

  /** Two clients may have asked, so that the end waits. */
  @Test
  @Tag("faults")
  void goesOnAfterAReloadBeforeAChunkIsThere() {
    String token = token();
    page.browser().upstream(SLOW / 10);
    upload(token, file);
    page.awaitQuestion();
    page.load();
    page.browser().upstream(-1);
    upload(token, file);
    page.answers(1);
    check(token, file);
  }

  @Tag("faults")
  @Test
  void twoThatSendTheSameFileAreToldOfOnePhoto() {
    String token = token();
    page.browser().upstream(SLOW);
    upload(token, file);
    page.awaitChunks(3);
    upload(token, file);
    page.browser().upstream(-1);
    page.answers(2);
    check(token, file);
  }

  private void goesOnAfterAReload(boolean testChunks) {
    String token = token();
    Map<String, Object> options = Map.of("testChunks", testChunks);
    page.browser().upstream(SLOW);
    upload(token, options, file);
    page.awaitChunks(7);
    page.load();
    page.browser().upstream(-1);
    upload(token, options, file);
    page.answers(1);
    check(token, file);
    int there = page.count("GET 200");
    // Those that are requested before one has been compared are sent again.
    assertThat(there).isBetween(testChunks ? 1 : 0, testChunks ? CHUNKS - 2 : 0);
    assertThat(page.count("GET 204")).isEqualTo(testChunks ? CHUNKS - there : 0);
    assertThat(page.count("POST 200")).isEqualTo(CHUNKS - there);
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheTokenIsUsedUp() {
    String token = token();
    new Visits(server).redeem(Visits.jpeg(token));
    upload(token, file);
    endsWith(404, "invalid_upload_token", "used up");
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheTokenIsRevoked() {
    String token = token();
    ApiClient.withKey(server).post("/api/upload-token/revoke", Map.of("upload_token", token));
    upload(token, file);
    endsWith(404, "invalid_upload_token", "token");
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheFileIsTooLarge() {
    String token = token("max_bytes", "100000");
    upload(token, file);
    endsWith(415, "too_large", "at most 100000 bytes");
    assertThat(new Stored(server, token).usesLeft()).isEqualTo(1);
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheFileIsNoPicture() {
    String token = token();
    upload(token, SampleMedia.file("cat.jpg", new byte[CHUNKS * ChunkPage.CHUNK]));
    endsWith(415, "error_processing_upload", "is not accepted");
    assertThat(new Stored(server, token).usesLeft()).isEqualTo(1);
  }

  private void endsWith(int status, String code, String message) {
    JsonObject error = page.error();
    assertThat(error.get("code").getAsString()).isEqualTo(code);
    assertThat(error.get("message").getAsString()).contains(message);
    List<String> requests = page.requests();
    assertThat(requests).contains("POST " + status);
    // The two others of three at a time may be under way, each with its test and its piece.
    assertThat(requests.subList(requests.indexOf("POST " + status) + 1, requests.size()))
        .hasSizeLessThanOrEqualTo(2 * 2);
    assertThat(page.browser().driver().executeScript("return seen.retries")).isEqualTo(0L);
  }
}
