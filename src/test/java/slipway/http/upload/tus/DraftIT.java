package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** Resumable uploads as the IETF's draft has them. */
@ParameterizedClass
@AnyContainer
class DraftIT {
  private static final String BYTES = "application/partial-upload";

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(100, 80);

  private Server server() {
    return Server.shared(container);
  }

  private String token(String... more) {
    return new Visits(server()).token(more);
  }

  private int usesLeft(String token) {
    return new Stored(server(), token).usesLeft();
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = ApiClient.of(server()).request(path).method(method, body);
    request.header("Upload-Draft-Interop-Version", "6");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return ApiClient.of(server()).send(request);
  }

  private Answer create(String token, BodyPublisher body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + token;
    return send("POST", "/files/", body, all);
  }

  private static String path(Answer created) {
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.header("Upload-Complete")).contains("?0");
    return TusClient.path(created);
  }

  private Answer append(String path, int from, int to, String complete, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 6);
    all[headers.length] = "Upload-Offset";
    all[headers.length + 1] = Integer.toString(from);
    all[headers.length + 2] = "Upload-Complete";
    all[headers.length + 3] = complete;
    all[headers.length + 4] = "Content-Type";
    all[headers.length + 5] = BYTES;
    return send("PATCH", path, bytes(from, to), all);
  }

  private BodyPublisher bytes(int from, int to) {
    return BodyPublishers.ofByteArray(Arrays.copyOfRange(jpeg, from, to));
  }

  private BodyPublisher unknownLength() {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(jpeg));
  }

  private void isStored(Answer last) {
    assertThat(last.status()).as(last.text()).isEqualTo(200);
    assertThat(last.header("Upload-Complete")).contains("?1");
    assertThat(last.header("Upload-Offset")).contains("" + jpeg.length);
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
  }

  /** As of a client that knows the length only with the last piece, or with the first. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void receivesAFileInPieces(boolean isLengthKnown) {
    String token = token();
    BodyPublisher none = BodyPublishers.noBody();
    String length = Integer.toString(jpeg.length);
    Answer created =
        isLengthKnown
            ? create(token, none, "Upload-Complete", "?0", "Upload-Length", length)
            : create(token, none, "Upload-Complete", "?0");
    String path = path(created);
    assertThat(path).doesNotContain(token);
    Answer first = append(path, 0, 1000, "?0");
    assertThat(first.status()).as(first.text()).isEqualTo(204);
    assertThat(first.header("Upload-Offset")).contains("1000");
    Answer head = send("HEAD", path, none);
    assertThat(head.status()).isEqualTo(204);
    assertThat(head.header("Upload-Offset")).contains("1000");
    assertThat(head.header("Upload-Complete")).contains("?0");
    assertThat(head.header("Tus-Resumable")).isEmpty();
    Answer last = append(path, 1000, jpeg.length, "?1");
    isStored(last);
    assertThat(append(path, 1000, jpeg.length, "?1").uploadedPath()).isEqualTo(last.uploadedPath());
    assertThat(send("HEAD", path, none).header("Upload-Complete")).contains("?1");
    assertThat(usesLeft(token)).isZero();
  }

  /** As a client does that knows nothing about upload resources. */
  @Test
  void receivesAFileInOneRequest() {
    isStored(create(token(), bytes(0, jpeg.length), "Upload-Complete", "?1"));
    isStored(create(token(), unknownLength(), "Upload-Complete", "?1"));
  }

  @Test
  void keepsTheNameOfTheFile() {
    Answer created =
        create(
            token(),
            bytes(0, jpeg.length),
            "Upload-Complete",
            "?1",
            "Content-Type",
            "image/jpeg",
            "Content-Disposition",
            "attachment; filename=\"st%C3%B8rst.jpg\"");
    isStored(created);
    assertThat(
            ApiClient.of(server())
                .get(created.uploadedPath())
                .header("Content-Disposition")
                .orElseThrow())
        .contains("st%C3%B8rst");
  }

  @Test
  void tellsWhereToGoOn() {
    String path = path(create(token(), bytes(0, 1000), "Upload-Complete", "?0"));
    Answer conflict = append(path, 500, 700, "?0");
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.header("Upload-Offset")).contains("1000");
  }

  @Test
  void learnsNoLengthOfARequestThatItRefuses() {
    String token = token();
    BodyPublisher none = BodyPublishers.noBody();
    String path = path(create(token, none, "Upload-Complete", "?0"));
    assertThat(append(path, 1000, 1010, "?1").status()).isEqualTo(409);
    isStored(append(path, 0, jpeg.length, "?1"));
  }

  @Test
  void takesNoEndThatIsNone() {
    String token = token();
    String more = Integer.toString(jpeg.length + 1);
    assertThat(
            create(token, bytes(0, jpeg.length), "Upload-Complete", "?1", "Upload-Length", more)
                .status())
        .isEqualTo(400);
    assertThat(
            create(token, unknownLength(), "Upload-Complete", "?1", "Upload-Length", more).status())
        .isEqualTo(400);
    assertThat(usesLeft(token)).isEqualTo(1);
    String path =
        path(
            create(token, BodyPublishers.noBody(), "Upload-Complete", "?0", "Upload-Length", more));
    assertThat(append(path, 0, jpeg.length, "?1").status()).isEqualTo(400);
    assertThat(send("HEAD", path, BodyPublishers.noBody()).header("Upload-Offset")).contains("0");
  }

  /** A request without a length and without chunks has no body. */
  @Test
  void refusesAFileThatEndsBeforeItsFirstByte() throws IOException {
    String token = token();
    try (RawConnection connection = RawConnection.to(server())) {
      connection.send(
          "POST /files/ HTTP/1.1\r\nHost: test\r\nUpload-Draft-Interop-Version: 6\r\n"
              + "Upload-Complete: ?1\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n");
      Answer answer = connection.answer().orElseThrow();
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.text()).contains("empty");
    }
    assertThat(usesLeft(token)).isEqualTo(1);
  }

  @Test
  void refusesWhatItDoesNotSpeak() {
    String token = token();
    assertThat(
            create(token, bytes(0, 5), "Upload-Complete", "?1", "Upload-Draft-Interop-Version", "3")
                .status())
        .isEqualTo(412);
    Answer unsaid = create(token, bytes(0, 5), "Upload-Complete", "yes");
    assertThat(unsaid.status()).isEqualTo(400);
    assertThat(unsaid.text()).contains("Upload-Complete must be");
    String path = path(create(token, BodyPublishers.noBody(), "Upload-Complete", "?0"));
    String[] offset = {"Upload-Offset", "0", "Upload-Complete", "?0"};
    assertThat(send("PATCH", path, bytes(0, 5), offset).status()).isEqualTo(415);
    String[] older = Arrays.copyOf(offset, 6);
    older[4] = "Upload-Draft-Interop-Version";
    older[5] = "5";
    assertThat(send("PATCH", path, bytes(0, 5), older).status()).isEqualTo(204);
  }

  @Test
  void removesAnUploadThatIsGivenUp() {
    String token = token();
    String path = path(create(token, bytes(0, 1000), "Upload-Complete", "?0"));
    assertThat(usesLeft(token)).isZero();
    assertThat(send("DELETE", path, BodyPublishers.noBody()).status()).isEqualTo(204);
    assertThat(usesLeft(token)).isEqualTo(1);
    assertThat(send("HEAD", path, BodyPublishers.noBody()).status()).isEqualTo(404);
  }

  @Test
  void refusesAFileThatIsNoPicture() {
    String token = token();
    Answer refused =
        create(
            token,
            BodyPublishers.ofByteArray(new byte[5000]),
            "Upload-Complete",
            "?1",
            "Content-Type",
            "image/jpeg");
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.json().get("error").getAsString()).contains("is not accepted");
    assertThat(usesLeft(token)).isEqualTo(1);
  }
}
