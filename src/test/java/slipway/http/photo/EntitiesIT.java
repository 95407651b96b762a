package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** What is kept of HTML entities, and how it comes back: as docs/api.md says. */
class EntitiesIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Tom &amp; Jerry   | Tom & Jerry | Tom &amp; Jerry   | Tom & Jerry",
        "Tom & Jerry       | Tom & Jerry | Tom & Jerry       | Tom & Jerry",
        "it&#39;s          | it's        | it&#39;s          | it's",
        "<b>it&#39;s</b> & | it's &      | <b>it's</b> &amp; | it's &"
      })
  void comeBackAsTextInTitlesAndAsHtmlInDescriptions(
      String given, String title, String content, String text) {
    Catalogue site = new Catalogue(Server.shared(Container.JETTY_12));
    Answer token =
        site.call(
            "photo/get-upload-token",
            "return_url",
            "http://a.test/",
            "title",
            given,
            "description",
            given);
    assertThat(token.xml("/response/title")).isEqualTo(title);
    assertThat(token.xml("/response/description")).isEqualTo(content);
    String photo = site.photo("title", given, "description", given);
    Answer list = site.call("photo/list", "photo_id", photo);
    assertThat(list.xml("/response/photo/@title")).isEqualTo(title);
    assertThat(list.xml("/response/photo/content")).isEqualTo(content);
    assertThat(list.xml("/response/photo/content_text")).isEqualTo(text);
    JsonObject json =
        site.call("photo/list", "photo_id", photo, "format", "json")
            .json()
            .getAsJsonObject("photo");
    assertThat(json.get("title").getAsString()).isEqualTo(title);
    assertThat(json.get("content").getAsString()).isEqualTo(content);
  }
}
