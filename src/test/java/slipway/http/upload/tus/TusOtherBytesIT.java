package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Bytes that come again by tus are compared with those that are there. */
@ParameterizedClass
@AnyContainer
class TusOtherBytesIT {
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String CHECKSUM = "Upload-Checksum";

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(100, 80);
  private final byte[] other = jpeg.clone();
  private TusClient tus;
  private String token;

  @BeforeEach
  void client() {
    tus = new TusClient(Server.shared(container));
    token = tus.token("max_uploads", "2");
    other[1500]++;
  }

  private Answer create(byte[] bytes, int length, String... more) {
    String[] headers = Arrays.copyOf(more, more.length + 8);
    String[] own = {
      "Upload-Length",
      Integer.toString(jpeg.length),
      "Upload-Metadata",
      TusClient.metadata(token),
      "Idempotency-Key",
      "one",
      "Content-Type",
      "application/offset+octet-stream"
    };
    System.arraycopy(own, 0, headers, more.length, own.length);
    return tus.send("POST", "/files/", Arrays.copyOf(bytes, length), headers);
  }

  private static String sha1(byte[] bytes) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
    return "sha1 " + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void refusesACreationWithTheKeyOfAnotherFile() {
    Answer first = create(jpeg, jpeg.length);
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    Answer second = create(other, jpeg.length);
    assertThat(second.status()).as(second.text()).isEqualTo(422);
    assertThat(second.header("Location")).isEmpty();
    Answer again = create(jpeg, jpeg.length);
    assertThat(again.header("Location")).isEqualTo(first.header("Location")); // It is a photo.
    assertThat(tus.original(TusClient.path(first))).isEqualTo(jpeg);
  }

  @Test
  void refusesACreationThatBringsOtherBytesThanThoseThatAreThere() {
    String path = TusClient.path(create(jpeg, 2000));
    assertThat(create(other, jpeg.length).status()).isEqualTo(422);
    assertThat(tus.offset(path)).isEqualTo(2000);
    Answer same = create(jpeg, jpeg.length);
    assertThat(same.status()).as(same.text()).isEqualTo(201);
    assertThat(same.header("Upload-Offset")).contains("2000");
    path = TusClient.path(same);
    tus.patch(path, 2000, Arrays.copyOfRange(jpeg, 2000, jpeg.length));
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  /** It could not tell them from its own, and would send the rest of another file. */
  @Test
  void refusesACreationThatDoesNotBringTheBytesThatAreThere() {
    String path = TusClient.path(create(jpeg, 1400));
    Answer without = tus.create(token, jpeg.length, "Idempotency-Key", "one");
    Answer fewer = create(jpeg, 1399);
    for (Answer refused : List.of(without, fewer)) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.text()).contains("Idempotency-Key", "1400 bytes");
      assertThat(refused.header("Location")).isEmpty();
    }
    tus.patch(path, 1400, Arrays.copyOfRange(jpeg, 1400, jpeg.length));
    assertThat(tus.create(token, jpeg.length, "Idempotency-Key", "one").status()).isEqualTo(422);
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  /** Both began alike: the first one has no address any more. */
  @Test
  void givesAnUploadToOneOfTwoFilesThatBeginAlike() {
    String path = TusClient.path(create(jpeg, 1400));
    String second = TusClient.path(create(other, 1400));
    tus.patch(path, 1400, Arrays.copyOfRange(jpeg, 1400, 2000));
    assertThat(tus.offset(second)).isEqualTo(1400);
    tus.patch(second, 1400, Arrays.copyOfRange(other, 1400, jpeg.length));
    assertThat(tus.original(second)).isEqualTo(other);
    assertThat(create(jpeg, jpeg.length).status()).isEqualTo(422);
  }

  @Test
  void refusesBytesBeyondTheEndOfAFinishedUpload() throws Exception {
    String path = TusClient.path(create(jpeg, jpeg.length));
    String head =
        "PATCH %s HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: %d\r\n"
                .formatted(path, jpeg.length)
            + "Content-Type: application/offset+octet-stream\r\n";
    for (String body : List.of("Content-Length: 1\r\n\r\na", CHUNKED + "1\r\na\r\n0\r\n\r\n")) {
      try (RawConnection connection = RawConnection.to(Server.shared(container))) {
        assertThat(connection.send(head + body).answer().orElseThrow().status())
            .isBetween(400, 409);
      }
    }
    try (RawConnection none = RawConnection.to(Server.shared(container))) {
      none.send(head + CHUNKED + "0\r\n\r\n");
      assertThat(none.answer().orElseThrow().status()).isEqualTo(204);
    }
  }

  @Test
  void checksTheChecksumOfBytesThatComeAgain() throws Exception {
    Answer first = create(jpeg, jpeg.length);
    String path = TusClient.path(first);
    assertThat(tus.patch(path, 0, jpeg, CHECKSUM, sha1(jpeg)).status()).isEqualTo(204);
    assertThat(tus.patch(path, 0, jpeg, CHECKSUM, sha1(other)).status()).isEqualTo(460);
    assertThat(tus.patch(path, 0, other, CHECKSUM, sha1(jpeg)).status()).isEqualTo(460);
    assertThat(tus.patch(path, 0, other, CHECKSUM, sha1(other)).status()).isEqualTo(400);
    assertThat(create(jpeg, jpeg.length, CHECKSUM, sha1(other)).status()).isEqualTo(460);
  }
}
