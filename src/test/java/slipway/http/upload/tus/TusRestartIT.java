package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class TusRestartIT {
  @Parameter Container container;

  private static final int LARGE = 8 << 20;

  @Test
  void goesOnAfterTheServerWasKilledInMidUpload() throws Exception {
    byte[] jpeg = SampleMedia.largeJpeg(LARGE).get().readAllBytes();
    try (Server server =
        Server.on(container)
            .setting("slipway.resumable.token-bytes", Integer.toString(LARGE))
            .setting("slipway.resumable.uploads-per-address", "3")
            .start()) {
      TusClient tus = new TusClient(server);
      byte[] small = SampleMedia.jpeg(100, 80);
      String finished = tus.created(tus.token(), small.length);
      assertThat(tus.patch(finished, 0, small).status()).isEqualTo(204);
      String token = tus.token();
      String path = tus.created(token, LARGE);
      String other = tus.token();
      String later = tus.token();
      Answer deferred =
          tus.send(
              "POST",
              "/files/",
              "Upload-Defer-Length",
              "1",
              "Upload-Metadata",
              TusClient.metadata(later));
      String unknown = TusClient.path(deferred);
      tus.patch(unknown, 0, Arrays.copyOf(small, 500));
      String keyed = tus.created(other, 1000, "Idempotency-Key", "one");
      try (RawConnection connection = RawConnection.to(server)) {
        connection.send(
            "PATCH "
                + path
                + " HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                + "Content-Type: application/offset+octet-stream\r\nContent-Length: "
                + LARGE
                + "\r\n\r\n");
        connection.send(Arrays.copyOf(jpeg, LARGE / 2));
        server.kill();
      }
      server.restart();
      assertThat(tus.offset(finished)).as("finished ones stay answerable").isEqualTo(small.length);
      assertThat(tus.send("HEAD", unknown).header("Upload-Defer-Length")).hasValue("1");
      byte[] rest = Arrays.copyOfRange(small, 500, small.length);
      String length = Integer.toString(small.length);
      assertThat(tus.patch(unknown, 500, rest, "Upload-Length", length).status()).isEqualTo(204);
      assertThat(tus.original(unknown)).isEqualTo(small);
      tus.created(other, 1000, "Idempotency-Key", "one");
      assertThat(tus.send("HEAD", keyed).status()).as("the upload is given anew").isEqualTo(404);
      assertThat(tus.create(token, 10).status()).as("the use is held").isEqualTo(503);
      long offset = tus.offset(path);
      assertThat(offset).isBetween(0L, LARGE / 2L);
      Answer last = tus.patch(path, offset, Arrays.copyOfRange(jpeg, (int) offset, LARGE));
      assertThat(last.status()).as(last.text()).isEqualTo(204);
      assertThat(tus.original(path)).isEqualTo(jpeg);
      boundsTheUnfinishedUploadsOfAnAddress(tus);
      boundsTheRoomThatUnfinishedUploadsTake(tus, jpeg);
    }
  }

  /** To three: whose those are that had begun before the kill is not known. */
  private static void boundsTheUnfinishedUploadsOfAnAddress(TusClient tus) {
    String first = tus.created(tus.token(), 100);
    String second = tus.created(tus.token(), 100);
    String third = tus.created(tus.token(), 100);
    Answer fourth = tus.create(tus.token(), 100);
    assertThat(fourth.status()).isEqualTo(503);
    assertThat(fourth.header("Retry-After")).isPresent();
    tus.send("DELETE", first);
    tus.send("DELETE", tus.created(tus.token(), 100));
    tus.send("DELETE", second);
    tus.send("DELETE", third);
  }

  /** To the size of that file. */
  private static void boundsTheRoomThatUnfinishedUploadsTake(TusClient tus, byte[] jpeg) {
    String token = tus.token("max_uploads", "3");
    assertThat(tus.create(token, jpeg.length + 1).status()).isEqualTo(413);
    String one = tus.created(token, jpeg.length);
    tus.patch(one, 0, Arrays.copyOf(jpeg, 1000));
    String two = tus.created(token, jpeg.length);
    Answer full = tus.patch(two, 0, jpeg);
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.header("Retry-After")).isPresent();
    tus.patch(one, 1000, Arrays.copyOfRange(jpeg, 1000, jpeg.length));
    assertThat(tus.patch(two, 0, jpeg).status()).isEqualTo(204);
  }

  @Tag("faults")
  @Test
  void removesWhatNothingCameForAndReturnsItsUse() {
    try (Server server =
        Server.on(container)
            .setting("slipway.resumable.ttl", "1s")
            .setting("slipway.token.sweep-seconds", "1")
            .start()) {
      TusClient tus = new TusClient(server);
      String token = tus.token();
      String path = tus.created(token, 1000);
      assertThat(tus.create(token, 1001).status()).isEqualTo(503);
      Answer gone = tus.send("HEAD", path);
      for (int i = 0; i < 200 && gone.status() == 200; i++) {
        LockSupport.parkNanos(100_000_000);
        gone = tus.send("GET", path);
        if (!gone.text().contains("expired")) {
          gone = new Answer(200, gone.headers(), gone.body());
        }
      }
      assertThat(gone.status()).isEqualTo(404);
      assertThat(tus.create(token, 1000).status()).isEqualTo(201);
    }
  }
}
