package slipway.http.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
import slipway.http.upload.form.Visits;

/** Doors that take whole files take no chunk of one for it. */
@ParameterizedClass
@AnyContainer
class ChunkAtWholeFileDoorIT {
  private static final String REPLACE = "/api/photo/redeem-replace-token";

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(60, 50);

  private Server server() {
    return Server.shared(container);
  }

  private Map<String, String> fields(String prefix, int number, int chunkSize) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(prefix + "ChunkNumber", Integer.toString(number));
    fields.put(prefix + "ChunkSize", Integer.toString(chunkSize));
    fields.put(prefix + "TotalSize", Integer.toString(jpeg.length));
    fields.put(prefix + "Identifier", "a");
    fields.put(prefix + "TotalChunks", Integer.toString(Math.max(1, jpeg.length / chunkSize)));
    return fields;
  }

  private static Multipart form(
      Map<String, String> own, Map<String, String> fields, byte[] file, boolean isFileFirst) {
    Multipart form = new Multipart();
    own.forEach(form::field);
    if (isFileFirst) {
      form.file("file", "a.jpg", "image/jpeg", file);
    }
    fields.forEach(form::field);
    return isFileFirst ? form : form.file("file", "a.jpg", "image/jpeg", file);
  }

  private Map<String, String> photo() {
    return new Visits(server())
        .redeem(Visits.jpeg(new Visits(server()).token()))
        .locationParameters();
  }

  private void assertRefused(Map<String, String> fields, byte[] bytes, String named) {
    Map<String, String> photo = photo();
    Map<String, String> own = Visits.map("format", "json", "photo_id", photo.get("photo_id"));
    own.putAll(Visits.map("section_id", "1", "locale", "en_US"));
    for (String path :
        List.of(
            "/api/photo/upload",
            "/api/photo/replace",
            "/api/photo/section/set-thumbnail",
            "/api/photo/subtitle/upload")) {
      for (boolean isFileFirst : new boolean[] {true, false}) {
        Answer answer =
            ApiClient.withKey(server()).post(path, form(own, fields, bytes, isFileFirst));
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(400);
        assertThat(answer.json().get("message").getAsString()).as(path).contains(named);
      }
    }
    String token = replaceToken(photo.get("photo_id"));
    for (boolean isFileFirst : new boolean[] {true, false}) {
      Multipart form = form(Map.of("replace_token", token), fields, bytes, isFileFirst);
      Answer answer = ApiClient.of(server()).post(REPLACE, form);
      assertThat(answer.locationParameters())
          .containsEntry("error_code", "invalid_input")
          .hasEntrySatisfying("error_message", said -> assertThat(said).contains(named));
    }
    Multipart whole = form(Map.of("replace_token", token), Map.of(), jpeg, false);
    assertThat(ApiClient.of(server()).post(REPLACE, whole).locationParameters())
        .as("the use is back")
        .containsEntry("photo_id", photo.get("photo_id"));
  }

  private String replaceToken(String photoId) {
    return ApiClient.withKey(server())
        .post(
            "/api/photo/get-replace-token",
            Map.of("photo_id", photoId, "return_url", Visits.RETURN_URL))
        .xml("/response/replace_token");
  }

  @Test
  void refusesAChunkByTheFieldThatTellsSo() {
    Map<String, String> first = fields("resumable", 1, 1000);
    assertRefused(first, Arrays.copyOf(jpeg, 1000), "'resumableTotalChunks'");
    byte[] middle = Arrays.copyOfRange(jpeg, 1000, 2000);
    assertRefused(fields("flow", 2, 1000), middle, "'flowChunkNumber'");
    first.remove("resumableTotalChunks");
    assertRefused(first, Arrays.copyOf(jpeg, 1000), "'resumableTotalSize'");
  }

  @Test
  void takesAFileThatIsItsOnlyChunk() {
    Map<String, String> only = fields("resumable", 1, 100_000);
    Map<String, String> photo = photo();
    for (boolean isFileFirst : new boolean[] {true, false}) {
      Map<String, String> own = Visits.map("format", "json", "photo_id", photo.get("photo_id"));
      for (String path : List.of("/api/photo/upload", "/api/photo/replace")) {
        Answer answer = ApiClient.withKey(server()).post(path, form(own, only, jpeg, isFileFirst));
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
      }
      Map<String, String> token = Map.of("replace_token", replaceToken(photo.get("photo_id")));
      Answer replaced = ApiClient.of(server()).post(REPLACE, form(token, only, jpeg, isFileFirst));
      assertThat(replaced.locationParameters()).containsEntry("photo_id", photo.get("photo_id"));
      assertThat(ApiClient.of(server()).get(replaced.returnedPath()).body()).isEqualTo(jpeg);
    }
  }
}
