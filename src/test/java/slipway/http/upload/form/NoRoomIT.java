package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** What every way in says when all that is being received has no room for more. */
class NoRoomIT {
  private static final int SIZE = 3_000_000;

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

  private void isRefusedEverywhere(Server server) {
    Visits visits = new Visits(server);
    Answer back = visits.redeem(form(visits.token()));
    assertThat(back.locationParameters().get("error_message")).contains("no room for it now");
    Answer json = visits.redeem(form(visits.token()).field("format", "json"));
    assertThat(json.status()).isEqualTo(503);
    assertThat(json.header("Retry-After")).isPresent();
    Answer direct =
        ApiClient.withKey(server)
            .post(
                "/api/photo/upload",
                new Multipart().field("format", "json").file("file", "a.jpg", "image/jpeg", bytes));
    assertThat(direct.status()).isEqualTo(503);
    assertThat(direct.header("Retry-After")).isPresent();
    TusClient tus = new TusClient(server);
    Answer piece = tus.patch(tus.created(visits.token(), SIZE), 0, bytes);
    assertThat(piece.status()).isEqualTo(503);
    assertThat(piece.header("Retry-After")).isPresent();
    assertThat(IncomingFolder.bytes(server)).isZero();
    Answer chunk = chunk(server, visits.token(), bytes);
    assertThat(chunk.status()).isEqualTo(503);
    assertThat(chunk.header("Retry-After")).isPresent();
    assertThat(IncomingFolder.bytes(server)).isZero();
    assertThat(IncomingFolder.counted(server, "slipway_incoming_bytes")).isZero();
  }

  @Test
  void isSaidWhereTheBoundOfAllFilesIsReached() {
    try (Server server =
        Server.on(Container.JETTY_12)
            .setting("slipway.incoming.total-bytes", Integer.toString(SIZE - 1))
            .start()) {
      isRefusedEverywhere(server);
      Map<String, String> back =
          new Visits(server).redeem(Visits.jpeg(new Visits(server).token())).locationParameters();
      assertThat(back).containsKey("photo_id");
    }
  }

  @Test
  void isSaidWhereTheDiskHasNoMoreThanMustStayFree() {
    try (Server server =
        Server.on(Container.JETTY_12)
            .setting("slipway.health.least-free-bytes", Long.toString(1L << 59))
            .start()) {
      isRefusedEverywhere(server);
    }
  }
}
