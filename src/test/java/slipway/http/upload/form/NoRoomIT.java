package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SmallServer;
import slipway.http.upload.tus.TusClient;

/** What every way in says when all that is being received has no room for more. */
class NoRoomIT {
  private static final int SIZE = SmallServer.ROOM + 1;

  private static final String COUNTED = "slipway_incoming_bytes";

  private final byte[] bytes = picture();

  private static byte[] picture() {
    try {
      return SampleMedia.largeJpeg(SIZE).get().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Multipart form(String token) {
    return new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", bytes);
  }

  private static Answer chunk(Server server, String token, byte[] bytes) {
    return ApiClient.of(server)
        .post(
            Visits.REDEEM,
            new Multipart()
                .field("upload_token", token)
                .field("resumableIdentifier", "a")
                .field("resumableTotalSize", Integer.toString(SIZE))
                .field("resumableChunkNumber", "1")
                .field("resumableChunkSize", Integer.toString(SIZE))
                .file("file", "a.jpg", "image/jpeg", bytes));
  }

  /** With that status, but to chunks and tus, which go by 503. */
  private void isRefusedEverywhere(Server server, int status, boolean fromTheStart)
      throws SQLException {
    long onDisk = IncomingFolder.bytes(server);
    double counted = IncomingFolder.counted(server, COUNTED);
    int begun = begun(server);
    Visits visits = new Visits(server);
    Answer back = visits.redeem(form(visits.token()));
    assertThat(back.locationParameters().get("error_message")).contains("no room for it now");
    Answer json = visits.redeem(form(visits.token()).field("format", "json"));
    assertThat(json.status()).isEqualTo(status);
    assertThat(json.header("Retry-After")).isPresent();
    String token = visits.token();
    Answer xml = visits.redeem(form(token).field("format", "xml"));
    assertThat(xml.status()).isEqualTo(status);
    assertThat(xml.xml("/response/@code")).isEqualTo("server_error");
    assertFree(server, token);
    Answer direct =
        ApiClient.withKey(server)
            .post(
                "/api/photo/upload",
                new Multipart().field("format", "json").file("file", "a.jpg", "image/jpeg", bytes));
    assertThat(direct.status()).isEqualTo(status);
    assertThat(direct.header("Retry-After")).isPresent();
    TusClient tus = new TusClient(server);
    Answer created = tus.create(visits.token(), SIZE);
    assertThat(created.status()).isEqualTo(fromTheStart ? 503 : 201);
    Answer piece = fromTheStart ? created : tus.patch(TusClient.path(created), 0, bytes);
    assertThat(piece.status()).isEqualTo(503);
    assertThat(piece.header("Retry-After")).isPresent();
    assertThat(IncomingFolder.bytes(server)).isEqualTo(onDisk);
    Answer chunk = chunk(server, visits.token(), bytes);
    assertThat(chunk.status()).isEqualTo(503);
    assertThat(chunk.header("Retry-After")).isPresent();
    assertThat(IncomingFolder.bytes(server)).isEqualTo(onDisk);
    assertThat(IncomingFolder.counted(server, COUNTED)).isEqualTo(counted);
    assertThat(begun(server) - begun).isEqualTo(fromTheStart ? 0 : 2);
  }

  /** How many uploads in pieces are unfinished, each with a use of its token. */
  private static int begun(Server server) throws SQLException {
    try (var database =
            DriverManager.getConnection("jdbc:sqlite:" + server.data().resolve("slipway.db"));
        var rows = database.createStatement().executeQuery("select count(*) from chunked_upload")) {
      return rows.getInt(1);
    }
  }

  private static void assertFree(Server server, String token) {
    Answer kept =
        ApiClient.withKey(server)
            .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"));
    assertThat(kept.text()).contains("\"uploads_left\":\"1\"");
  }

  @Test
  void isSaidWhereTheBoundOfAllFilesIsReached() throws Exception {
    Server server = SmallServer.on(Container.JETTY_12);
    isRefusedEverywhere(server, 503, false);
    Map<String, String> back =
        new Visits(server).redeem(Visits.jpeg(new Visits(server).token())).locationParameters();
    assertThat(back).containsKey("photo_id");
    leavesRoomToOthersThatIsOnlyAnnounced(server);
  }

  private void leavesRoomToOthersThatIsOnlyAnnounced(Server server) throws IOException {
    Visits visits = new Visits(server);
    TusClient tus = new TusClient(server);
    double before = IncomingFolder.counted(server, COUNTED);
    String path = TusClient.path(tus.create(visits.token(), SIZE - 1));
    try (RawConnection slow = RawConnection.to(server)) {
      slow.send(
          "PATCH %s HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                  .formatted(path)
              + "Content-Type: application/offset+octet-stream\r\nContent-Length: %d\r\n\r\n"
                  .formatted(SIZE - 1));
      slow.send(Arrays.copyOf(bytes, 20_000));
      IncomingFolder.awaitFile(server, 20_000);
      assertThat(IncomingFolder.counted(server, COUNTED) - before).isEqualTo(20_000);
      Map<String, String> back = visits.redeem(Visits.jpeg(visits.token())).locationParameters();
      assertThat(back).containsKey("photo_id");
      byte[] small = SampleMedia.jpeg(20, 20);
      Answer piece = tus.patch(TusClient.path(tus.create(visits.token(), small.length)), 0, small);
      assertThat(piece.status()).as(piece.text()).isEqualTo(204);
      slow.reset();
    }
    Await.metric(server, "slipway_uploads_running", 0);
    assertThat(tus.send("DELETE", path).status()).isEqualTo(204);
  }

  @Tag("faults")
  @Test
  void isSaidWhereTheDiskHasNoMoreThanMustStayFree() throws SQLException {
    try (Server server =
        Server.on(Container.JETTY_12)
            .setting("slipway.health.least-free-bytes", Long.toString(1L << 59))
            .start()) {
      isRefusedEverywhere(server, 507, true);
    }
  }
}
