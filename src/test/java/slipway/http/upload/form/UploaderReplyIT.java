package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
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
import slipway.harness.Multipart;
import slipway.harness.Server;

/** What uploaders of pages ask for, and understand. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class UploaderReplyIT {
  private static final String JSON = "application/json";

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private Visits visits() {
    return new Visits(server());
  }

  private Answer send(ApiClient api, String path, String accept, Multipart form) {
    return api.send(
        api.request(path)
            .header("Accept", accept)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private Answer redeem(String accept, Multipart form) {
    return send(ApiClient.of(server()), Visits.REDEEM, accept, form);
  }

  private static void assertVaries(Answer answer) {
    assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Accept"));
  }

  private static JsonObject success(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith(JSON);
    assertThat(answer.json().get("status").getAsString()).isEqualTo("ok");
    assertThat(answer.json().getAsJsonPrimitive("success").isBoolean()).isTrue();
    assertThat(answer.json().get("success").getAsBoolean()).isTrue();
    return answer.json().getAsJsonObject("upload");
  }

  private static JsonObject failure(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonObject json = answer.json();
    assertThat(json.get("code").getAsString()).isEqualTo(code);
    assertThat(json.getAsJsonPrimitive("success").isBoolean()).isTrue();
    assertThat(json.get("success").getAsBoolean()).isFalse();
    assertThat(json.get("error").getAsString()).isNotEmpty();
    return json;
  }

  @Test
  void answersAsJsonWhereNothingElseIsAccepted() {
    Answer stored = redeem(JSON, Visits.jpeg(visits().token()));
    assertThat(success(stored).get("callback_url").getAsString()).contains("photo_id=");
    assertVaries(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json, text/plain, */*",
        "application/json, text/javascript, */*; q=0.01",
        "application/json;q=1",
        "text/html"
      })
  void sendsEveryOtherClientBack(String accept) {
    Answer back = redeem(accept, Visits.jpeg(visits().token()));
    assertThat(back.locationParameters()).containsKey("photo_id");
    assertVaries(back);
  }

  @Test
  void readsTheFormatOfTheQueryWhereTheFormHasNone() {
    ApiClient api = ApiClient.of(server());
    String token = visits().token("max_uploads", "3");
    success(api.post(Visits.REDEEM + "?format=json", Visits.jpeg(token)));
    Answer xml =
        api.post(Visits.REDEEM + "?format=json", Visits.jpeg(token).field("format", "xml"));
    assertThat(xml.xml("/response/@status")).isEqualTo("ok");
    Multipart form = Visits.jpeg(token);
    Answer query = send(api, Visits.REDEEM + "?format=xml", JSON, form);
    assertThat(query.xml("/response/@status")).isEqualTo("ok");
    assertThat(api.post(Visits.REDEEM + "?format=json", Visits.jpeg(token)).json().get("code"))
        .isNotNull();
  }

  @Test
  void refusesInTheWordsThatVisitorsAreTold() {
    Multipart text =
        new Multipart()
            .field("upload_token", visits().token())
            .file("file", "a.txt", "text/plain", "no picture at all".getBytes());
    JsonObject refused = failure(redeem(JSON, text), 415, "error_processing_upload");
    assertThat(refused.get("error")).isEqualTo(refused.get("error_message"));
    failure(redeem(JSON, Visits.jpeg("0".repeat(40))), 404, "invalid_upload_token");
    failure(redeem(JSON, new Multipart().field("a", "b")), 400, "invalid_input");
  }

  /** What is answered before the form is read. */
  @Test
  void refusesAtTheDoorAsJson() {
    ApiClient api = ApiClient.of(server());
    Multipart form = Visits.jpeg(visits().token());
    Answer coded =
        api.send(
            api.request(Visits.REDEEM)
                .header("Accept", JSON)
                .header("Content-Encoding", "gzip")
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    failure(coded, 415, "invalid_input");
    assertVaries(coded);
    failure(api.send(api.request(Visits.REDEEM).header("Accept", JSON)), 405, "method_not_allowed");
  }

  @Test
  void answersServersThatSendFilesSoToo() {
    ApiClient api = ApiClient.withKey(server());
    Multipart file = Visits.jpeg("unused");
    Answer stored = send(api, "/api/photo/upload", JSON, file);
    String photo = success(stored).get("photo_id").getAsString();
    assertVaries(stored);
    success(send(api, "/api/photo/replace", JSON, Visits.jpeg("a").field("photo_id", photo)));
    assertThat(send(api, "/api/photo/upload", "*/*", file).xml("/response/@status"))
        .isEqualTo("ok");
    Answer none = send(api, "/api/photo/upload", JSON, new Multipart().field("title", "b"));
    failure(none, 400, "no_file");
    assertVaries(none);
    Answer denied = send(ApiClient.of(server()), "/api/photo/upload", JSON, file);
    failure(denied, 403, "permission_denied");
  }

  @Test
  void addsNothingToOtherMethods() {
    Answer issued = visits().ask("format", "json");
    assertThat(issued.json().keySet()).doesNotContain("success", "error");
    ApiClient api = ApiClient.withKey(server());
    Answer xml = api.send(api.request("/api/photo/list?p=1").header("Accept", JSON));
    assertThat(xml.xml("/response/@status")).isEqualTo("ok");
    Answer error = api.post("/api/photo/update", Map.of("format", "json"));
    assertThat(error.json().keySet()).doesNotContain("success", "error");
  }
}
