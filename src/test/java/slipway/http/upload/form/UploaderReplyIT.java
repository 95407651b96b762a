package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

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
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
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

  private static Multipart noToken(boolean isEmpty, String... fields) {
    Multipart form = isEmpty ? new Multipart().field("upload_token", " ") : new Multipart();
    for (int i = 0; i < fields.length; i += 2) {
      form.field(fields[i], fields[i + 1]);
    }
    return form;
  }

  private static void hasNoToken(Answer answer, int status) {
    JsonObject refused = failure(answer, status, "invalid_input");
    assertThat(refused.get("message").getAsString()).contains("token").contains("is required");
    assertThat(refused.get("error").getAsString()).startsWith("This upload link is not valid.");
  }

  /** Wherever it is missing; chunks have a status of their own for what is final. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesAnEmptyTokenForAMissingOneAtEveryDoor(boolean isEmpty) {
    ApiClient api = ApiClient.of(server());
    byte[] bytes = SampleMedia.jpeg(20, 20);
    String size = Integer.toString(bytes.length);
    String[] flow = {
      "flowIdentifier", "none", "flowChunkNumber", "1", "flowChunkSize", size, "flowTotalSize", size
    };
    for (String query : new String[] {"", "?format=json", "?upload_token=&format=json"}) {
      Multipart form = noToken(isEmpty).file("file", "a.jpg", "image/jpeg", bytes);
      hasNoToken(send(api, Visits.REDEEM + query, JSON, form), 400);
      Multipart chunk = noToken(isEmpty, flow).file("file", "a.jpg", "image/jpeg", bytes);
      hasNoToken(send(api, Visits.REDEEM + query, JSON, chunk), 415);
    }
    Multipart page = noToken(isEmpty).file("file", "a.jpg", "image/jpeg", bytes);
    assertThat(api.post(Visits.REDEEM, page).text()).startsWith("This upload link is not valid.");
    Multipart announced = noToken(isEmpty, "a", "b");
    hasNoToken(
        api.send(
            api.request(Visits.REDEEM)
                .header("Upload-Length", "9")
                .header("Content-Type", announced.contentType())
                .POST(announced.body())),
        400);
    String metadata = isEmpty ? "upload_token " : "is_private";
    hasNoToken(
        api.send(
            api.request("/files/")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "9")
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.noBody())),
        400);
    hasNoToken(
        api.send(
            api.request("/files/")
                .header("Upload-Draft-Interop-Version", "6")
                .header("Upload-Complete", "?1")
                .POST(BodyPublishers.ofByteArray(bytes))),
        400);
    Multipart replacing = isEmpty ? new Multipart().field("replace_token", "") : new Multipart();
    hasNoToken(api.post("/api/photo/redeem-replace-token", replacing.field("format", "json")), 400);
  }

  @Test
  void takesTheTokenOfAChunkFromTheQueryWhereThatOfItsFormIsEmpty() {
    byte[] jpeg = SampleMedia.jpeg(20, 20);
    String size = Integer.toString(jpeg.length);
    String token = visits().token();
    Multipart form =
        new Multipart()
            .field("upload_token", "")
            .file("file", "a.jpg", "image/jpeg", jpeg)
            .field("flowIdentifier", "late")
            .field("flowChunkNumber", "1")
            .field("flowChunkSize", size)
            .field("flowTotalSize", size);
    success(send(ApiClient.of(server()), Visits.REDEEM + "?upload_token=" + token, JSON, form));
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

  /** Else a script that was tried with what is refused would fail at what is taken. */
  @Test
  void readsTheFormatOfTheQueryForSuccessesAndErrorsOfServersThatSendFiles() {
    ApiClient api = ApiClient.withKey(server());
    String upload = "/api/photo/upload";
    Multipart file = Visits.jpeg("unused");
    JsonObject stored = success(api.post(upload + "?format=json&callback=f", file));
    failure(api.post(upload + "?format=json&callback=f", new Multipart()), 400, "no_file");
    Multipart xml = Visits.jpeg("unused").field("format", "xml");
    assertThat(api.post(upload + "?format=json", xml).xml("/response/@status")).isEqualTo("ok");
    Multipart none = new Multipart().field("format", "xml");
    assertThat(api.post(upload + "?format=json", none).xml("/response/@code")).isEqualTo("no_file");
    String replace = "/api/photo/replace?format=json";
    Multipart other = Visits.jpeg("a").field("photo_id", stored.get("photo_id").getAsString());
    success(api.post(replace, other));
    failure(api.post(replace, Visits.jpeg("a")), 400, "invalid_input");
  }

  /** As their parameters are not read there either. */
  @Test
  void readsNoFormatInTheQueryOfAPostToOtherMethods() {
    ApiClient api = ApiClient.withKey(server());
    String create = "/api/album/create?format=json";
    assertThat(api.post(create, Map.of("title", "A")).xml("/response/@status")).isEqualTo("ok");
    for (Answer refused :
        new Answer[] {
          api.post(create, Map.of("a", "b")),
          api.withKey("unknown").post(create, Map.of("title", "A")),
          ApiClient.of(server()).post(create, Map.of("title", "A"))
        }) {
      assertThat(refused.xml("/response/@status")).as(refused.text()).isEqualTo("error");
    }
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
