package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;
import slipway.http.upload.form.Visits;
import slipway.http.upload.tus.TusClient;

/**
 * A site that is closed, and whose errors carry 200 for the platform's clients, and for no
 * uploader, which would trust it.
 */
@ParameterizedClass
@AnyContainer
class ClosedSiteIT {
  private static final String DEAD = "0".repeat(40);

  @Parameter Container container;

  private static Server server;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = SharedServers.closed(container);
  }

  private static void assertError(Answer answer, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.xml("/response/@status")).isEqualTo("error");
    assertThat(answer.xml("/response/@code")).isEqualTo(code);
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
  }

  @Test
  void givesCallersWithoutAKeyTheLevelNone() {
    assertThat(ApiClient.of(server).get("/api/echo").xml("/response/@permission_level"))
        .isEqualTo("none");
    Answer refused = ApiClient.of(server).get("/api/site/get");
    assertError(refused, "permission_denied");
    assertThat(refused.xml("/response/@message")).contains("required level: 'anonymous'");
  }

  @Test
  void showsItsGalleryToNobodyButLetsVisitorsTry() {
    ApiClient visitor = ApiClient.of(server);
    assertThat(visitor.get("/").status()).isEqualTo(403);
    assertThat(visitor.get("/photo/1").status()).isEqualTo(403);
    assertThat(visitor.get("/try").status()).isEqualTo(200);
    for (String path :
        List.of("/feed", "/feed/album/1", "/zip/album/1", "/sitemap.xml", "/search?q=a")) {
      assertThat(visitor.get(path).status()).as(path).isEqualTo(403);
    }
    assertThat(visitor.get("/oembed?url=https://closed.example.com/photo/1").status())
        .isEqualTo(401);
    assertThat(visitor.get("/robots.txt").text()).contains("Disallow: /\n");
    Answer made =
        ApiClient.withKey(server)
            .post("/api/album/create", Map.of("title", "Family", "format", "xml"));
    String album = "/album/" + made.xml("/response/album_id");
    assertThat(visitor.get(album + "/" + made.xml("/response/token")).text()).contains("Family");
    assertThat(visitor.get(album).status()).isEqualTo(403);
    assertThat(visitor.get(album + "/" + "A".repeat(32)).status()).isEqualTo(403);
  }

  @Test
  void linksSectionsToThePageThatATokenOpens() {
    Multipart form = new Multipart().file("file", "a.mp4", "video/mp4", SampleMedia.bareMp4(500));
    Answer video = ApiClient.withKey(server).post("/api/photo/upload", form);
    String id = video.xml("/response/photo_id");
    String token = video.xml("/response/token");
    ApiClient.withKey(server)
        .post("/api/photo/section/create", Map.of("photo_id", id, "title", "One"));
    Answer list =
        ApiClient.of(server).get("/api/photo/section/list", Map.of("photo_id", id, "token", token));
    String link = list.xml("/response/section/@link");
    assertThat(link).startsWith("/photo/" + id + "/" + token + "#section-");
    assertThat(ApiClient.of(server).get(link.split("#", -1)[0]).status()).isEqualTo(200);
  }

  @Test
  void letsThoseInWhoHaveAKey() {
    Answer site = ApiClient.withKey(server).get("/api/site/get");
    assertThat(site.xml("/response/@status")).isEqualTo("ok");
    assertThat(site.xml("/response/domain")).isEqualTo("closed.example.com");
  }

  @Test
  void showsAPhotoToWhoeverKnowsItsToken() {
    JsonObject photo = new Catalogue(server).upload("publish", "0", "title", "For friends");
    String id = photo.get("photo_id").getAsString();
    String token = photo.get("token").getAsString();
    ApiClient visitor = ApiClient.of(server);
    Answer shown = visitor.get("/api/photo/list?photo_id=" + id + "&token=" + token);
    assertThat(shown.xml("/response/photo/@title")).isEqualTo("For friends");
    String original = shown.xml("/response/photo/@original_download");
    assertThat(visitor.get(URI.create(original).getRawPath()).status()).isEqualTo(200);
    assertError(visitor.get("/api/photo/list?photo_id=" + id), "token_required");
    assertError(visitor.get("/api/photo/list?photo_id=99999999"), "token_required");
    assertError(visitor.get("/api/photo/list?album_id=99999999"), "token_required");
    assertError(visitor.get("/api/photo/list?photo_id=" + id + "&token=x"), "invalid_photo_token");
    assertError(visitor.get("/api/photo/list"), "permission_denied");
    assertError(visitor.get("/api/album/list"), "permission_denied");
  }

  @Test
  void tellsOfSubtitlesAndSectionsToWhoeverKnowsTheToken() {
    JsonObject photo = new Catalogue(server).upload();
    String id = "?photo_id=" + photo.get("photo_id").getAsString();
    ApiClient visitor = ApiClient.of(server);
    for (String method : new String[] {"subtitle/list", "section/list"}) {
      String path = "/api/photo/" + method + id;
      assertError(visitor.get(path), "token_required");
      assertThat(
              visitor
                  .get(path + "&token=" + photo.get("token").getAsString())
                  .xml("/response/@total_count"))
          .isEqualTo("0");
      assertThat(ApiClient.withKey(server).get(path).xml("/response/@status")).isEqualTo("ok");
    }
    assertError(visitor.get("/api/photo/subtitle/remove" + id + "&locale=da"), "permission_denied");
  }

  @Test
  void listsWhatIsPublishedInAnAlbumToWhoeverKnowsItsToken() {
    Catalogue site = new Catalogue(server);
    Answer made = site.call("album/create", "title", "For guests");
    String album = made.xml("/response/album_id");
    String token = made.xml("/response/token");
    String shown = site.photo("album_id", album);
    site.photo("album_id", album, "publish", "0");
    site.photo();
    String guests = "/api/photo/list?album_id=" + album;
    Answer list = ApiClient.of(server).get(guests + "&token=" + token);
    assertThat(list.xml("/response/@total_count")).isEqualTo("1");
    assertThat(list.xml("/response/photo/@photo_id")).isEqualTo(shown);
    assertError(ApiClient.of(server).get(guests), "token_required");
    assertError(ApiClient.of(server).get(guests + "&token=x"), "invalid_album_token");
    assertError(
        ApiClient.of(server).get(guests + "&include_unpublished_p=1&token=" + token),
        "permission_denied");
    assertError(ApiClient.of(server).get("/api/photo/list?token=" + token), "invalid_input");
    assertError(
        ApiClient.of(server).get("/api/photo/list?album_id=9999999&token=" + token),
        "no_such_album");
  }

  @Test
  void answersEveryErrorOfTheApiWithStatus200() {
    ApiClient api = ApiClient.withKey(server);
    assertError(api.get("/api/nothing"), "no_such_method");
    assertError(api.post("/api/photo/get-upload-token", Map.of()), "invalid_input");
    assertError(ApiClient.of(server).withKey("unknown").get("/api/echo"), "permission_denied");
    assertError(ApiClient.of(server).get("/api/echo?oauth_token=x"), "invalid_signature");
  }

  private static Visits visits() {
    return new Visits(server);
  }

  private static Multipart text(String token) {
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
    return new Multipart().field("upload_token", token).file("file", "a.txt", "image/png", text);
  }

  @Test
  void answers200ToMethodsAndForTheTextsThatAFormGets() {
    ApiClient api = ApiClient.of(server);
    Map<String, String> dead = Map.of("upload_token", DEAD, "format", "json");
    assertThat(api.post("/api/photo/update-upload-token", dead).status()).isEqualTo(200);
    assertThat(api.post("/api/photo/upload", text("")).xml("/response/@status")).isEqualTo("error");
    Answer unknown = visits().redeem(Visits.jpeg(DEAD));
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.header("Content-Type").orElseThrow()).startsWith("text/plain");
    Answer refused = visits().redeem(text(visits().token("background_return_p", "1")));
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.text()).startsWith("error ");
  }

  @Test
  void answersAFormThatAsksForAReplyWithTheStatusOfItsError() {
    for (String format : new String[] {"json", "xml"}) {
      assertThat(visits().redeem(Visits.jpeg(DEAD).field("format", format)).status())
          .isEqualTo(404);
      assertThat(visits().redeem(text(visits().token()).field("format", format)).status())
          .isEqualTo(415);
    }
    Answer refused = visits().redeem(text(visits().token()).field("format", "json"));
    assertThat(refused.json().get("status").getAsString()).isEqualTo("error");
  }

  @Test
  void answersAFileInPiecesWithTheStatusOfItsError() {
    ApiClient api = ApiClient.of(server);
    String chunk =
        Visits.REDEEM
            + "?resumableIdentifier=a&resumableChunkNumber=1&resumableChunkSize=5"
            + "&resumableTotalSize=5&upload_token="
            + DEAD;
    assertThat(api.send(api.request(chunk).POST(BodyPublishers.ofString("abcde"))).status())
        .isEqualTo(404);
    TusClient tus = new TusClient(server);
    assertThat(tus.create(DEAD, 5).status()).isEqualTo(404);
    assertThat(tus.send("HEAD", "/files/" + "0".repeat(32)).status()).isEqualTo(404);
  }
}
