package slipway.faults;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** A disk of which a flush fails once takes with it what the flush was to keep. */
class FlushIT {
  private static final String INCOMING = "*/media/incoming";
  private static final String FILES = INCOMING + "/*";
  private static final String TREE = "*/media/[1-9]*";
  private static final int CHUNK = 64 * 1024;

  private static Faults faults;
  private static Server server;
  private static byte[] file;
  private static final List<String> stored = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    faults = FaultyServer.get().disk();
    server = FaultyServer.get().server();
    file = SampleMedia.largeJpeg(3 * CHUNK).get().readAllBytes();
  }

  /** After a kill, too, in {@code mvn -Pfaults verify}; {@link FailedCommitIT} has one always. */
  @AfterAll
  static void allIsStoredStill() {
    if (server != null) {
      assertThat(stored).isNotEmpty();
      if (AnyContainer.ALL) {
        server.kill();
        server.restart();
      }
      for (String path : stored) {
        assertThat(ApiClient.of(server).get(path).body()).as(path).isEqualTo(file);
      }
    }
  }

  @AfterEach
  void mend() {
    faults.end();
  }

  private static String issue(Server server) {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private static byte[] chunk(int number) {
    return Arrays.copyOfRange(file, (number - 1) * CHUNK, Math.min(number * CHUNK, file.length));
  }

  /** It is there now, and is looked for again at the end. */
  private static void assertStored(String path) {
    assertThat(ApiClient.of(server).get(path).body()).isEqualTo(file);
    stored.add(path);
  }

  @ParameterizedTest
  @EnumSource
  void takesAChunkAgainWhoseFlushFailed(ChunkStyle style) {
    assertStored(takesAChunkAgain(server, style));
  }

  @Tag("faults")
  @Test
  void takesAChunkAgainWhoseFlushFailedOnTomcat() {
    try (Server tomcat = Server.on(Container.TOMCAT_11).faults(faults).start()) {
      String path = takesAChunkAgain(tomcat, ChunkStyle.RESUMABLE_FORM);
      assertThat(ApiClient.of(tomcat).get(path).body()).isEqualTo(file);
    }
  }

  private static String takesAChunkAgain(Server server, ChunkStyle style) {
    String token = issue(server);
    int last = file.length / CHUNK;
    byte[] rest = Arrays.copyOfRange(file, (last - 1) * CHUNK, file.length);
    Map<String, String> first = style.fields(token, 1, CHUNK, file.length);
    Map<String, String> second = style.fields(token, 2, CHUNK, file.length);
    assertThat(style.send(server, first, chunk(1)).status()).isEqualTo(200);
    faults.loseFlush(FILES, 1);
    Answer failed = style.send(server, second, chunk(2));
    assertThat(failed.status()).as(failed.text()).isEqualTo(503);
    assertThat(failed.header("Retry-After")).isPresent();
    assertReceived(server, token, "0-" + CHUNK);
    for (int number = 2; number < last; number++) {
      Map<String, String> fields = style.fields(token, number, CHUNK, file.length);
      assertThat(style.send(server, fields, chunk(number)).status()).isEqualTo(200);
    }
    Answer done = style.send(server, style.fields(token, last, CHUNK, file.length), rest);
    return done.uploadedPath();
  }

  private static void assertReceived(Server server, String token, String ranges) {
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.received(token, ChunkStyle.IDENTIFIER)).contains(ranges);
    }
  }

  @Test
  void doesNotTakeAChunkOfWhichAPartWasWrittenBeforeAnothersFlushFailed() throws Exception {
    ChunkStyle style = ChunkStyle.RESUMABLE_BODY;
    String token = issue(server);
    Map<String, String> first = style.fields(token, 1, CHUNK, file.length);
    Map<String, String> second = style.fields(token, 2, CHUNK, file.length);
    assertThat(style.send(server, first, chunk(1)).status()).isEqualTo(200);
    faults.loseFlush(FILES, 1);
    try (RawConnection slow = RawConnection.to(server)) {
      slow.send(
          "POST "
              + Sending.REDEEM
              + "?"
              + ApiClient.urlencoded(second)
              + " HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/octet-stream\r\n"
              + ("Content-Length: " + CHUNK + "\r\n\r\n"));
      slow.send(Arrays.copyOf(chunk(2), CHUNK - 1));
      awaitBytes(2 * CHUNK - CHUNK / 2);
      Answer other = style.send(server, style.fields(token, 3, CHUNK, file.length), rest(3));
      assertThat(other.status()).as(other.text()).isEqualTo(503);
      slow.send(new byte[] {chunk(2)[CHUNK - 1]});
      assertThat(slow.answer().orElseThrow().status()).isEqualTo(503);
    }
    assertReceived(server, token, "0-" + CHUNK);
    assertThat(style.send(server, second, chunk(2)).status()).isEqualTo(200);
    Answer done = style.send(server, style.fields(token, 3, CHUNK, file.length), rest(3));
    assertStored(done.uploadedPath());
  }

  /** The last chunk, which has all that remains. */
  private static byte[] rest(int number) {
    assertThat(file.length / CHUNK).isEqualTo(number);
    return Arrays.copyOfRange(file, (number - 1) * CHUNK, file.length);
  }

  private static void awaitBytes(long size) throws Exception {
    try (DataFolder data = new DataFolder(server.data())) {
      Path incoming = server.data().resolve("media/incoming");
      for (int waited = 0; ; waited += 10) {
        for (String name : data.incoming()) {
          if (Files.size(incoming.resolve(name)) >= size) {
            return;
          }
        }
        assertThat(waited).isLessThan(20_000);
        Thread.sleep(10);
      }
    }
  }

  @Test
  void tellsByTusOfFlushedBytesOnly() {
    tellsByTus(() -> {});
  }

  @Tag("faults")
  @Test
  void tellsByTusOfFlushedBytesOnlyAfterAKillToo() {
    tellsByTus(
        () -> {
          server.kill();
          server.restart();
        });
  }

  private static void tellsByTus(Runnable meanwhile) {
    TusClient tus = new TusClient(server);
    String path = tus.created(issue(server), file.length);
    assertThat(tus.patch(path, 0, chunk(1)).status()).isEqualTo(204);
    faults.loseFlush(FILES, 1);
    byte[] rest = Arrays.copyOfRange(file, CHUNK, file.length);
    Answer failed = tus.patch(path, CHUNK, Arrays.copyOf(rest, CHUNK));
    assertThat(failed.status()).as(failed.text()).isEqualTo(503);
    assertThat(tus.offset(path)).isEqualTo(CHUNK);
    faults.end();
    meanwhile.run();
    assertThat(tus.offset(path)).isEqualTo(CHUNK);
    assertThat(tus.patch(path, CHUNK, rest).status()).isEqualTo(204);
    assertStored(tus.originalPath(path));
  }

  @Test
  void putsPartsTogetherAgainWhenTheirFlushFailed() {
    TusSending.InParts sending = new TusSending.InParts(server, issue(server), file);
    faults.loseFlush(FILES, 2, 1);
    assertThat(failure(sending)).contains("503");
    assertStored(sending.send());
  }

  private static String failure(Sending sending) {
    try {
      return sending.send();
    } catch (AssertionError e) {
      return e.getMessage();
    }
  }

  @Test
  void makesTheNameOfAFileDurableBeforeItAnswersForBytes() {
    ChunkSending chunks = ChunkSending.inOrder(server, issue(server), file);
    faults.failFlush(INCOMING, 1);
    assertThat(failure(chunks)).contains("503");
    assertThat(chunks.acknowledged()).isZero();
    assertThat(faults.made()).last().asString().endsWith("/incoming");
    assertStored(chunks.send());
  }

  @ParameterizedTest
  @ValueSource(strings = {FILES, TREE})
  void givesTheUseBackWhenAFormsFileCannotBeKept(String failing) throws Exception {
    String token = issue(server);
    faults.loseFlush(failing, 1);
    Answer back = byForm(token);
    assertThat(back.locationParameters().get("error_message")).contains("could not be stored");
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.incoming()).hasSameElementsAs(data.unfinished());
      assertThat(data.kept()).hasSameSizeAs(data.mediaKeys());
      assertThat(data.spent(token)).isZero();
    }
    assertStored(byForm(token).returnedPath());
  }

  private static Answer byForm(String token) {
    return ApiClient.of(server)
        .post(
            Sending.REDEEM,
            new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file));
  }

  @Test
  void failsTheSitesOwnUploadWhoseFlushFailed() {
    Multipart form =
        new Multipart().field("format", "json").file("file", "a.jpg", "image/jpeg", file);
    faults.loseFlush(FILES, 1);
    assertThat(ApiClient.withKey(server).post("/api/photo/upload", form).status()).isEqualTo(503);
    assertStored(ApiClient.withKey(server).post("/api/photo/upload", form).uploadedPath());
  }

  @Test
  void keepsAnUploadInPiecesWhoseStorageTreeCannotBeFlushed() {
    ChunkSending chunks = ChunkSending.inOrder(server, issue(server), file);
    faults.failFlush(TREE, 1);
    assertThat(failure(chunks)).contains("503");
    assertStored(chunks.send());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnWithAnUploadInPiecesWhoseFileCannotBeMovedBackAtOnce(boolean byTus) {
    Sending sending =
        byTus
            ? new TusSending(server, issue(server), file)
            : ChunkSending.inOrder(server, issue(server), file);
    faults.failFlush(TREE, 1).failRename(FILES, 1);
    assertThat(failure(sending)).contains("503");
    assertThat(faults.made()).last().asString().startsWith("rename");
    assertStored(sending.send());
  }

  @Tag("faults")
  @Test
  void tellsByTusThatAnUploadIsGoneWhoseLastFlushWasSlow() throws Exception {
    TusClient tus = new TusClient(server);
    String token = issue(server);
    String path = tus.created(token, file.length);
    faults.stallFlush(FILES, 1, 2000);
    CompletableFuture<Answer> last = supplyAsync(() -> tus.patch(path, 0, file));
    awaitBytes(file.length);
    assertThat(tus.send("DELETE", path).status()).isEqualTo(204);
    assertThat(last.join().status()).isIn(404, 423);
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.photos(token)).isZero();
    }
  }
}
