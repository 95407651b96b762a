package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Gate;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** The real tus-js-client. */
@ParameterizedClass
@AnyContainer
class TusJsIT {
  private static final int SIZE = 2 << 20;
  private static final int PIECE = 256 * 1024;

  @Parameter Container container;
  @TempDir Path folder;

  private final Path file = jpeg("cat.jpg", SIZE);
  private Server server;
  private Gate gate;

  @BeforeEach
  void open() {
    use(Server.shared(container));
  }

  private void use(Server server) {
    this.server = server;
    gate = Gate.before(server);
  }

  @AfterEach
  void close() throws IOException {
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
    return new Visits(server).token(parameters);
  }

  private TusJs.Task upload(String token, Path... files) {
    return new TusJs.Task(gate.uri("/files/")).files(token, files);
  }

  private void check(List<JsonObject> outcomes, String token, Path... files) {
    assertThat(outcomes).allMatch(outcome -> outcome.has("url"), "is uploaded");
    Stored stored = new Stored(server, token);
    stored.isExactly(files);
    assertThat(stored.usesLeft()).isZero();
  }

  /** Of two tokens. */
  private void sendsTwice(int count, String option, Object value) throws Exception {
    Path[] some = files(count);
    Path[] others = files(count);
    String one = token("max_uploads", "" + count);
    String two = token("max_uploads", "" + count);
    List<JsonObject> outcomes = upload(one, some).files(two, others).option(option, value).run();
    assertThat(outcomes).hasSize(2 * count);
    check(outcomes, one, some);
    check(outcomes, two, others);
  }

  private static Path[] files(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> jpeg(i + " størst.jpg", 300_000 + i))
        .toArray(Path[]::new);
  }

  @Tag("faults")
  @Test
  void sendsTwentyFilesAtOnceInPieces() throws Exception {
    sendsTwice(10, "chunkSize", 64 * 1024);
  }

  @Tag("faults")
  @Test
  void sendsEighteenFilesAtOnceThreePartsOfEachAtATime() throws Exception {
    sendsTwice(9, "parallelUploads", 3);
  }

  /** In one piece: in several, in node, it announces one more after the end of a file. */
  @Tag("faults")
  @Test
  void sendsAFileOfWhichItDoesNotKnowTheLength() throws Exception {
    String token = token();
    check(upload(token, file).option("uploadLengthDeferred", true).run(), token, file);
  }

  /** The IETF's draft, which it speaks by an option. */
  @Test
  void speaksTheDraftOfTheIetf() throws Exception {
    speaks("ietf-draft-05");
  }

  @Test
  @Tag("faults")
  void speaksAnEarlierDraftOfTheIetf() throws Exception {
    speaks("ietf-draft-03");
  }

  private void speaks(String protocol) throws Exception {
    String token = token();
    Future<Void> cut = gate.after(SIZE / 2 + PIECE / 2, gate::cut);
    TusJs.Task upload = upload(token, file).option("protocol", protocol);
    try (TusJs node = upload.option("chunkSize", PIECE).start()) {
      cut.get(1, TimeUnit.MINUTES);
      gate.open();
      check(node.outcomes(), token, file);
    }
    assertThat(gate.sent()).as("goes on where it was").isLessThan(SIZE + 2 * PIECE);
  }

  @Tag("faults")
  @Test
  void goesOnAfterTheServerWasKilledAndStartedAgain() throws Exception {
    gate.close();
    Server own = Server.mortal(container);
    use(own);
    String token = token();
    Future<Void> killed = gate.after(SIZE / 2, own::kill);
    try (TusJs node = upload(token, file).option("chunkSize", PIECE).start()) {
      killed.get(1, TimeUnit.MINUTES);
      own.restart();
      check(node.outcomes(), token, file);
    }
    assertThat(gate.sent()).as("goes on where it was").isLessThan(SIZE + 2 * PIECE);
  }

  @Test
  void goesOnAfterTheNetworkWasCutInMidPiece() throws Exception {
    String token = token();
    Future<Void> cut = gate.after(SIZE / 2 + PIECE / 2, gate::cut);
    try (TusJs node = upload(token, file).option("chunkSize", PIECE).start()) {
      cut.get(1, TimeUnit.MINUTES);
      gate.open();
      check(node.outcomes(), token, file);
    }
    assertThat(gate.sent()).as("goes on where it was").isLessThan(SIZE + 2 * PIECE);
  }

  @Tag("faults")
  @Test
  void pausesAndResumes() throws Exception {
    String token = token();
    List<JsonObject> outcomes =
        upload(token, file).option("chunkSize", PIECE).pauseAt(SIZE / 2).run();
    check(outcomes, token, file);
    assertThat(outcomes.get(0).get("paused").getAsBoolean()).isTrue();
  }

  @Tag("faults")
  @Test
  void goesOnInAnotherProcess() throws Exception {
    String token = token();
    Path storage = folder.resolve("uploads.json");
    Future<Void> cut = gate.after(SIZE / 2, gate::cut);
    try (TusJs first = upload(token, file).option("chunkSize", PIECE).storage(storage).start()) {
      cut.get(1, TimeUnit.MINUTES);
    }
    gate.open();
    check(upload(token, file).storage(storage).run(), token, file);
    assertThat(gate.sent()).as("goes on where it was").isLessThan(SIZE + 2 * PIECE);
  }

  @Test
  void endsAtOnceWhenTheTokenIsUsedUp() throws Exception {
    String token = token();
    new Visits(server).redeem(Visits.jpeg(token));
    endsWith(404, "used up", 1, upload(token, file));
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheTokenIsRevoked() throws Exception {
    String token = token();
    ApiClient.withKey(server).post("/api/upload-token/revoke", Map.of("upload_token", token));
    endsWith(404, "invalid_upload_token", 1, upload(token, file));
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheFileIsTooLarge() throws Exception {
    String token = token("max_bytes", "100000");
    endsWith(413, "at most 100000 bytes", 1, upload(token, file));
    assertThat(new Stored(server, token).usesLeft()).isEqualTo(1);
  }

  @Tag("faults")
  @Test
  void endsAtOnceWhenTheFileIsNoPicture() throws Exception {
    String token = token();
    Path zeros = SampleMedia.file("cat.jpg", new byte[SIZE]);
    endsWith(415, "is not accepted", 2, upload(token, zeros));
    assertThat(new Stored(server, token).usesLeft()).isEqualTo(1);
  }

  private static void endsWith(int status, String message, int requests, TusJs.Task upload)
      throws Exception {
    List<JsonObject> outcomes = upload.run();
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).get("status").getAsInt()).isEqualTo(status);
    assertThat(outcomes.get(0).get("message").getAsString()).contains(message);
    assertThat(outcomes.get(0).get("requests").getAsInt()).isEqualTo(requests);
  }
}
