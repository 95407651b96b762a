package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class GalleryIT {
  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private Map<String, String> upload(String... parameters) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("return_url", "http://a.test/");
    for (int i = 0; i < parameters.length; i += 2) {
      asked.put(parameters[i], parameters[i + 1]);
    }
    String token =
        ApiClient.withKey(server())
            .post("/api/photo/get-upload-token", asked)
            .xml("/response/upload_token");
    return ApiClient.of(server())
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token)
                .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(40, 30)))
        .locationParameters();
  }

  private Answer get(String path) {
    return ApiClient.of(server()).get(path);
  }

  @Test
  void showsAPublishedPhotoToEverybodyWithWhatAPreviewNeeds() {
    Map<String, String> photo =
        upload("title", "Harbour & \"sea\"", "description", "<b>Bold</b> words", "tags", "sea");
    Answer page = get("/photo/" + photo.get("photo_id"));
    assertThat(page.status()).isEqualTo(200);
    String file =
        "/" + photo.get("tree_id") + "/" + photo.get("photo_id") + "/" + photo.get("token");
    assertThat(page.text())
        .contains("<meta property=\"og:title\" content=\"Harbour &amp; &#34;sea&#34;\">")
        .contains("<meta property=\"og:description\" content=\"Bold words\">")
        .contains("<meta property=\"og:image\" content=\"" + server().uri(file + "/large") + "\">")
        .contains("<b>Bold</b> words")
        .contains("href=\"/tag?name=sea\"")
        .doesNotContain("noindex");
    assertThat(get("/").text()).contains("/photo/" + photo.get("photo_id"));
  }

  @Test
  void showsAnUnpublishedPhotoOnlyToOneWhoKnowsItsToken() {
    Map<String, String> photo = upload("publish", "0", "title", "Not yet");
    String path = "/photo/" + photo.get("photo_id");
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(get(path + "/" + "A".repeat(32)).status()).isEqualTo(404);
    Answer page = get(path + "/" + photo.get("token"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("Not yet", "noindex").doesNotContain("og:title");
    assertThat(get("/").text()).doesNotContain(path + "/");
  }

  @Test
  void leadsFromOnePhotoToTheNext() {
    String first = upload().get("photo_id");
    String second = upload().get("photo_id");
    assertThat(get("/photo/" + second).text())
        .containsPattern("href=\"/photo/" + first + "\" rel=\"next\"");
    assertThat(get("/photo/" + first).text())
        .containsPattern("href=\"/photo/" + second + "\" rel=\"prev\"");
  }

  @Test
  void showsAnAlbumATagAndAUser() {
    ApiClient api = ApiClient.withKey(server());
    String album =
        api.post("/api/album/create", Map.of("title", "Summer <3")).xml("/response/album_id");
    String user =
        api.post(
                "/api/user/create",
                Map.of("username", "u" + System.nanoTime(), "display_name", "Søren"))
            .xml("/response/user_id");
    String photo =
        upload("album_id", album, "user_id", user, "tags", "\"a/b & d%\"").get("photo_id");
    assertThat(get("/album/" + album).text()).contains("Summer &lt;3", "/photo/" + photo + "\"");
    assertThat(get("/user/" + user).text()).contains("Søren", "/photo/" + photo + "\"");
    assertThat(get("/tag?name=a%2Fb+%26+d%25").text())
        .contains("a/b &amp; d%", "/photo/" + photo + "\"");
    assertThat(get("/photo/" + photo).text()).contains("/tag?name=a%2Fb+%26+d%25", "Søren");
  }

  @Test
  void saysThatThereIsNothingInAFriendlyPage() {
    for (String path :
        List.of("/photo/999999", "/photo/x", "/album/999999", "/user/999999", "/tag?name=none")) {
      Answer page = get(path);
      assertThat(page.status()).as(path).isEqualTo(404);
      assertThat(page.text()).contains("Nothing here");
      assertThat(page.header("Content-Security-Policy")).isPresent();
    }
  }
}
