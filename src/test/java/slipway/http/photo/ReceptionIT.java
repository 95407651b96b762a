package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** What becomes of photos among visitors: views, ratings and comments. */
@ParameterizedClass
@AnyContainer
class ReceptionIT {
  @Parameter Container container;

  private static Server server;
  private static Catalogue site;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = Server.on(container).setting("slipway.views.seconds", "1").start();
    site = new Catalogue(server);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  private static String listed(String photo, String field) {
    return site.call("photo/list", "photo_id", photo).xml("/response/photo/@" + field);
  }

  private static ApiClient user() {
    String user = site.make("user/create", "user_id", "username", unique("u"));
    return ApiClient.of(server)
        .withKey(
            site.make(
                "credential/create", "key", "name", "a user", "level", "read", "user_id", user));
  }

  /** The start of one, which is all that is looked at. */
  private static byte[] mp4() {
    byte[] start = "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom".getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(start, 2_000);
  }

  private static Answer rate(ApiClient rater, String photo, String rating) {
    return rater.get("/api/photo/rate", map("photo_id", photo, "rating", rating));
  }

  @Test
  void countsTheViewsOfAPhotosPage() {
    String photo = site.photo();
    ApiClient visitor = ApiClient.of(server);
    for (int i = 0; i < 3; i++) {
      assertThat(visitor.get("/photo/" + photo).status()).isEqualTo(200);
    }
    visitor.send(visitor.request("/photo/" + photo).method("HEAD", BodyPublishers.noBody()));
    Await.until("the views", () -> listed(photo, "view_count").equals("3"));
    String other = site.photo();
    visitor.get("/photo/" + other);
    assertThat(site.listed("photo/list", "photos", "photo_id", "orderby", "views")).isNotEmpty();
  }

  @Test
  void countsAVideoWhereItIsPlayedFromItsStart() {
    JsonObject video =
        ApiClient.withKey(server)
            .post(
                "/api/photo/upload",
                new Multipart()
                    .field("format", "json")
                    .file("file", "a.mp4", "video/mp4", mp4()))
            .json()
            .getAsJsonObject("upload");
    String id = video.get("photo_id").getAsString();
    String path =
        "/"
            + video.get("tree_id").getAsString()
            + "/"
            + id
            + "/"
            + video.get("token").getAsString()
            + "/original";
    ApiClient player = ApiClient.of(server);
    for (String range : new String[] {"bytes=0-", "bytes=100-", "bytes=0-1"}) {
      assertThat(player.send(player.request(path).header("Range", range).GET()).status())
          .isEqualTo(206);
    }
    player.get(path);
    player.get("/photo/" + id);
    Await.until("the views", () -> listed(id, "view_count").equals("2"));
  }

  @Test
  void ratesAPhotoOncePerVisitor() {
    String photo = site.photo();
    ApiClient one = user();
    ApiClient other = user();
    assertThat(rate(one, photo, "1").xml("/response/rating")).isEqualTo("1");
    assertThat(rate(other, photo, "0.5").xml("/response/rating")).isEqualTo("0.75");
    assertThat(rate(one, photo, "0").xml("/response/rating")).isEqualTo("0.25");
    Answer visitor =
        ApiClient.of(server)
            .get("/api/photo/rate", map("photo_id", photo, "rating", ".25", "format", "json"));
    assertThat(visitor.json().getAsJsonObject("rating").get("rating").getAsString())
        .isEqualTo("0.25");
    assertThat(rate(ApiClient.of(server), photo, "0.25").xml("/response/rating")).isEqualTo("0.25");
    assertThat(listed(photo, "number_of_ratings")).isEqualTo("3");
    assertThat(listed(photo, "photo_rating")).isEqualTo("0.25");
    Answer ratings = site.visit("photo/get-ratings", "photo_id", photo);
    assertThat(ratings.xml("/response/@total_count")).isEqualTo("3");
    assertThat(ratings.xml("count(/response/rating[@user_id=''])")).isEqualTo("1");
    String user = ratings.xml("/response/rating[@user_id!=''][1]/@user_id");
    assertThat(site.listed("photo/get-ratings", "ratings", "photo_id", "user_id", user))
        .containsExactly(photo);
    assertThat(site.visit("photo/get-ratings", "user_id", user).status()).isEqualTo(403);
  }

  @Test
  void refusesRatingsThatAreNotValidOrOfWhatIsNotSeen() {
    String photo = site.photo();
    for (String wrong : new String[] {"1.1", "-1", "five", "", "1e-1", "NaN"}) {
      site.assertRefused("invalid_input", 400, "photo/rate", "photo_id", photo, "rating", wrong);
    }
    site.assertRefused("no_such_photo", 404, "photo/rate", "photo_id", "999999", "rating", "1");
    site.assertRefused("invalid_input", 400, "photo/get-ratings");
    String hidden = site.photo("publish", "0");
    assertThat(rate(ApiClient.of(server), hidden, "1").xml("/response/@code"))
        .isEqualTo("token_required");
    assertThat(rate(user(), hidden, "1").status()).isEqualTo(200);
  }
}
