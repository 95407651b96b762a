package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@AnyContainer
class UpdateUploadTokenIT {
  private static final String UPDATE = "/api/photo/update-upload-token";

  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private Answer update(String... parameters) {
    return ApiClient.of(visits().server()).post(UPDATE, Visits.map(parameters));
  }

  private Answer status(String token) {
    return ApiClient.of(visits().server())
        .get("/api/upload-token/status", Map.of("upload_token", token));
  }

  @Test
  void changesWhatWasUploadedThoughTheTokenIsUsedUp() {
    String token = visits().token("title", "Before", "publish", "0");
    visits().redeem(Visits.jpeg(token));
    Answer answer = update("upload_token", token, "title", "<i>After</i>", "publish", "1");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.xml("/response/@message")).isEqualTo("The token information was updated");
    assertThat(status(token).xml("/response/photo/@title")).isEqualTo("After");
    assertThat(status(token).xml("/response/photo/@published_p")).isEqualTo("1");
  }

  @Test
  void changesWhatIsUploadedLaterAndLeavesTheRest() {
    String token = visits().token("title", "Kept", "max_uploads", "2", "publish", "1");
    assertThat(update("upload_token", token, "publish", "0", "tags", "a b").status())
        .isEqualTo(200);
    visits().redeem(Visits.jpeg(token));
    assertThat(status(token).xml("/response/photo/@title")).isEqualTo("Kept");
    assertThat(status(token).xml("/response/photo/@published_p")).isEqualTo("0");
  }

  @Test
  void leavesOtherFilesAloneWhenOneIsMeant() {
    String token = visits().token("title", "All", "max_uploads", "2");
    visits().redeem(Visits.jpeg(token));
    Answer answer =
        update("upload_token", token, "resumableIdentifier", "9-a.jpg", "title", "One of them");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(status(token).xml("/response/photo/@title")).isEqualTo("All");
  }

  @Test
  void boundsTheFilesThatChangesWaitFor() {
    String token = visits().token();
    for (int i = 0; i < 100; i++) {
      String file = Integer.toString(i);
      assertThat(update("upload_token", token, "resumableIdentifier", file, "title", "x").status())
          .isEqualTo(200);
    }
    Answer again = update("upload_token", token, "resumableIdentifier", "7", "title", "y");
    assertThat(again.status()).isEqualTo(200);
    Answer answer = update("upload_token", token, "resumableIdentifier", "100", "title", "x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@message")).contains("'resumableIdentifier'");
  }

  @Test
  void answersInJsonAsThePlatformDoes() {
    JsonObject json =
        update("upload_token", visits().token(), "title", "x", "format", "json").json();
    assertThat(json.getAsJsonObject("photo").size()).isZero();
    assertThat(json.get("message").getAsString()).isEqualTo("The token information was updated");
  }

  @ParameterizedTest
  @CsvSource({
    "publish, 2, 400, invalid_input",
    "album_id, x, 400, invalid_input",
    "album_id, 999999999, 404, no_such_album",
  })
  void refusesWhatIsNotValid(String name, String value, int status, String code) {
    Answer answer = update("upload_token", visits().token(), name, value);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.xml("/response/@code")).isEqualTo(code);
  }

  @Test
  void refusesATokenThatIsNotKnown() {
    Answer answer = update("upload_token", "0".repeat(40), "title", "x");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_upload_token");
  }
}
