package slipway.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Replies as the platform's own clients read them. */
@ParameterizedClass
@AnyContainer
class PlatformRepliesIT {
  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private Catalogue site() {
    return new Catalogue(server());
  }

  private JsonObject json(Answer answer, String payload) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().getAsJsonObject(payload);
  }

  @Test
  void givesFlagsOfListsAsNumbersAndThoseOfAnUploadTokenAsTexts() {
    String id = site().photo("publish", "0");
    Answer list = site().call("photo/list", "photo_id", id, "format", "json");
    JsonObject photo = list.json().getAsJsonArray("photos").get(0).getAsJsonObject();
    for (String flag : List.of("published_p", "video_p", "audio_p", "text_only_p")) {
      assertThat(photo.get(flag)).as(flag).isEqualTo(new JsonPrimitive(0));
    }
    assertThat(photo.get("photo_id")).isEqualTo(new JsonPrimitive(id));
    assertThat(photo.get("view_count")).isEqualTo(new JsonPrimitive("0"));
    assertThat(list.json().getAsJsonObject("photo")).isEqualTo(photo);
    Answer token =
        site()
            .call(
                "photo/get-upload-token",
                "return_url",
                "http://a.test/",
                "background_return_p",
                "1",
                "format",
                "json");
    assertThat(json(token, "uploadtoken").get("background_return_p"))
        .isEqualTo(new JsonPrimitive("1"));
    Answer echo = site().visit("echo", "open_p", "1", "format", "json");
    assertThat(json(echo, "echo").get("open_p")).isEqualTo(new JsonPrimitive("1"));
    Answer many = site().visit("photo/list", "format", "json");
    assertThat(many.json().has("photo")).isFalse();
  }

  @Test
  void hasTagsAndTextsOfAPhotoAsChildren() {
    String id = site().photo("tags", "sea \"New York\"", "description", "<b>x</b>");
    Answer list = site().visit("photo/list", "photo_id", id);
    assertThat(list.xml("/response/photo/tags")).isEqualTo("sea,New York");
    assertThat(list.xml("/response/photo/@tags")).isEqualTo("sea \"New York\"");
    assertThat(list.xml("/response/photo/content")).isEqualTo("<b>x</b>");
    assertThat(list.xml("/response/photo/content_text")).isEqualTo("x");
    assertThat(list.xml("count(/response/photo)")).isEqualTo("1");
    assertThat(site().visited("photo/list", "photos", "tags", "photo_id", id))
        .containsExactly("sea \"New York\"");
    String bare = site().photo();
    assertThat(site().visit("photo/list", "photo_id", bare).xml("count(/response/photo/tags)"))
        .isEqualTo("1");
  }

  @Test
  void tellsWhenWhoseAndWhereAPhotoIs() {
    String user = site().make("user/create", "user_id", "username", unique("u"));
    String id =
        site()
            .photo(
                "user_id", user,
                "publish_date", "2010-02-16 18:13:32",
                "absolute_url", "https://www.example.com/a?b=c");
    Answer list = site().visit("photo/list", "photo_id", id);
    String photo = "/response/photo/@";
    assertThat(list.xml(photo + "absolute_url")).isEqualTo("https://www.example.com/a?b=c");
    assertThat(list.xml(photo + "user_url")).isEqualTo("/user/" + user);
    assertThat(list.xml(photo + "publish_date_epoch")).isEqualTo("1266344012");
    assertThat(list.xml(photo + "publish_date__date")).isEqualTo("February 16, 2010");
    assertThat(list.xml(photo + "publish_date__time")).isEqualTo("06:13 PM");
    assertThat(list.xml(photo + "creation_date_epoch")).matches("\\d{10}");
    assertThat(list.xml(photo + "creation_date__date")).matches("[A-Z][a-z]+ \\d{1,2}, \\d{4}");
    assertThat(list.xml(photo + "number_of_comments")).isEqualTo("0");
    assertThat(list.xml(photo + "video_encoded_p")).isEqualTo("0");
    Answer page = ApiClient.of(server()).get("/photo/" + id);
    assertThat(page.text())
        .contains("<link rel=\"canonical\" href=\"https://www.example.com/a?b=c\">");
  }

  @Test
  void tellsHowLargeRenditionsAre() throws InterruptedException {
    String id = site().photo();
    Answer list = site().visit("photo/list", "photo_id", id);
    for (int i = 0; i < 300 && list.xml("/response/photo/@small_size").isEmpty(); i++) {
      Thread.sleep(100);
      list = site().visit("photo/list", "photo_id", id);
    }
    for (String size : List.of("quad16", "small", "large")) {
      Answer file = ApiClient.of(server()).get(list.xml("/response/photo/@" + size + "_download"));
      assertThat(list.xml("/response/photo/@" + size + "_size"))
          .isEqualTo(Integer.toString(file.body().length));
    }
  }

  @Test
  void namesTheOriginalOfAVideoThatBrowsersPlay() {
    Answer made =
        ApiClient.withKey(server())
            .post(
                "/api/photo/upload", new Multipart().file("file", "video/mp4", SampleMedia.mp4()));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    Answer list = site().visit("photo/list", "photo_id", made.xml("/response/photo_id"));
    String photo = "/response/photo/@";
    assertThat(list.xml(photo + "video_p")).isEqualTo("1");
    for (String name : List.of("video_medium", "video_hd")) {
      assertThat(list.xml(photo + name + "_download"))
          .isEqualTo(list.xml(photo + "original_download"));
      assertThat(list.xml(photo + name + "_size")).isEqualTo(list.xml(photo + "original_size"));
    }
    assertThat(list.xml("count(" + photo + "video_webm_360p_download)")).isEqualTo("0");
  }

  @Test
  void describesTheSite() {
    Answer xml = site().visit("site/get");
    assertThat(xml.xml("/response/allow_signup_p")).isEqualTo("f");
    assertThat(xml.xml("/response/site_key")).isEqualTo("slipway");
    assertThat(xml.xml("/response/license_id")).isEqualTo("0");
    JsonObject json = json(site().visit("site/get", "format", "json"), "site");
    assertThat(json.get("allow_signup_p")).isEqualTo(new JsonPrimitive(0));
    assertThat(json.get("license_id")).isEqualTo(new JsonPrimitive("0"));
  }

  @Test
  void describesUsers() {
    String name = unique("u");
    String id = site().make("user/create", "user_id", "username", name, "full_name", "Ann");
    Answer list = site().visit("user/list", "user_id", id);
    String user = "/response/user/";
    assertThat(list.xml(user + "@site_admin")).isEqualTo("f");
    assertThat(list.xml(user + "@full_name")).isEqualTo("Ann");
    assertThat(list.xml(user + "@url")).isEqualTo("/user/" + id);
    assertThat(list.xml(user + "@timezone")).isEqualTo("Etc/UTC");
    assertThat(list.xml("count(" + user + "about_abstract)")).isEqualTo("1");
    JsonObject json = json(site().visit("user/get", "user_id", id, "format", "json"), "user");
    assertThat(json.get("site_admin").getAsString()).isEqualTo("f");
    assertThat(json.get("about_abstract").getAsString()).isEmpty();
    assertThat(json.has("email")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"read", "write"})
  void tellsTheCallersLevelInErrors(String level) {
    String key = site().call("credential/create", "name", "k", "level", level).xml("/response/key");
    ApiClient client = ApiClient.of(server()).withKey(key);
    Answer denied = client.get("/api/credential/list");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.xml("/response/@permission_level")).isEqualTo(level);
    assertThat(denied.xml("/response/@message")).contains("'super'");
    assertThat(client.get("/api/nothing").xml("/response/@permission_level")).isEqualTo(level);
    Answer body = client.post("/api/echo", Map.of("format", "csv"));
    assertThat(body.xml("/response/@permission_level")).isEqualTo(level);
    Answer form = client.post("/api/photo/upload", new Multipart().field("title", "x"));
    assertThat(form.xml("/response/@status")).isEqualTo("error");
    assertThat(form.xml("/response/@permission_level")).isEqualTo(level);
  }

  @Test
  void tellsTheLevelOfWhoShowsNoGoodKey() {
    Answer anonymous = site().visit("credential/list", "format", "json");
    assertThat(anonymous.json().get("permission_level").getAsString()).isEqualTo("anonymous");
    Answer unknown = ApiClient.of(server()).withKey("unknown").get("/api/photo/list");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.xml("/response/@permission_level")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback=f", "varname=v"})
  void sendsErrorsAsScriptsUnderAStatusThatBrowsersRun(String shape) {
    ApiClient visitor = ApiClient.of(server());
    for (String path : List.of("/api/photo/list?year=x&", "/api/nothing?", "/api/user/get?")) {
      Answer error = visitor.get(path + "format=json&" + shape);
      assertThat(error.status()).as(path).isEqualTo(200);
      assertThat(error.text()).contains("\"status\":\"error\"");
      assertThat(error.header("Content-Type").orElseThrow()).contains("javascript");
    }
    assertThat(visitor.get("/api/photo/list?year=x&" + shape).status()).isEqualTo(400);
    Map<String, String> form = Map.of("year", "x", "format", "json", shape.split("=")[0], "f");
    assertThat(visitor.post("/api/photo/list", form).status()).isEqualTo(400);
  }

  @Test
  void neverSendsErrorsOfUploadsUnderAGoodStatus() {
    ApiClient visitor = ApiClient.of(server());
    String script = "?format=json&callback=f";
    for (String door : List.of("upload", "redeem-upload-token")) {
      assertThat(visitor.get("/api/photo/" + door + script).status()).as(door).isEqualTo(405);
    }
    assertThat(visitor.get("/api/photo/replace" + script).status()).isEqualTo(403);
    Multipart form =
        new Multipart()
            .field("upload_token", "0".repeat(40))
            .field("format", "json")
            .field("callback", "f")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
    assertThat(visitor.post("/api/photo/redeem-upload-token", form).status()).isEqualTo(404);
    assertThat(visitor.post("/api/photo/upload", form).status()).isEqualTo(403);
    Answer chunk =
        visitor.get(
            "/api/photo/redeem-upload-token"
                + script
                + "&resumableIdentifier=a&resumableChunkNumber=1&resumableChunkSize=5"
                + "&resumableTotalSize=5&upload_token=x");
    assertThat(chunk.status()).isEqualTo(204);
  }
}
