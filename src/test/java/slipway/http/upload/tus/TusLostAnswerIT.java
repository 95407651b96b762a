package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** The answer to a creation was lost: the client asks again, and the use is held already. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class TusLostAnswerIT {
  private static final String KEY = "Idempotency-Key";

  /** No other test leaves a file of so many bytes. */
  private static final int SENT = 3217;

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(100, 80);
  private TusClient tus;
  private String token;

  @BeforeEach
  void client() {
    tus = new TusClient(Server.shared(container));
    token = tus.token();
  }

  @Test
  void givesTheUploadOnceMoreWhileNoByteHasCome() {
    String path = again(tus.created(token, jpeg.length), token);
    assertThat(tus.create(token, jpeg.length + 1).status()).isGreaterThanOrEqualTo(400);
    assertThat(tus.patch(path, 0, Arrays.copyOf(jpeg, 1000)).status()).isEqualTo(204);
    assertThat(tus.create(token, jpeg.length).status()).isGreaterThanOrEqualTo(400);
    assertThat(tus.offset(path)).isEqualTo(1000);
  }

  /**
   * Asks again; the address that was told before leads nowhere: it was lost, or belongs to another.
   */
  private String again(String before, String of, String... headers) {
    Answer again = tus.create(of, jpeg.length, headers);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.header("Upload-Offset")).contains("0");
    assertThat(tus.send("HEAD", before).status()).isEqualTo(404);
    assertThat(tus.patch(before, 0, jpeg).status()).isEqualTo(404);
    return TusClient.path(again);
  }

  /** Two files of one name and length, of which the token takes one. */
  @Test
  void tellsTheSenderOfOtherBytesThatTheUploadIsFinishedWithoutThem() {
    String path = tus.created(token, jpeg.length);
    byte[] other = jpeg.clone();
    other[jpeg.length / 2]++;
    assertThat(tus.patch(path, 0, jpeg).status()).isEqualTo(204);
    assertThat(tus.patch(path, 0, other).status()).isEqualTo(400);
    assertThat(tus.patch(path, 0, jpeg).status()).isEqualTo(204);
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  /** Which cannot be told from two files of one name and length: one of them is created again. */
  @Test
  void givesTheUploadOnceMoreThoughTheTokenHasMoreUses() {
    String more = tus.token("max_uploads", "3");
    String path = again(tus.created(more, jpeg.length), more);
    assertThat(tus.patch(path, 0, Arrays.copyOf(jpeg, 1000)).status()).isEqualTo(204);
    assertThat(tus.created(more, jpeg.length)).isNotEqualTo(path);
    tus.patch(path, 1000, Arrays.copyOfRange(jpeg, 1000, jpeg.length));
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  @Test
  void givesTheUploadOfTheKeyOnceMoreUntilBytesHaveCome() {
    String path = tus.created(token, jpeg.length, KEY, "one");
    for (int i = 0; i < 3; i++) {
      path = again(path, token, KEY, "one");
    }
    tus.patch(path, 0, Arrays.copyOf(jpeg, 1000), KEY, "one");
    Answer other = tus.create(token, jpeg.length + 1, KEY, "one");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text()).contains(KEY);
    assertThat(tus.create(token, jpeg.length, KEY, "one").status()).isEqualTo(422);
    tus.patch(path, 1000, Arrays.copyOfRange(jpeg, 1000, jpeg.length), KEY, "one");
    assertThat(tus.original(path)).isEqualTo(jpeg);
    assertThat(tus.create(token, jpeg.length, KEY, "two words").status()).isEqualTo(400);
  }

  /** The creation brought bytes, too, and was cut in their midst. */
  @Test
  void keepsTheBytesOfACreationThatWasCutForItsKey() throws Exception {
    try (RawConnection cut = RawConnection.to(Server.shared(container))) {
      cut.send(head(jpeg.length)).send(Arrays.copyOf(jpeg, SENT));
      IncomingFolder.awaitFile(Server.shared(container), SENT);
      cut.reset();
      Answer whole = send(jpeg);
      assertThat(whole.status()).as(whole.text()).isEqualTo(201);
      String path = TusClient.path(whole);
      assertThat(whole.header("Upload-Offset")).contains(Integer.toString(SENT));
      tus.patch(path, SENT, Arrays.copyOfRange(jpeg, SENT, jpeg.length));
      assertThat(tus.original(path)).isEqualTo(jpeg);
      assertThat(send(jpeg).header("Upload-Offset")).contains(Integer.toString(jpeg.length));
    }
  }

  private Answer send(byte[] bytes) {
    return tus.send(
        "POST",
        "/files/",
        bytes,
        "Upload-Length",
        Integer.toString(jpeg.length),
        "Upload-Metadata",
        TusClient.metadata(token),
        KEY,
        "one",
        "Content-Type",
        "application/offset+octet-stream");
  }

  private String head(int length) {
    return "POST /files/ HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Length: "
        + length
        + "\r\nUpload-Metadata: "
        + TusClient.metadata(token)
        + "\r\nIdempotency-Key: one\r\nContent-Type: application/offset+octet-stream\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  /** Without a key, where the token has no use for another file. */
  @Test
  void givesWhatHasBytesToWhomeverBringsThemOnceMore() {
    byte[] some = Arrays.copyOf(jpeg, 1000);
    String first = TusClient.path(tus.createWith(token, jpeg.length, some));
    byte[] other = jpeg.clone();
    other[999]++;
    for (byte[] wrong : new byte[][] {other, Arrays.copyOf(jpeg, 999), {}}) {
      Answer refused = tus.createWith(token, jpeg.length, wrong);
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.text()).contains("once they have ended");
    }
    assertThat(tus.offset(first)).isEqualTo(1000);
    Answer again = tus.createWith(token, jpeg.length, jpeg);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.header("Upload-Offset")).contains("1000");
    assertThat(tus.send("HEAD", first).status()).isEqualTo(404);
    String path = TusClient.path(again);
    tus.patch(path, 1000, Arrays.copyOfRange(jpeg, 1000, jpeg.length));
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  @Test
  void answersOnceMoreForAFileThatWasStoredJustBefore() {
    Answer first = tus.createWith(token, jpeg.length, jpeg);
    Answer again = tus.createWith(token, jpeg.length, jpeg);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.header("Upload-Offset")).contains(Integer.toString(jpeg.length));
    assertThat(tus.originalPath(TusClient.path(again)))
        .isEqualTo(tus.originalPath(TusClient.path(first)));
    byte[] other = jpeg.clone();
    other[jpeg.length - 1]++;
    for (byte[] wrong : new byte[][] {other, Arrays.copyOf(jpeg, 1000), {}}) {
      assertThat(tus.createWith(token, jpeg.length, wrong).status()).isEqualTo(404);
    }
  }

  /** A client that is told to send a key sends it with every part. */
  @Test
  void keepsPartsApartThatComeWithOneKey() {
    String[] headers = {"Upload-Concat", "partial", KEY, "one"};
    String first = tus.created(token, 1000, headers);
    assertThat(tus.created(token, 1000, headers)).isNotEqualTo(first);
  }
}
