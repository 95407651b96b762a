package slipway.http.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;

/** What is wrong in the fields before a file is told before the file is looked at. */
@ParameterizedClass
@AnyContainer
class FieldsBeforeTheFileIT {
  private static final String REPLACE = "/api/photo/replace";
  private static final String UPLOAD = "/api/photo/upload";

  /** Of a type that is refused as it comes. */
  private static final byte[] TEXT = "no photo".repeat(100).getBytes(StandardCharsets.UTF_8);

  @Parameter Container container;

  private Answer send(String path, String name, String value, boolean isFileFirst) {
    Multipart form = new Multipart().field("format", "json");
    if (isFileFirst) {
      form.file("file", "a.jpg", "image/jpeg", TEXT).field(name, value);
    } else {
      form.field(name, value).file("file", "a.jpg", "image/jpeg", TEXT);
    }
    return ApiClient.withKey(Server.shared(container)).post(path, form);
  }

  private void assertTold(String path, String name, String value, int status, String said) {
    Answer answer = send(path, name, value, false);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().get("message").getAsString()).contains(said);
    assertThat(send(path, name, value, true).status()).as("after the file").isEqualTo(415);
  }

  @Test
  void tellsOfAPhotoThatIsNotThere() {
    assertTold(REPLACE, "photo_id", "999999999", 404, "photo_id");
    assertTold(REPLACE, "photo_id", "a", 400, "photo_id");
    assertTold("/api/photo/section/set-thumbnail", "photo_id", "999999999", 404, "photo_id");
  }

  @Test
  void tellsOfATimeThatGoesWithNoFile() {
    assertTold(REPLACE, "time", "1.5", 400, "time");
  }

  @Test
  void tellsOfMetadataThatAreWrong() {
    assertTold(UPLOAD, "album_id", "999999999", 404, "album_id");
    assertTold(UPLOAD, "user_id", "999999999", 404, "user_id");
    assertTold(UPLOAD, "publish", "perhaps", 400, "publish");
    assertTold(UPLOAD, "license_id", "999", 400, "license_id");
  }
}
