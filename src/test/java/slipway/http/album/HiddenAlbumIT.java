package slipway.http.album;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Albums that lists do not show, and the secrets that they show to those who may read. */
@ParameterizedClass
@AnyContainer
class HiddenAlbumIT {
  @Parameter Container container;
  private Catalogue site;
  private String word;
  private String open;
  private String hidden;
  private String token;

  @BeforeEach
  void make() {
    site = new Catalogue(Server.shared(container));
    word = unique("w");
    open = site.make("album/create", "album_id", "title", "a " + word);
    Answer made = site.call("album/create", "title", "b " + word, "hide_p", "1");
    hidden = made.xml("/response/album_id");
    token = made.xml("/response/token");
  }

  @Test
  void isListedToWhoMayReadAndAsks() {
    assertThat(site.visited("album/list", "albums", "album_id", "search", word))
        .containsExactly(open);
    assertThat(site.listed("album/list", "albums", "album_id", "search", word))
        .containsExactly(open);
    assertThat(
            site.listed(
                "album/list", "albums", "album_id", "search", word, "include_hidden_p", "1"))
        .containsExactly(hidden, open);
    assertThat(site.visit("album/list", "include_hidden_p", "1").status()).isEqualTo(403);
    assertThat(ApiClient.of(site.server()).get("/album/" + hidden).status()).isEqualTo(404);
    assertThat(ApiClient.of(site.server()).get("/album/" + open).status()).isEqualTo(200);
  }

  @Test
  void isShownToWhoeverHasItsToken() {
    String photo = site.photo("album_id", hidden);
    for (String method : new String[] {"album/list", "photo/list"}) {
      assertThat(site.visit(method, "album_id", hidden).xml("/response/@code"))
          .isEqualTo("token_required");
      assertThat(site.visit(method, "album_id", hidden, "token", token).status()).isEqualTo(200);
      assertThat(site.call(method, "album_id", hidden).status()).isEqualTo(200);
    }
    assertThat(site.visited("photo/list", "photos", "photo_id", "album_id", hidden, "token", token))
        .containsExactly(photo);
  }

  @Test
  void isNotToldToVisitorsByAPhotoInIt() {
    String both = open + "," + hidden;
    String photo = site.photo("album_id", both);
    Answer visited = site.visit("photo/list", "photo_id", photo);
    assertThat(visited.xml("/response/photo/@album_id")).isEqualTo(open);
    assertThat(visited.xml("/response/photo/@number_of_albums")).isEqualTo("1");
    Answer read = site.call("photo/list", "photo_id", photo);
    assertThat(read.xml("/response/photo/@album_id")).isEqualTo(both);
    assertThat(read.xml("/response/photo/@number_of_albums")).isEqualTo("2");
    Answer known = site.visit("photo/list", "album_id", hidden, "token", token);
    assertThat(known.xml("/response/photo/@album_id")).isEqualTo(both);
  }

  @Test
  void isNoLongerHiddenOnceItIsChanged() {
    site.call("album/update", "album_id", hidden, "hide_p", "0");
    assertThat(site.visited("album/list", "albums", "album_id", "search", word))
        .containsExactly(hidden, open);
    site.call("album/update", "album_id", open, "title", "c " + word);
    assertThat(ordered("editing_date")).containsExactly(open, hidden);
    assertThat(ordered("sortkey")).containsExactly(hidden, open);
    assertThat(ordered("creation_date")).containsExactly(hidden, open);
  }

  private Iterable<String> ordered(String by) {
    return site.visited("album/list", "albums", "album_id", "search", word, "orderby", by);
  }

  @Test
  void tellsTokenAndMarkFromLevelReadUp() {
    Answer visited = site.visit("album/list", "album_id", open);
    assertThat(visited.xml("count(/response/album/@token)")).isEqualTo("0");
    assertThat(visited.xml("count(/response/album/@hide_p)")).isEqualTo("0");
    assertThat(visited.xml("/response/album/@pretty_date")).matches("[A-Z][a-z]+ \\d+, \\d{4}");
    Answer read = site.call("album/list", "album_id", hidden, "format", "json");
    var album = read.json().getAsJsonArray("albums").get(0).getAsJsonObject();
    assertThat(album.get("token").getAsString()).isEqualTo(token);
    assertThat(album.get("hide_p")).isEqualTo(new JsonPrimitive(1));
    assertThat(album.get("user_url").getAsString()).isEmpty();
  }

  @Test
  void findsTheAlbumsOfAPhoto() {
    String photo = site.photo("album_id", open + "," + hidden);
    String secret = site.photo("album_id", open, "publish", "0");
    assertThat(site.visited("album/list", "albums", "album_id", "photo_id", photo))
        .containsExactly(open);
    assertThat(
            site.listed(
                "album/list", "albums", "album_id", "photo_id", photo, "include_hidden_p", "1"))
        .containsExactly(hidden, open);
    assertThat(site.visit("album/list", "photo_id", secret).xml("/response/@code"))
        .isEqualTo("token_required");
    assertThat(site.listed("album/list", "albums", "album_id", "photo_id", secret))
        .containsExactly(open);
    site.assertRefused("no_such_photo", 404, "album/list", "photo_id", "99999999");
  }
}
