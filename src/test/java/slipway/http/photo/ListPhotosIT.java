package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@AnyContainer
class ListPhotosIT {
  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  private List<String> ids(String... filters) {
    return site().visited("photo/list", "photos", "photo_id", filters);
  }

  @Test
  void saysOfAPhotoInXmlWhatThePlatformSays() {
    String user = site().make("user/create", "user_id", "username", unique("u"));
    String album = site().make("album/create", "album_id", "title", "An album");
    JsonObject upload =
        site()
            .upload(
                "title", "A <b>harbour</b>",
                "description", "<p>By <b>night</b></p>",
                "tags", "sea \"New York\"",
                "user_id", user,
                "album_id", album);
    String id = upload.get("photo_id").getAsString();
    String token = upload.get("token").getAsString();
    Answer list = site().visit("photo/list", "photo_id", id);
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(list.xml("/response/@total_count")).isEqualTo("1");
    assertThat(list.xml("/response/@p")).isEqualTo("1");
    assertThat(list.xml("/response/@size")).isEqualTo("20");
    String photo = "/response/photo/";
    assertThat(list.xml(photo + "@photo_id")).isEqualTo(id);
    assertThat(list.xml(photo + "@token")).isEqualTo(token);
    assertThat(list.xml(photo + "@title")).isEqualTo("A harbour");
    assertThat(list.xml(photo + "@published_p")).isEqualTo("1");
    assertThat(list.xml(photo + "@video_p")).isEqualTo("0");
    assertThat(list.xml(photo + "@one")).isEqualTo("/photo/" + id);
    assertThat(list.xml(photo + "@user_id")).isEqualTo(user);
    assertThat(list.xml(photo + "@album_id")).isEqualTo(album);
    assertThat(list.xml(photo + "@tags")).isEqualTo("sea \"New York\"");
    assertThat(list.xml(photo + "@creation_date_ansi"))
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(list.xml(photo + "content")).isEqualTo("<p>By <b>night</b></p>");
    assertThat(list.xml(photo + "content_text")).isEqualTo("By night");
    Answer original = ApiClient.of(site().server()).get(list.xml(photo + "@original_download"));
    assertThat(original.status()).isEqualTo(200);
    assertThat(list.xml(photo + "@original_size"))
        .isEqualTo(Integer.toString(original.body().length));
  }

  @Test
  void saysTheSameInJson() {
    String id = site().photo("title", "Title", "description", "Text");
    Answer list = site().visit("photo/list", "photo_id", id, "format", "json");
    assertThat(list.json().get("total_count").getAsString()).isEqualTo("1");
    assertThat(list.json().get("size").getAsString()).isEqualTo("20");
    JsonObject photo = list.json().getAsJsonArray("photos").get(0).getAsJsonObject();
    assertThat(photo.get("photo_id").getAsString()).isEqualTo(id);
    assertThat(photo.get("title").getAsString()).isEqualTo("Title");
    assertThat(photo.get("content").getAsString()).isEqualTo("Text");
  }

  @Test
  void findsByTagsAnyOrAll() {
    String one = unique("a");
    String two = unique("b") + " x";
    String first = site().photo("tags", one);
    String second = site().photo("tags", "\"" + two + "\"");
    String both = site().photo("tags", one + " \"" + two + "\"");
    String query = one + " \"" + two + "\"";
    assertThat(ids("tags", query)).containsExactly(both);
    assertThat(ids("tags", query, "tag_mode", "any")).containsExactly(both, second, first);
    assertThat(ids("tags", query, "tag_mode", "and")).containsExactly(both);
    assertThat(ids("tags", one)).containsExactly(both, first);
    assertThat(ids("tags", unique("none"))).isEmpty();
  }

  @Test
  void searchesTitleDescriptionAndTagsWithoutCaseAndAccents() {
    String word = unique("w");
    String title = site().photo("title", "Ein Café " + word.toUpperCase(java.util.Locale.ROOT));
    String description = site().photo("description", "<p>about <b>" + word + "</b></p>");
    String tag = site().photo("tags", "\"of " + word + "\"");
    assertThat(ids("search", word)).containsExactly(tag, description, title);
    assertThat(ids("search", word.substring(0, 20))).containsExactly(tag, description, title);
    assertThat(ids("search", word + " CAFE")).containsExactly(title);
    assertThat(ids("search", word.substring(1))).isEmpty();
    assertThat(ids("search", word + " nothing")).isEmpty();
  }

  @Test
  void findsByAlbumUserUploadTokenAndKind() {
    String user = site().make("user/create", "user_id", "username", unique("u"));
    String album = site().make("album/create", "album_id", "title", "Of these");
    String mine = site().photo("user_id", user);
    String mineInAlbum = site().photo("user_id", user, "album_id", album);
    String inAlbum = site().photo("album_id", album);
    assertThat(ids("user_id", user)).containsExactly(mineInAlbum, mine);
    assertThat(ids("album_id", album)).containsExactly(inAlbum, mineInAlbum);
    assertThat(ids("album_id", album, "user_id", user)).containsExactly(mineInAlbum);
    assertThat(ids("user_id", user, "video_p", "0")).hasSize(2);
    assertThat(ids("user_id", user, "video_p", "1")).isEmpty();
    Visits visits = new Visits(site().server());
    String token = visits.token();
    String redeemed = visits.redeem(Visits.jpeg(token)).locationParameters().get("photo_id");
    assertThat(ids("upload_token", token)).containsExactly(redeemed);
  }

  @Test
  void tellsVideosFromPictures() {
    String tag = unique("v");
    Multipart form =
        new Multipart()
            .file("file", "video/mp4", SampleMedia.mp4())
            .field("tags", tag)
            .field("title", "A clip");
    Answer uploaded = ApiClient.withKey(site().server()).post("/api/photo/upload", form);
    assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
    String picture = site().photo("tags", tag);
    assertThat(ids("tags", tag, "video_p", "1"))
        .containsExactly(uploaded.xml("/response/photo_id"));
    assertThat(ids("tags", tag, "video_p", "0")).containsExactly(picture);
  }

  @Test
  void findsByTheDayOfPublication() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String tag = unique("d");
    String id = site().photo("tags", tag);
    String year = Integer.toString(today.getYear());
    String month = Integer.toString(today.getMonthValue());
    String day = Integer.toString(today.getDayOfMonth());
    assertThat(ids("tags", tag, "year", year)).containsExactly(id);
    assertThat(ids("tags", tag, "year", year, "month", month, "day", day)).containsExactly(id);
    String before = Integer.toString(today.getYear() - 1);
    assertThat(ids("tags", tag, "year", before)).isEmpty();
    assertThat(ids("tags", tag, "year", before, "month", month, "day", "1")).isEmpty();
  }

  @Test
  void ordersAndPages() {
    String tag = unique("o");
    String b = site().photo("tags", tag, "title", "b");
    String upperA = site().photo("tags", tag, "title", "A");
    String c = site().photo("tags", tag, "title", "c");
    assertThat(ids("tags", tag)).containsExactly(c, upperA, b);
    assertThat(ids("tags", tag, "order", "asc")).containsExactly(b, upperA, c);
    assertThat(ids("tags", tag, "orderby", "title", "order", "asc")).containsExactly(upperA, b, c);
    assertThat(ids("tags", tag, "orderby", "title")).containsExactly(c, b, upperA);
    for (String order : List.of("created", "uploaded", "taken", "published")) {
      assertThat(ids("tags", tag, "orderby", order)).containsExactly(c, upperA, b);
    }
    assertThat(ids("tags", tag, "size", "2")).containsExactly(c, upperA);
    assertThat(ids("tags", tag, "size", "2", "p", "2")).containsExactly(b);
    Answer page = site().visit("photo/list", "tags", tag, "size", "2", "p", "3");
    assertThat(page.xml("/response/@total_count")).isEqualTo("3");
    assertThat(page.xml("/response/@p")).isEqualTo("3");
    assertThat(page.xml("count(/response/photo)")).isEqualTo("0");
  }

  private List<String> filtered(String tag, String published) {
    return site().listed("photo/list", "photos", "photo_id", "tags", tag, "published_p", published);
  }

  @Test
  void showsUnpublishedOnesFromLevelReadAndToWhoeverKnowsTheToken() {
    String tag = unique("p");
    JsonObject upload = site().upload("tags", tag, "publish", "0");
    String id = upload.get("photo_id").getAsString();
    String token = upload.get("token").getAsString();
    assertThat(ids("tags", tag)).isEmpty();
    assertThat(site().listed("photo/list", "photos", "photo_id", "tags", tag)).isEmpty();
    assertThat(
            site()
                .listed(
                    "photo/list", "photos", "photo_id", "tags", tag, "include_unpublished_p", "1"))
        .containsExactly(id);
    assertThat(ids("photo_id", id, "token", token)).containsExactly(id);
    Answer denied = site().visit("photo/list", "tags", tag, "include_unpublished_p", "1");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.xml("/response/@code")).isEqualTo("permission_denied");
    assertThat(denied.xml("/response/@message")).contains("'read'");
    String open = site().photo("tags", tag);
    assertThat(filtered(tag, "0")).containsExactly(id);
    assertThat(filtered(tag, "1")).containsExactly(open);
    assertThat(site().visit("photo/list", "tags", tag, "published_p", "0").status()).isEqualTo(403);
    Answer tokenless = site().visit("photo/list", "photo_id", id);
    assertThat(tokenless.status()).isEqualTo(403);
    assertThat(tokenless.xml("/response/@code")).isEqualTo("token_required");
    Answer wrong = site().visit("photo/list", "photo_id", id, "token", token + "x");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.xml("/response/@code")).isEqualTo("invalid_photo_token");
  }

  @Test
  void callsNoPhotoUnpublishedThatAnotherFilterLeavesOut() {
    String open = site().photo();
    String closed = site().photo("publish", "0", "tags", unique("t"));
    String album = site().make("album/create", "album_id", "title", "empty");
    String user = site().make("user/create", "user_id", "username", unique("u"));
    String[][] filters = {
      {"video_p", "1"},
      {"tags", unique("t")},
      {"album_id", album},
      {"user_id", user},
      {"search", unique("s")},
      {"after_time", "2100-01-01"}
    };
    for (String[] filter : filters) {
      String[] both = {"photo_id", open, filter[0], filter[1]};
      assertThat(ids(both)).as(filter[0]).isEmpty();
      both[1] = closed;
      assertThat(site().visit("photo/list", both).xml("/response/@code"))
          .isEqualTo("token_required");
    }
    assertThat(ids("photo_id", open, "video_p", "0")).containsExactly(open);
  }

  @ParameterizedTest
  @CsvSource({
    "no_such_photo,404,photo_id,999999999",
    "no_such_album,404,album_id,999999999",
    "no_such_user,404,user_id,999999999",
    "invalid_photo_token,403,photo_id,1",
    "invalid_input,400,photo_id,x",
    "invalid_input,400,tag_mode,some",
    "invalid_input,400,tags,\"",
    "invalid_input,400,tags,','",
    "invalid_input,400,orderby,size",
    "invalid_input,400,order,up",
    "invalid_input,400,size,101",
    "invalid_input,400,p,0",
    "invalid_input,400,month,1",
    "invalid_input,400,year,1969",
    "invalid_input,400,video_p,yes",
    "invalid_input,400,include_unpublished_p,2",
  })
  void refusesWhatIsNotValidAndNamesIt(String code, int status, String name, String value) {
    site().photo();
    String token = code.equals("invalid_photo_token") ? "wrong" : "";
    site().assertRefused(code, status, "photo/list", name, value, "token", token);
    if (code.equals("invalid_input")) {
      assertThat(site().call("photo/list", name, value).xml("/response/@message"))
          .contains("'" + name + "'");
    }
  }
}
