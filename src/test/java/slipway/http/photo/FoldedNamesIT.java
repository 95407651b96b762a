package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Names in any case and form of Unicode, through the ways in that people have. */
class FoldedNamesIT {
  private final Catalogue site = new Catalogue(Server.shared(Container.JETTY_12));

  @Test
  void findsAlbumsAndUsersInAnyCase() {
    String mark = unique("m");
    site.make("album/create", "album_id", "title", "ÆRØ " + mark);
    for (String search : List.of("ÆRØ " + mark, "ærø " + mark, nfd("Ærø " + mark))) {
      assertThat(site.visited("album/list", "albums", "title", "search", search))
          .containsExactly("ÆRØ " + mark);
    }
    site.make("user/create", "user_id", "username", mark, "display_name", "Øystein " + mark);
    for (String search : List.of("Øystein " + mark, "øysTEIN " + mark)) {
      assertThat(site.visited("user/list", "users", "username", "search", search))
          .containsExactly(mark);
    }
  }

  @Test
  void sortsAlbumsPhotosAndUsersByLetter() {
    String mark = unique("m");
    List<String> sorted = List.of(mark + "apple", mark + "Zebra", mark + "äpple", mark + "Åse");
    for (int i : new int[] {1, 3, 0, 2}) {
      site.make("album/create", "album_id", "title", sorted.get(i));
      site.make("user/create", "user_id", "username", sorted.get(i));
      site.photo("title", sorted.get(i), "tags", mark);
    }
    assertThat(site.visited("album/list", "albums", "title", "search", mark, "orderby", "title"))
        .isEqualTo(sorted);
    String[] users = {"search", mark, "orderby", "username", "order", "asc"};
    assertThat(site.visited("user/list", "users", "username", users)).isEqualTo(sorted);
    String[] photos = {"tags", mark, "orderby", "title", "order", "asc"};
    assertThat(site.visited("photo/list", "photos", "title", photos)).isEqualTo(sorted);
  }

  @Test
  void refusesAUsernameThatDiffersInCaseOrFormOnly() {
    String name = "Ångström" + unique("u");
    String id = site.make("user/create", "user_id", "username", name);
    site.assertRefused("user_already_exists", 400, "user/create", "username", nfd(name));
    site.assertRefused(
        "user_already_exists", 400, "user/create", "username", "å" + name.substring(1));
    assertThat(site.visit("user/get", "username", "å" + name.substring(1)).xml("/response/user_id"))
        .isEqualTo(id);
  }

  @Test
  void takesTagsInAnyCaseAndFormForOne() {
    String mark = unique("t");
    String tag = "Été" + mark;
    String first = site.photo("tags", tag);
    String second = redeem(nfd(tag) + " other" + mark);
    for (String asked : List.of(tag, nfd(tag), tag.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(site.visited("photo/list", "photos", "photo_id", "tags", asked, "order", "asc"))
          .containsExactly(first, second);
      assertThat(site.visited("tag/list", "tags", "tag", "search", asked)).containsExactly(tag);
      assertThat(site.visited("tag/related", "relatedtags", "tag", "tag", asked))
          .containsExactly("other" + mark);
      assertThat(ApiClient.of(site.server()).get("/tag", Catalogue.map("name", asked)).text())
          .contains("/photo/" + first + "\"", "/photo/" + second + "\"", ">" + tag + "</h1>");
    }
    assertThat(site.visited("photo/list", "photos", "tags", "photo_id", second))
        .containsExactly(tag + " other" + mark);
  }

  /** Uploads with a token, as a browser does, and gives the photo's number. */
  private String redeem(String tags) {
    String token =
        site.call("photo/get-upload-token", "return_url", "https://example.com/", "tags", tags)
            .xml("/response/upload_token");
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(40, 30));
    ApiClient.of(site.server()).post("/api/photo/redeem-upload-token", form);
    return site.listed("photo/list", "photos", "photo_id", "upload_token", token).get(0);
  }

  @Test
  void findsNoPhotoByASearchOfSymbolsOnly() {
    String photo = site.photo("title", "What?! " + unique("w"));
    String[] everything = {"search", " ", "photo_id", photo};
    assertThat(site.visited("photo/list", "photos", "photo_id", everything)).containsExactly(photo);
    for (String search : List.of("?", "!!!", "\u2764\ufe0f", "%", "_", "\u0301")) {
      assertThat(site.visited("photo/list", "photos", "photo_id", "search", search)).isEmpty();
    }
  }

  @Test
  void takesSymbolsInNamesAsTheyAre() {
    String mark = unique("m");
    site.make("album/create", "album_id", "title", "x" + mark + "!?");
    site.photo("tags", "c++" + mark);
    for (String search : List.of("_" + mark, "%" + mark, "\u2764\ufe0f")) {
      assertThat(site.visited("album/list", "albums", "title", "search", search)).isEmpty();
      assertThat(site.visited("user/list", "users", "username", "search", search)).isEmpty();
      assertThat(site.visited("tag/list", "tags", "tag", "search", search)).isEmpty();
    }
    assertThat(site.visited("album/list", "albums", "title", "search", mark + "!"))
        .containsExactly("x" + mark + "!?");
    assertThat(site.visited("tag/list", "tags", "tag", "search", "C++" + mark))
        .containsExactly("c++" + mark);
  }

  private static String nfd(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }
}
