package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;
import slipway.http.Catalogue;

/** What happens to photos among visitors: views, ratings and comments. */
@ParameterizedClass
@AnyContainer
class PopularityIT {
  @Parameter Container container;

  private static Server server;
  private static Catalogue site;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = SharedServers.cramped(container);
    site = new Catalogue(server);
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

  private static Answer rate(ApiClient rater, String photo, String rating) {
    return rater.post("/api/photo/rate", map("photo_id", photo, "rating", rating));
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
                    .file("file", "a.mp4", "video/mp4", SampleMedia.bareMp4(2_000)))
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
            .post("/api/photo/rate", map("photo_id", photo, "rating", ".25", "format", "json"));
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
  void takesNoRatingOfAVisitorFromAPictureOnAPage() {
    String photo = site.photo();
    for (ApiClient visitor : new ApiClient[] {ApiClient.of(server), user()}) {
      Answer refused =
          visitor.get("/api/photo/rate", map("photo_id", photo, "rating", "0", "format", "json"));
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow")).contains("POST, OPTIONS");
      assertThat(refused.json().get("code").getAsString()).isEqualTo("method_not_allowed");
    }
    assertThat(listed(photo, "number_of_ratings")).isEqualTo("0");
    Answer key =
        ApiClient.withKey(server).get("/api/photo/rate", map("photo_id", photo, "rating", "1"));
    assertThat(key.status()).isEqualTo(200);
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

  private static Answer comment(ApiClient by, String photo, String... more) {
    Map<String, String> parameters = map("object_id", photo, "object_type", "photo");
    parameters.putAll(map(more));
    return by.post("/api/comment/add", parameters);
  }

  private static String counted(String list) {
    return ApiClient.withKey(server).get(list).xml("/response/@total_count");
  }

  @Test
  void showsACommentOnceItIsApproved() {
    String photo = site.photo("title", "Harbour");
    Answer added =
        comment(
            ApiClient.of(server),
            photo,
            "name",
            "<b>Ann</b>",
            "email",
            "a@b.example",
            "content",
            "<script>x</script><b>1 < 2</b> &amp; more");
    assertThat(added.status()).as(added.text()).isEqualTo(200);
    assertThat(added.xml("/response/approved_p")).isEqualTo("0");
    assertThat(added.text()).containsPattern("<comment_id>.*<approved_p>");
    String id = added.xml("/response/comment_id");
    String list = "/api/comment/list?object_id=" + photo;
    assertThat(ApiClient.of(server).get(list).xml("/response/@total_count")).isEqualTo("0");
    assertThat(ApiClient.of(server).get(list + "&include_unapproved_p=1").status()).isEqualTo(403);
    Answer waiting = ApiClient.withKey(server).get(list + "&include_unapproved_p=1");
    assertThat(waiting.xml("/response/comment/@name")).isEqualTo("Ann");
    assertThat(waiting.xml("/response/comment/@email")).isEqualTo("a@b.example");
    assertThat(waiting.xml("/response/comment/@approved_p")).isEqualTo("0");
    assertThat(listed(photo, "number_of_comments")).isEqualTo("0");
    assertThat(ApiClient.of(server).get(list + "&approved_p=1").status()).isEqualTo(403);
    assertThat(counted(list + "&approved_p=0")).isEqualTo("1");
    assertThat(counted(list + "&approved_p=1")).isEqualTo("0");

    assertThat(site.call("comment/approve", "comment_id", id).status()).isEqualTo(200);
    assertThat(counted(list + "&approved_p=0")).isEqualTo("0");
    assertThat(counted(list + "&approved_p=1")).isEqualTo("1");
    site.call("comment/approve", "comment_id", id);
    Answer shown = ApiClient.of(server).get(list);
    assertThat(shown.xml("/response/comment/content_text")).isEqualTo("1 < 2 & more");
    assertThat(shown.xml("/response/comment/content")).isEqualTo("1 &lt; 2 &amp; more");
    assertThat(shown.xml("/response/comment/@object_title")).isEqualTo("Harbour");
    assertThat(shown.xml("count(/response/comment/@email)")).isEqualTo("0");
    assertThat(listed(photo, "number_of_comments")).isEqualTo("1");
    JsonObject json = ApiClient.of(server).get(list + "&format=json").json();
    assertThat(
            json.getAsJsonArray("comments")
                .get(0)
                .getAsJsonObject()
                .get("comment_id")
                .getAsString())
        .isEqualTo(id);

    assertThat(site.call("comment/delete", "comment_id", id).status()).isEqualTo(200);
    assertThat(listed(photo, "number_of_comments")).isEqualTo("0");
    site.assertRefused("no_such_comment", 404, "comment/delete", "comment_id", id);
    site.assertRefused("no_such_comment", 404, "comment/approve", "comment_id", id);
  }

  @Test
  void takesTagsAndApprovalOfTrustedCallersOnly() {
    String photo = site.photo();
    ApiClient visitor = ApiClient.of(server);
    String[] approved = {"name", "Ann", "content", "Hello <b>you</b>", "approved_p", "1"};
    assertThat(comment(visitor, photo, approved).status()).isEqualTo(403);
    Answer added = comment(ApiClient.withKey(server), photo, approved);
    assertThat(added.xml("/response/approved_p")).isEqualTo("1");
    Answer shown = site.visit("comment/list", "comment_id", added.xml("/response/comment_id"));
    assertThat(shown.xml("/response/comment/content")).isEqualTo("Hello <b>you</b>");
    assertThat(shown.xml("/response/comment/@user_id")).isEqualTo("1");
    Answer linked =
        visitor.get("/api/comment/add", map("object_id", photo, "name", "x", "content", "y"));
    assertThat(linked.status()).isEqualTo(405);
  }

  @Test
  void refusesCommentsThatAreNotValidOrOnWhatIsNotSeen() {
    String photo = site.photo();
    ApiClient visitor = ApiClient.of(server);
    for (String[] wrong :
        new String[][] {
          {"name", "Ann"},
          {"name", "Ann", "content", "<b> </b>"},
          {"name", "<i></i>", "content", "x"},
          {"name", "Ann", "content", "x".repeat(5_001)},
          {"name", "Ann", "content", "x", "email", "no address"},
          {"name", "Ann", "content", "x", "object_type", "album"},
          {"name", "Ann", "content", "x", "url", "http://spam.example/"}
        }) {
      assertThat(comment(visitor, photo, wrong).xml("/response/@code"))
          .as(wrong[wrong.length - 2])
          .isEqualTo("invalid_input");
    }
    assertThat(comment(visitor, photo, "content", "x").xml("/response/@message"))
        .startsWith("The parameter 'name' is required");
    assertThat(comment(visitor, photo, "name", "Ann", "content", "&lt;b&gt;").status())
        .isEqualTo(200);
    String hidden = site.photo("publish", "0");
    assertThat(comment(visitor, hidden, "name", "Ann", "content", "x").xml("/response/@code"))
        .isEqualTo("token_required");
    comment(ApiClient.withKey(server), hidden, "name", "A", "content", "secret", "approved_p", "1");
    assertThat(visitor.get("/api/comment/list?size=100").text()).doesNotContain("secret");
  }

  @Test
  void bringsCommentsDownWithTheirPhoto() {
    String photo = site.photo();
    String id =
        comment(ApiClient.withKey(server), photo, "name", "A", "content", "x", "approved_p", "1")
            .xml("/response/comment_id");
    rate(ApiClient.of(server), photo, "1");
    assertThat(site.call("photo/delete", "photo_id", photo).status()).isEqualTo(200);
    assertThat(site.visit("comment/list", "comment_id", id).xml("/response/@total_count"))
        .isEqualTo("0");
  }

  @Test
  void takesNoCommentsUnlessTheyAreSwitchedOn() {
    Catalogue other = new Catalogue(Server.shared(container));
    other.assertRefused("permission_denied", 403, "comment/list");
    other.assertRefused(
        "permission_denied", 403, "comment/add", "object_id", "1", "name", "A", "content", "x");
  }
}
