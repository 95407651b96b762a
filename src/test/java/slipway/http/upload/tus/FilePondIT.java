package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** Chunks as FilePond sends them. */
@ParameterizedClass
@AnyContainer
class FilePondIT {
  private static final int CHUNK = 1000;

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(120, 90);

  private Server server() {
    return Server.shared(container);
  }

  private Visits visits() {
    return new Visits(server());
  }

  private Answer send(HttpRequest.Builder request) {
    return ApiClient.of(server()).send(request);
  }

  private HttpRequest.Builder request(String query) {
    return ApiClient.of(server()).request(Visits.REDEEM + "?format=json" + query);
  }

  private Answer announce(Multipart form, long length) {
    return send(
        request("")
            .header("Content-Type", form.contentType())
            .header("Upload-Length", Long.toString(length))
            .POST(form.body()));
  }

  private static Multipart form(String token) {
    return new Multipart().field("file", "{}").field("upload_token", token);
  }

  private String announced(String token, long length) {
    Answer answer = announce(form(token), length);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.text()).matches("[0-9a-f]{32}");
    return answer.text();
  }

  private Answer chunk(String id, byte[] file, int offset, int length) {
    return send(
        request("&patch=" + id)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Integer.toString(offset))
            .header("Upload-Length", Integer.toString(file.length))
            .header("Upload-Name", "cat.jpg")
            .method(
                "PATCH",
                BodyPublishers.ofByteArray(Arrays.copyOfRange(file, offset, offset + length))));
  }

  private Answer sendFrom(String id, byte[] file, int first) {
    Answer answer = null;
    for (int offset = first; offset <= file.length; offset += CHUNK) {
      answer = chunk(id, file, offset, Math.min(CHUNK, file.length - offset));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
    return answer;
  }

  private Answer head(String id) {
    return send(request("&patch=" + id).method("HEAD", BodyPublishers.noBody()));
  }

  private Answer revert(String id) {
    return send(request("").method("DELETE", BodyPublishers.ofString(id)));
  }

  private int usesLeft(String token) {
    return new Stored(server(), token).usesLeft();
  }

  @Test
  void makesOnePhotoOfAllChunks() {
    String token = visits().token("max_uploads", "2");
    Answer announced = announce(form(token).field("caption", "Blå & grøn"), jpeg.length);
    Answer last = sendFrom(announced.text(), jpeg, 0);
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
    assertThat(last.json().getAsJsonObject("upload").get("callback_url").getAsString())
        .contains("caption=Bl%C3%A5+%26+gr%C3%B8n", "upload_token=" + token)
        .doesNotContain("file=", "form_fields");
    assertThat(usesLeft(token)).isEqualTo(1);
  }

  /** Its client sends an empty chunk then. */
  @Test
  void takesAFileOfWholeChunks() {
    byte[] file = Arrays.copyOf(jpeg, (jpeg.length / CHUNK + 1) * CHUNK);
    Answer last = sendFrom(announced(visits().token(), file.length), file, 0);
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(file);
  }

  @Test
  void tellsHowManyBytesAreThere() {
    String id = announced(visits().token(), jpeg.length);
    assertThat(head(id).header("Upload-Offset")).contains("0");
    chunk(id, jpeg, 0, CHUNK);
    chunk(id, jpeg, 0, CHUNK);
    assertThat(head(id).header("Upload-Offset")).contains("" + CHUNK);
    Answer last = sendFrom(id, jpeg, CHUNK);
    int offset = jpeg.length / CHUNK * CHUNK;
    assertThat(chunk(id, jpeg, offset, jpeg.length - offset).uploadedPath())
        .isEqualTo(last.uploadedPath());
    assertThat(head(id).header("Upload-Offset")).contains("" + jpeg.length);
  }

  /** They may be announced at once, and nothing else tells them apart. */
  @Test
  void keepsTwoFilesOfOneLengthApart() {
    String token = visits().token("max_uploads", "2");
    byte[] other = jpeg.clone();
    other[jpeg.length - 1] ^= 1;
    String first = announced(token, jpeg.length);
    String second = announced(token, jpeg.length);
    Answer ofSecond = sendFrom(second, other, 0);
    Answer ofFirst = sendFrom(first, jpeg, 0);
    ApiClient api = ApiClient.of(server());
    assertThat(api.get(ofFirst.uploadedPath()).body()).isEqualTo(jpeg);
    assertThat(api.get(ofSecond.uploadedPath()).body()).isEqualTo(other);
  }

  @Test
  void namesNoPartOfATusUpload() {
    Answer part =
        send(
            ApiClient.of(server())
                .request("/files/")
                .header("Tus-Resumable", "1.0.0")
                .header("Authorization", "Bearer " + visits().token())
                .header("Upload-Length", Integer.toString(jpeg.length))
                .header("Upload-Concat", "partial")
                .POST(BodyPublishers.noBody()));
    String id = part.header("Location").orElseThrow().substring("/files/".length());
    Answer chunk = chunk(id, jpeg, 0, CHUNK);
    assertThat(chunk.status()).as(chunk.text()).isEqualTo(200);
    assertThat(head(id).header("Upload-Offset")).contains("" + CHUNK);
  }

  @Test
  void revertsWhatIsNoPhotoYet() {
    String token = visits().token();
    String id = announced(token, jpeg.length);
    chunk(id, jpeg, 0, CHUNK);
    assertThat(usesLeft(token)).isZero();
    assertThat(revert(id).status()).isEqualTo(204);
    assertThat(usesLeft(token)).isEqualTo(1);
    assertThat(chunk(id, jpeg, CHUNK, CHUNK).status()).isEqualTo(404);
    assertThat(revert(id).status()).isEqualTo(404);
  }

  @Test
  void revertsNoPhoto() {
    String id = announced(visits().token(), jpeg.length);
    Answer last = sendFrom(id, jpeg, 0);
    Answer refused = revert(id);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("error").getAsString()).contains("photo");
    for (String other : new String[] {"", "17", last.text(), "0".repeat(32)}) {
      assertThat(revert(other).status()).isEqualTo(404);
    }
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
  }

  @Test
  void refusesOtherBytesOfTheSameUpload() {
    String token = visits().token();
    String id = announced(token, jpeg.length);
    chunk(id, jpeg, 0, CHUNK);
    byte[] other = jpeg.clone();
    other[10] ^= 1;
    assertThat(chunk(id, other, 0, CHUNK).status()).isEqualTo(400);
    Answer again = chunk(id, other, 0, CHUNK);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().get("error").getAsString()).contains("was being sent");
    assertThat(usesLeft(token)).isEqualTo(1);
  }

  private void refused(Answer answer, int status, String words) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().get("error").getAsString()).contains(words);
  }

  @Test
  void refusesAnAnnouncementAsItsTokenIs() {
    refused(announce(form(""), 5), 400, "link");
    refused(announce(form("0".repeat(40)), 5), 404, "link");
    String token = visits().token("max_bytes", "7000");
    refused(announce(form(token), 7001), 413, "too large");
    refused(announce(form(token), 0), 400, "empty");
    refused(announce(form(token).field("a", "b".repeat(7000)), 5), 413, "");
    visits().redeem(Visits.jpeg(token));
    refused(announce(form(token), 5), 404, "already been used");
  }

  @Test
  void refusesChunksThatDoNotFit() {
    String token = visits().token();
    String id = announced(token, jpeg.length);
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1);
    refused(chunk(id, longer, 0, CHUNK), 400, "Upload-Length");
    HttpRequest.Builder beyond =
        request("&patch=" + id)
            .header("Upload-Offset", Integer.toString(jpeg.length - 5))
            .method("PATCH", BodyPublishers.ofByteArray(new byte[6]));
    refused(send(beyond), 400, "within the file");
    refused(chunk("0".repeat(32), jpeg, 0, CHUNK), 404, "no such upload");
    refused(chunk(token, jpeg, 0, CHUNK), 404, "no such upload");
    assertThat(head(id).header("Upload-Offset")).contains("0");
  }

  /** A page that knows the name of an upload must still be one that its token allows. */
  @Test
  void takesChunksOfTheAllowedPageOnly() {
    String token = visits().token("allowed_origin", "https://www.example.com");
    String id = announced(token, jpeg.length);
    HttpRequest.Builder elsewhere =
        request("&patch=" + id)
            .header("Origin", "https://evil.example")
            .header("Upload-Offset", "0")
            .method("PATCH", BodyPublishers.ofByteArray(new byte[6]));
    assertThat(send(elsewhere).status()).isEqualTo(403);
  }

  @Test
  void isNoProtocolOfReplaceTokens() {
    ApiClient api = ApiClient.of(server());
    String path = "/api/photo/redeem-replace-token";
    Multipart form = form("0".repeat(40));
    assertThat(
            api.send(
                    api.request(path)
                        .header("Content-Type", form.contentType())
                        .header("Upload-Length", "5")
                        .POST(form.body()))
                .text())
        .doesNotMatch("[0-9a-f]{32}");
    for (String method : new String[] {"PATCH", "DELETE", "HEAD"}) {
      String id = announced(visits().token(), jpeg.length);
      Answer answer =
          api.send(api.request(path + "?patch=" + id).method(method, BodyPublishers.ofString(id)));
      assertThat(answer.status()).isEqualTo(405);
    }
  }

  /** A form with its file is one, whatever else its client says. */
  @Test
  void takesAWholeFileAsItIs() {
    String token = visits().token();
    Answer answer = announce(form(token).file("file", "cat.jpg", "image/jpeg", jpeg), jpeg.length);
    assertThat(ApiClient.of(server()).get(answer.uploadedPath()).body()).isEqualTo(jpeg);
    assertThat(
            ApiClient.of(server())
                .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"))
                .json()
                .getAsJsonArray("photos"))
        .hasSize(1);
  }
}
