package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@AnyContainer
class UploadTokenMethodsIT {
  private static final String STATUS = "/api/upload-token/status";
  private static final String LIST = "/api/upload-token/list";
  private static final String REVOKE = "/api/upload-token/revoke";

  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private ApiClient visitor() {
    return ApiClient.of(visits().server());
  }

  private ApiClient admin() {
    return ApiClient.withKey(visits().server());
  }

  @Test
  void tellsItsHolderWhatCameOfAToken() {
    String token = visits().token("max_uploads", "2", "title", "A <b>title</b>");
    Answer fresh = visitor().get(STATUS, Map.of("upload_token", token));
    assertThat(fresh.status()).as(fresh.text()).isEqualTo(200);
    assertThat(fresh.xml("/response/state")).isEqualTo("valid");
    assertThat(fresh.xml("/response/uploads_left")).isEqualTo("2");
    assertThat(fresh.xml("count(/response/photo)")).isEqualTo("0");

    Map<String, String> said = visits().redeem(Visits.jpeg(token)).locationParameters();
    Answer one = visitor().get(STATUS, Map.of("upload_token", token));
    assertThat(one.xml("/response/uploads_left")).isEqualTo("1");
    assertThat(one.xml("/response/photo/@photo_id")).isEqualTo(said.get("photo_id"));
    assertThat(one.xml("/response/photo/@tree_id")).isEqualTo(said.get("tree_id"));
    assertThat(one.xml("/response/photo/@token")).isEqualTo(said.get("token"));
    assertThat(one.xml("/response/photo/@title")).isEqualTo("A title");
  }

  @Test
  void tellsOfAUsedUpTokenInJson() {
    String token = visits().token();
    String photoId = visits().redeem(Visits.jpeg(token)).locationParameters().get("photo_id");
    JsonObject json =
        visitor().post(STATUS, Map.of("upload_token", token, "format", "json")).json();
    JsonObject about = json.getAsJsonObject("uploadtoken");
    assertThat(about.get("state").getAsString()).isEqualTo("used_up");
    assertThat(about.get("uploads_left").getAsString()).isEqualTo("0");
    assertThat(about.get("max_uploads").getAsString()).isEqualTo("1");
    assertThat(Long.parseLong(about.get("valid_until").getAsString()))
        .isGreaterThan(System.currentTimeMillis() / 1000);
    JsonArray photos = json.getAsJsonArray("photos");
    assertThat(photos.size()).isEqualTo(1);
    assertThat(photos.get(0).getAsJsonObject().get("photo_id").getAsString()).isEqualTo(photoId);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0000000000000000000000000000000000000000"})
  void tellsNothingOfATokenThatIsNotKnown(String token) {
    Answer answer = visitor().get(STATUS, Map.of("upload_token", token));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_upload_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {STATUS, REVOKE, "/api/photo/update-upload-token"})
  void saysThatATokenIsRequired(String method) {
    Answer answer = admin().post(method, Map.of("upload_token", ""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@message"))
        .isEqualTo("The parameter 'upload_token' is required: a token of 40 hexadecimal digits.");
  }

  @Test
  void tellsPagesOfTheTokensOriginOnly() {
    String token = visits().token("allowed_origin", "https://www.example.com");
    String path = STATUS + "?upload_token=" + token;
    Answer allowed =
        visitor().send(visitor().request(path).header("Origin", "https://www.example.com"));
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("Access-Control-Allow-Origin")).contains("https://www.example.com");
    Answer other = visitor().send(visitor().request(path).header("Origin", "https://evil.test"));
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.header("Access-Control-Allow-Origin")).as("to be read").contains("*");
    Answer preflight =
        visitor()
            .send(
                visitor()
                    .request(STATUS)
                    .header("Origin", "https://evil.test")
                    .header("Access-Control-Request-Method", "GET")
                    .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("GET, POST");
  }

  @Test
  void listsTheYoungestTokenFirst() {
    String older = visits().token("title", "Older");
    String younger = visits().token("title", "Younger");
    Answer list = admin().get(LIST, Map.of("size", "100"));
    assertThat(list.xml("/response/@size")).isEqualTo("100");
    assertThat(list.xml("/response/uploadtoken[@upload_token='" + older + "']/@title"))
        .isEqualTo("Older");
    String position = "count(/response/uploadtoken[@upload_token='%s']/preceding-sibling::*)";
    assertThat(Double.parseDouble(list.xml(position.formatted(younger))))
        .isLessThanOrEqualTo(Double.parseDouble(list.xml(position.formatted(older))) + 1);
    JsonObject json = admin().get(LIST, Map.of("format", "json", "size", "1", "p", "2")).json();
    assertThat(json.getAsJsonArray("uploadtokens").size()).isEqualTo(1);
    assertThat(json.get("p").getAsString()).isEqualTo("2");
    assertThat(Integer.parseInt(json.get("total_count").getAsString())).isGreaterThan(1);
  }

  @Test
  void listsForNoVisitor() {
    for (String method : new String[] {LIST, REVOKE}) {
      Answer answer = visitor().get(method);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.xml("/response/@code")).isEqualTo("permission_denied");
      assertThat(answer.xml("/response/@message")).contains("required level: 'write'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p=0", "p=x", "size=0", "size=101"})
  void refusesPagesThatAreNone(String query) {
    Answer answer = admin().get(LIST + "?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
  }

  @Test
  void refusesARevokedTokenLikeOneItNeverGave() {
    String token = visits().token("max_uploads", "2");
    visits().redeem(Visits.jpeg(token));
    Answer revoked = admin().post(REVOKE, Map.of("upload_token", token, "format", "json"));
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    assertThat(revoked.json().get("message").getAsString()).contains("revoked");

    Answer redeem = visits().redeem(Visits.jpeg(token));
    assertThat(redeem.status()).isEqualTo(404);
    assertThat(redeem.text()).isEqualTo(visits().redeem(Visits.jpeg("0".repeat(40))).text());
    assertThat(visitor().get(STATUS, Map.of("upload_token", token)).status()).isEqualTo(404);
    assertThat(admin().get(LIST, Map.of("size", "100")).text())
        .contains("upload_token=\"" + token + "\" state=\"revoked\"");
    Answer again = admin().post(REVOKE, Map.of("upload_token", token));
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.xml("/response/@code")).isEqualTo("invalid_upload_token");
  }
}
