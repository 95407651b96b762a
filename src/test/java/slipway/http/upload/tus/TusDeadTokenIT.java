package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SmallServer;

/** Tokens that no upload may begin with open none and store no byte. */
@ParameterizedClass
@AnyContainer
class TusDeadTokenIT {
  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(100, 80);
  private Server server;
  private TusClient tus;

  @BeforeEach
  void open() {
    use(SmallServer.on(container));
  }

  private void use(Server one) {
    server = one;
    tus = new TusClient(one);
  }

  private void revoke(String token) {
    Answer answer =
        ApiClient.withKey(server).post("/api/upload-token/revoke", Map.of("upload_token", token));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private String usedUp() {
    String token = tus.token();
    tus.patch(tus.created(token, jpeg.length), 0, jpeg);
    return token;
  }

  private void expireAll() throws SQLException {
    server.stop();
    String url = "jdbc:sqlite:" + server.data().resolve("slipway.db");
    try (Connection database = DriverManager.getConnection(url);
        Statement statement = database.createStatement()) {
      long aMinuteAgo = Instant.now().minusSeconds(60).toEpochMilli();
      statement.execute("update upload_token set valid_until = " + aMinuteAgo);
    }
    server.restart();
  }

  private void opensNothing(String token, String... concat) {
    int files = IncomingFolder.files(server);
    Answer created = tus.create(token, jpeg.length, concat);
    assertThat(created.status()).as(created.text()).isEqualTo(404);
    assertThat(created.json().get("code").getAsString()).isEqualTo("invalid_upload_token");
    String[] headers =
        List.of(
                "Upload-Length",
                Integer.toString(jpeg.length),
                "Upload-Metadata",
                TusClient.metadata(token),
                "Content-Type",
                "application/offset+octet-stream")
            .toArray(String[]::new);
    String[] all = Arrays.copyOf(headers, headers.length + concat.length);
    System.arraycopy(concat, 0, all, headers.length, concat.length);
    byte[] other = jpeg.clone();
    other[500]++;
    Answer withBytes = tus.send("POST", "/files/", other, all);
    assertThat(withBytes.status()).as(withBytes.text()).isEqualTo(404);
    assertThat(IncomingFolder.files(server)).isEqualTo(files);
  }

  /** A chunk of Resumable.js. */
  private void storesNoChunk(String token) {
    int files = IncomingFolder.files(server);
    String query =
        "?upload_token=%s&resumableIdentifier=a&resumableTotalSize=%d&resumableChunkNumber=1"
                .formatted(token, jpeg.length)
            + "&resumableChunkSize=1000";
    Answer answer =
        ApiClient.of(server)
            .post(
                "/api/photo/redeem-upload-token" + query,
                "application/octet-stream",
                BodyPublishers.ofByteArray(jpeg, 0, 1000));
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertThat(IncomingFolder.files(server)).isEqualTo(files);
  }

  /** The extension is not offered: an upload says how long it is. */
  private void opensNoneOfDeferredLength(String token) {
    int files = IncomingFolder.files(server);
    Answer answer =
        tus.send(
            "POST",
            "/files/",
            jpeg,
            "Upload-Defer-Length",
            "1",
            "Upload-Metadata",
            TusClient.metadata(token),
            "Content-Type",
            "application/offset+octet-stream");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(IncomingFolder.files(server)).isEqualTo(files);
  }

  @Test
  void opensNothingWithATokenThatIsUsedUpOrRevoked() {
    String revoked = tus.token();
    revoke(revoked);
    for (String token : List.of(usedUp(), revoked)) {
      opensNothing(token);
      opensNothing(token, "Upload-Concat", "partial");
      String part = "final;/files/" + "0".repeat(32);
      assertThat(tus.create(token, 1, "Upload-Concat", part).status()).isIn(400, 404);
      opensNoneOfDeferredLength(token);
      storesNoChunk(token);
    }
  }

  @Tag("faults")
  @Test
  void opensNothingWithATokenThatHasExpiredButEndsWhatBeganInTime() throws Exception {
    try (Server own = Server.on(container).setting("slipway.token.sweep-seconds", "1").start()) {
      use(own);
      opensNothingWithAnExpiredTokenButEndsWhatBeganInTime();
    }
  }

  private void opensNothingWithAnExpiredTokenButEndsWhatBeganInTime() throws SQLException {
    String expired = tus.token("max_uploads", "3");
    String began = tus.created(expired, jpeg.length);
    tus.patch(began, 0, Arrays.copyOf(jpeg, 1000));
    String part = tus.created(expired, 3000, "Upload-Concat", "partial");
    String rest = tus.created(expired, jpeg.length - 3000, "Upload-Concat", "partial");
    expireAll();
    opensNothing(expired);
    opensNothing(expired, "Upload-Concat", "partial");
    storesNoChunk(expired);
    byte[] others = Arrays.copyOfRange(jpeg, 1000, jpeg.length);
    assertThat(tus.patch(began, 1000, others).status()).isEqualTo(204);
    tus.patch(part, 0, Arrays.copyOf(jpeg, 3000));
    tus.patch(rest, 0, Arrays.copyOfRange(jpeg, 3000, jpeg.length));
    Answer whole = tus.create(expired, 1, "Upload-Concat", "final;" + part + " " + rest);
    assertThat(whole.status()).as(whole.text()).isEqualTo(201);
    assertThat(tus.original(TusClient.path(whole))).isEqualTo(jpeg);
  }

  @Test
  void takesNoMoreOfPartsThatCanBecomeNoFileAndRemovesThem() throws Exception {
    int files = IncomingFolder.files(server);
    String token = tus.token("max_uploads", "2");
    String idle = tus.created(token, 5000, "Upload-Concat", "partial");
    String part = tus.created(token, 5000, "Upload-Concat", "partial");
    assertThat(tus.patch(part, 0, Arrays.copyOf(jpeg, 1000)).status()).isEqualTo(204);
    tus.patch(tus.created(token, jpeg.length), 0, jpeg);
    assertThat(tus.patch(part, 1000, Arrays.copyOf(jpeg, 1000)).status()).isEqualTo(204);
    tus.patch(tus.created(token, jpeg.length), 0, jpeg);
    assertThat(tus.patch(part, 2000, Arrays.copyOf(jpeg, 1000)).status()).isEqualTo(404);
    for (int i = 0; i < 600 && tus.send("HEAD", part).status() != 404; i++) {
      Thread.sleep(50);
    }
    assertThat(tus.send("HEAD", part).status()).isEqualTo(404);
    assertThat(tus.send("HEAD", idle).status()).isEqualTo(404);
    assertThat(IncomingFolder.files(server)).isEqualTo(files);
  }

  @Test
  void holdsThePartsOfATokenToTheFilesItIsFreeFor() {
    String token = tus.token("max_bytes", Integer.toString(jpeg.length), "max_uploads", "2");
    assertThat(tus.create(token, jpeg.length + 1, "Upload-Concat", "partial").status())
        .isEqualTo(413);
    String one = tus.created(token, jpeg.length, "Upload-Concat", "partial");
    tus.created(token, jpeg.length - 10, "Upload-Concat", "partial");
    assertThat(tus.create(token, 11, "Upload-Concat", "partial").status()).isEqualTo(413);
    tus.created(token, 10, "Upload-Concat", "partial");
    assertThat(tus.send("DELETE", one).status()).isEqualTo(204);
    // An upload that runs has one of the uses: the parts may have the other.
    tus.created(token, jpeg.length);
    assertThat(tus.create(token, 1, "Upload-Concat", "partial").status()).isEqualTo(503);
  }

  @Test
  void letsAllPartsOfOneFileIntoATokenOfOneUse() {
    String token = tus.token();
    String[] parts = new String[4];
    int length = jpeg.length / 4;
    for (int i = 0; i < 4; i++) {
      int end = i == 3 ? jpeg.length : (i + 1) * length;
      parts[i] = tus.created(token, end - i * length, "Upload-Concat", "partial");
      tus.patch(parts[i], 0, Arrays.copyOfRange(jpeg, i * length, end));
    }
    Answer whole = tus.create(token, 1, "Upload-Concat", "final;" + String.join(" ", parts));
    assertThat(whole.status()).as(whole.text()).isEqualTo(201);
    assertThat(tus.original(TusClient.path(whole))).isEqualTo(jpeg);
    opensNothing(token, "Upload-Concat", "partial");
    assertThat(tus.create(token, 1, "Upload-Concat", "final;" + parts[0]).status()).isEqualTo(400);
  }

  @Test
  void removesThePartsOfAFileThatIsRefused() {
    String token = tus.token();
    byte[] text = "This is no picture. ".repeat(500).getBytes(StandardCharsets.UTF_8);
    String part = tus.created(token, text.length, "Upload-Concat", "partial");
    tus.patch(part, 0, text);
    Answer refused = tus.create(token, 1, "Upload-Concat", "final;" + part);
    assertThat(refused.status()).isEqualTo(415);
    assertThat(tus.send("HEAD", part).status()).isEqualTo(404);
    assertThat(tus.create(token, jpeg.length, "Upload-Concat", "partial").status()).isEqualTo(201);
  }
}
