package slipway.http.album;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

@ParameterizedClass
@AnyContainer
class AlbumIT {
  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  @Test
  void makesChangesAndDeletesAnAlbumAndLeavesItsPhotos() {
    Answer made =
        site()
            .call(
                "album/create", "title", "<b>Old</b>", "description", "<p>T</p>", "format", "json");
    JsonObject album = made.json().getAsJsonObject("album");
    String id = album.get("album_id").getAsString();
    String token = album.get("token").getAsString();
    String photo = site().photo("album_id", id);
    Answer list = site().visit("album/list", "album_id", id, "token", token);
    assertThat(list.xml("/response/@total_count")).isEqualTo("1");
    assertThat(list.xml("/response/album/@title")).isEqualTo("Old");
    assertThat(list.xml("/response/album/@photo_count")).isEqualTo("1");
    assertThat(list.xml("/response/album/content")).isEqualTo("<p>T</p>");
    assertThat(list.xml("/response/album/content_text")).isEqualTo("T");
    Answer updated = site().call("album/update", "album_id", id, "title", "New");
    assertThat(updated.xml("/response/@status")).isEqualTo("ok");
    assertThat(site().visited("album/list", "albums", "title", "album_id", id))
        .containsExactly("New");
    assertThat(site().visited("album/list", "albums", "content", "album_id", id))
        .containsExactly("<p>T</p>");
    assertThat(site().call("album/delete", "album_id", id, "format", "json").json().get("status"))
        .hasToString("\"ok\"");
    site().assertRefused("no_such_album", 404, "album/list", "album_id", id);
    assertThat(site().visited("photo/list", "photos", "album_id", "photo_id", photo))
        .containsExactly("");
  }

  @Test
  void findsByTitleAndOwnerAndOrders() {
    String word = unique("W");
    String user = site().make("user/create", "user_id", "username", unique("u"));
    String b = site().make("album/create", "album_id", "title", "b " + word, "user_id", user);
    String a = site().make("album/create", "album_id", "title", "A " + word);
    String search = word.toLowerCase(java.util.Locale.ROOT);
    assertThat(site().visited("album/list", "albums", "album_id", "search", search))
        .containsExactly(a, b);
    assertThat(
            site()
                .visited(
                    "album/list",
                    "albums",
                    "album_id",
                    "search",
                    search,
                    "orderby",
                    "creation_date",
                    "order",
                    "asc"))
        .containsExactly(b, a);
    assertThat(
            site()
                .visited("album/list", "albums", "album_id", "search", search, "orderby", "title"))
        .containsExactly(a, b);
    assertThat(site().visited("album/list", "albums", "album_id", "user_id", user))
        .containsExactly(b);
    assertThat(site().visited("album/list", "albums", "album_id", "search", "%" + search))
        .isEmpty();
  }

  @Test
  void refusesWhatIsNotValid() {
    String id = site().make("album/create", "album_id", "title", "Stays");
    site().assertRefused("couldnt_create_album", 400, "album/create", "title", "<br>");
    site().assertRefused("no_such_user", 404, "album/create", "title", "x", "user_id", "99999999");
    site().assertRefused("couldnt_update_album", 400, "album/update", "album_id", id, "title", "");
    site().assertRefused("no_such_album", 404, "album/update", "album_id", "99999999");
    site().assertRefused("no_such_album", 404, "album/delete", "album_id", "99999999");
    site().assertRefused("invalid_album_token", 403, "album/list", "album_id", id, "token", "x");
    site().assertRefused("invalid_input", 400, "album/list", "token", "x");
    site().assertRefused("invalid_input", 400, "album/delete");
    for (String method : new String[] {"album/create", "album/update", "album/delete"}) {
      Answer denied = site().visit(method, "album_id", id, "title", "x");
      assertThat(denied.status()).isEqualTo(403);
      assertThat(denied.xml("/response/@message")).contains("'write'");
    }
    assertThat(site().visited("album/list", "albums", "title", "album_id", id))
        .containsExactly("Stays");
  }
}
