package slipway.http.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

@ParameterizedClass
@AnyContainer
class TagIT {
  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  @Test
  void countsPublishedPhotosThroughEveryChange() {
    String tag = unique("t");
    String first = site().photo("tags", tag + "a " + tag + "b");
    String second = site().photo("tags", tag + "b");
    site().photo("tags", tag + "c", "publish", "0");
    Answer list = site().visit("tag/list", "search", tag);
    assertThat(list.xml("/response/@total_count")).isEqualTo("2");
    assertThat(list.xml("/response/tag[1]/@tag")).isEqualTo(tag + "a");
    assertThat(list.xml("/response/tag[1]/@count")).isEqualTo("1");
    assertThat(list.xml("/response/tag[2]/@count")).isEqualTo("2");
    Answer page = ApiClient.of(site().server()).get(list.xml("/response/tag[2]/@url"));
    assertThat(page.text()).contains("/photo/" + first + "\"", "/photo/" + second + "\"");
    assertThat(site().visited("tag/list", "tags", "tag", "search", tag, "orderby", "count"))
        .containsExactly(tag + "b", tag + "a");
    site().call("photo/update", "photo_id", second, "published_p", "0");
    site().call("photo/update", "photo_id", first, "tags", tag + "b");
    assertThat(site().visited("tag/list", "tags", "count", "search", tag)).containsExactly("1");
    site().call("photo/delete", "photo_id", first);
    assertThat(site().visited("tag/list", "tags", "tag", "search", tag)).isEmpty();
  }

  @Test
  void countsNoPhotoThatIsPublishedLater() {
    String tag = unique("t");
    String album = site().make("album/create", "album_id", "title", tag);
    site().photo("tags", tag, "album_id", album, "publish_date", "2999-01-01");
    assertThat(site().visited("tag/list", "tags", "tag", "search", tag)).isEmpty();
    assertThat(site().visited("album/list", "albums", "photo_count", "album_id", album))
        .containsExactly("0");
    site().photo("tags", tag, "album_id", album, "publish_date", "2020-01-01");
    assertThat(site().visited("tag/list", "tags", "count", "search", tag)).containsExactly("1");
    assertThat(site().visited("album/list", "albums", "photo_count", "album_id", album))
        .containsExactly("1");
  }

  @Test
  void tellsTheRelatedTagsTheMostCommonFirst() {
    String tag = unique("t");
    site().photo("tags", tag + " " + tag + "x");
    site().photo("tags", tag + " " + tag + "y");
    site().photo("tags", tag + " " + tag + "y");
    site().photo("tags", tag + " " + tag + "z", "publish", "0");
    Answer related = site().visit("tag/related", "tag", tag);
    assertThat(related.xml("/response/@total_count")).isEqualTo("2");
    assertThat(related.xml("/response/relatedtag[1]/@tag")).isEqualTo(tag + "y");
    assertThat(related.xml("/response/relatedtag[1]/@count")).isEqualTo("2");
    assertThat(
            site().visited("tag/related", "relatedtags", "tag", "name", tag, "p", "2", "size", "1"))
        .containsExactly(tag + "x");
  }

  @Test
  void refusesWhatIsNotValid() {
    site().assertRefused("no_such_tag", 404, "tag/related", "tag", unique("t"));
    site().assertRefused("invalid_input", 400, "tag/related");
    site().assertRefused("invalid_input", 400, "tag/list", "orderby", "size");
  }
}
