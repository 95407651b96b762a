package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import slipway.harness.Answer;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Uploads by tus that begin before their server is killed, and go on when it is started again. */
public final class TusOverAKill {
  private static final int LARGE = 4 << 20;

  /** Unfinished uploads that an address may have after the kill. */
  private static final int MOST = 5;

  private final TusClient tus;
  private final byte[] jpeg;
  private final byte[] small = SampleMedia.jpeg(100, 80);
  private final String token;
  private final String other;
  private final String finished;
  private final String path;
  private final String unknown;
  private final String keyed;
  private final RawConnection connection;

  /**
   * Begins them, and has the next start set limits: to {@link #MOST} uploads of an address, and to
   * what a token's take to the size of the largest file.
   */
  public TusOverAKill(Server server) throws IOException {
    server.setting("slipway.resumable.token-bytes", Integer.toString(LARGE));
    server.setting("slipway.resumable.uploads-per-address", Integer.toString(MOST));
    jpeg = SampleMedia.largeJpeg(LARGE).get().readAllBytes();
    tus = new TusClient(server);
    finished = tus.created(tus.token(), small.length);
    assertThat(tus.patch(finished, 0, small).status()).isEqualTo(204);
    token = tus.token();
    path = tus.created(token, LARGE);
    other = tus.token();
    Answer deferred =
        tus.send(
            "POST",
            "/files/",
            "Upload-Defer-Length",
            "1",
            "Upload-Metadata",
            TusClient.metadata(tus.token()));
    unknown = TusClient.path(deferred);
    tus.patch(unknown, 0, Arrays.copyOf(small, 500));
    keyed = tus.created(other, 1000, "Idempotency-Key", "one");
    connection = RawConnection.to(server);
  }

  /** Sends half of the large one, right before the kill. */
  public void sendHalf() {
    try {
      connection.send(
          "PATCH "
              + path
              + " HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nContent-Length: "
              + LARGE
              + "\r\n\r\n");
      connection.send(Arrays.copyOf(jpeg, LARGE / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on where each was. */
  public void goOn() throws IOException {
    connection.close();
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
  }

  /** Whose those are that had begun before the kill is not known. */
  public void boundsTheUnfinishedUploadsOfAnAddress() {
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      begun.add(tus.created(tus.token(), 100));
    }
    Answer oneMore = tus.create(tus.token(), 100);
    assertThat(oneMore.status()).isEqualTo(503);
    assertThat(oneMore.header("Retry-After")).isPresent();
    tus.send("DELETE", begun.remove(0));
    begun.add(tus.created(tus.token(), 100));
    begun.forEach(upload -> tus.send("DELETE", upload));
  }

  /** The room that unfinished uploads take. */
  public void boundsTheRoomThatATokensTake() {
    String shared = tus.token("max_uploads", "3");
    assertThat(tus.create(shared, jpeg.length + 1).status()).isEqualTo(413);
    String one = tus.created(shared, jpeg.length);
    tus.patch(one, 0, Arrays.copyOf(jpeg, 1000));
    String two = tus.created(shared, jpeg.length);
    Answer full = tus.patch(two, 0, jpeg);
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.header("Retry-After")).isPresent();
    tus.patch(one, 1000, Arrays.copyOfRange(jpeg, 1000, jpeg.length));
    assertThat(tus.patch(two, 0, jpeg).status()).isEqualTo(204);
  }
}
