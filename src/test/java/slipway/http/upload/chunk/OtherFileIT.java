package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

/** Two files of one identifier and size: the second is refused, and no photo is made of both. */
@ParameterizedClass
@AnyContainer
class OtherFileIT {
  /** How chunks are sent. */
  enum Way {
    RESUMABLE("resumable", false),
    FLOW("flow", false),
    OCTET("resumable", true);

    private final String prefix;
    private final boolean isOctet;

    Way(String prefix, boolean isOctet) {
      this.prefix = prefix;
      this.isOctet = isOctet;
    }
  }

  @Parameter Container container;

  private final byte[] one = SampleMedia.jpeg(60, 50);
  private final byte[] other = one.clone();
  private final int half = one.length / 2;
  private ApiClient client;
  private String token;

  @BeforeEach
  void token() {
    Server server = Server.shared(container);
    client = ApiClient.of(server);
    token = new Visits(server).token("max_uploads", "2");
    for (int i = 10; i < other.length; i += 5) {
      other[i] += (byte) 1;
    }
  }

  private Answer send(Way way, byte[] content, int number) {
    return send(way, content, number, "a");
  }

  private Answer send(Way way, byte[] content, int number, String identifier) {
    Map<String, String> fields = fields(way, content, number, identifier);
    byte[] bytes =
        Arrays.copyOfRange(content, number == 1 ? 0 : half, number == 1 ? half : content.length);
    if (way.isOctet) {
      String path = Visits.REDEEM + "?" + ApiClient.urlencoded(fields);
      return client.send(client.request(path).POST(BodyPublishers.ofByteArray(bytes)));
    }
    Multipart form = new Multipart();
    fields.forEach(form::field);
    return client.post(Visits.REDEEM, form.file("file", "a.jpg", "image/jpeg", bytes));
  }

  private Map<String, String> fields(Way way, byte[] content, int number, String identifier) {
    return Visits.map(
        "upload_token",
        token,
        way.prefix + "Identifier",
        identifier,
        way.prefix + "Filename",
        "a.jpg",
        way.prefix + "ChunkNumber",
        Integer.toString(number),
        way.prefix + "ChunkSize",
        Integer.toString(half),
        way.prefix + "CurrentChunkSize",
        Integer.toString(number == 1 ? half : content.length - half),
        way.prefix + "TotalSize",
        Integer.toString(content.length));
  }

  /** Sends the chunks that the server says it has not. */
  private Answer sendMissing(Way way, byte[] content) {
    Answer last = null;
    for (int number = 1; number <= 2; number++) {
      last = client.get(Visits.REDEEM, fields(way, content, number, "a"));
      if (last.status() == 204) {
        last = send(way, content, number);
      }
    }
    return last;
  }

  private static void isRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(415);
    assertThat(answer.text()).containsAnyOf("Rename this file", "rename it");
  }

  private long uploadsLeft() {
    return client
        .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"))
        .json()
        .getAsJsonObject("uploadtoken")
        .get("uploads_left")
        .getAsLong();
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedOnceTheFirstIsAPhoto(Way way) {
    send(way, one, 1);
    Answer photo = send(way, one, 2);
    assertThat(photo.json().has("upload")).as(photo.text()).isTrue();
    isRefused(send(way, other, 1));
    isRefused(send(way, other, 2));
    assertThat(send(way, one, 1).text()).isEqualTo(photo.text());
    assertThat(client.get(photo.uploadedPath()).body()).isEqualTo(one);
    send(way, other, 1, "b");
    Answer renamed = send(way, other, 2, "b");
    assertThat(client.get(renamed.uploadedPath()).body()).isEqualTo(other);
  }

  /** A client that skips what is there would believe that its own file is. */
  @ParameterizedTest
  @EnumSource
  void isSentAndRefusedThoughItsClientAsksWhichChunksAreThere(Way way) {
    send(way, one, 1);
    isRefused(sendMissing(way, other));
    send(way, one, 1, "b");
    assertThat(uploadsLeft()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void isSentAndRefusedOnceTheFirstIsAPhoto(Way way) {
    Answer photo = sendMissing(way, one);
    assertThat(photo.json().has("upload")).as(photo.text()).isTrue();
    isRefused(sendMissing(way, other));
    assertThat(sendMissing(way, one).text()).isEqualTo(photo.text());
    assertThat(client.get(photo.uploadedPath()).body()).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource
  void endsBothWhileTheyAreSentSideBySide(Way way) {
    assertThat(send(way, one, 1).status()).isEqualTo(200);
    isRefused(send(way, other, 1));
    isRefused(send(way, other, 2));
    isRefused(send(way, one, 2));
    assertThat(uploadsLeft()).isEqualTo(2);
  }
}
