package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
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
  void feedsReadersWithWhatIsNewInASection() {
    ApiClient api = ApiClient.withKey(server());
    String album =
        api.post("/api/album/create", Map.of("title", "S & <3")).xml("/response/album_id");
    String tag = "feed" + System.nanoTime();
    Map<String, String> photo =
        upload("album_id", album, "tags", tag, "title", "A & c", "description", "<b>x</b>");
    upload("album_id", album, "tags", tag, "publish", "0", "title", "Not yet");
    String page = server().uri("/photo/" + photo.get("photo_id")).toString();
    for (String path : List.of("/album/" + album, "/tag?name=" + tag)) {
      assertThat(get(path).text()).contains("href=\"/feed" + path + "\"");
      Answer feed = get("/feed" + path);
      assertThat(feed.header("Content-Type").orElseThrow()).startsWith("application/atom+xml;");
      assertThat(feed.xml("count(/feed/entry)")).isEqualTo("1");
      assertThat(feed.xml("/feed/entry/id")).isEqualTo(page);
      assertThat(feed.xml("/feed/entry/title")).isEqualTo("A & c");
      assertThat(feed.xml("/feed/entry/content")).endsWith("<b>x</b>");
      assertThat(feed.xml("/feed/link[@rel='self']/@href"))
          .isEqualTo(server().uri("/feed" + path).toString());
      String original = feed.xml("/feed/entry/link[@rel='enclosure']/@href");
      assertThat(get(original.substring(server().uri("").toString().length())).status())
          .isEqualTo(200);
      String etag = feed.header("ETag").orElseThrow();
      ApiClient reader = ApiClient.of(server());
      assertThat(reader.send(reader.request("/feed" + path).header("If-None-Match", etag)).status())
          .isEqualTo(304);
    }
    assertThat(get("/feed/album/" + album).xml("/feed/title")).isEqualTo("S & <3 · Slipway");
    assertThat(get("/feed").xml("/feed/entry[1]/id")).isEqualTo(page);
    assertThat(get("/feed/album/999999").status()).isEqualTo(404);
  }

  @Test
  void showsAHiddenAlbumToWhoKnowsItsToken() {
    Answer made =
        ApiClient.withKey(server())
            .post("/api/album/create", Map.of("title", "Family", "hide_p", "1"));
    String number = "/album/" + made.xml("/response/album_id");
    String path = number + "/" + made.xml("/response/token");
    Map<String, String> photo = upload("album_id", made.xml("/response/album_id"));
    String page = "/photo/" + photo.get("photo_id") + "/" + photo.get("token");
    assertThat(get(path).text())
        .contains("Family", "noindex", "href=\"" + page + "\"")
        .doesNotContain("canonical", "og:url");
    assertThat(get("/feed" + path).xml("/feed/entry/id")).endsWith(page);
    assertThat(get("/zip" + path).status()).isEqualTo(200);
    for (String kind : List.of("", "/feed", "/zip")) {
      assertThat(get(kind + number).status()).as(kind).isEqualTo(404);
      assertThat(get(kind + number + "/" + "A".repeat(32)).status()).as(kind).isEqualTo(404);
    }
  }

  @Test
  void namesEachPublishedPhotoToSearchEngines() {
    String photo = upload().get("photo_id");
    String hidden = upload("publish", "0").get("photo_id");
    assertThat(get("/robots.txt").text())
        .contains("Disallow: /upload/\n", "Sitemap: " + server().uri("/sitemap.xml") + "\n");
    assertThat(get("/sitemap.xml").text())
        .contains("<loc>" + server().uri("/sitemap/0.xml") + "</loc>");
    assertThat(get("/sitemap/0.xml").text())
        .contains("<loc>" + server().uri("/photo/" + photo) + "</loc>")
        .doesNotContain("/photo/" + hidden + "<");
    for (String none : List.of("/sitemap/1.xml", "/sitemap/00.xml", "/sitemap/0", "/sitemap/")) {
      assertThat(get(none).status()).as(none).isEqualTo(404);
    }
  }

  @Test
  void tellsOtherSitesHowToShowAPhoto() {
    Map<String, String> photo = upload("title", "Harbour");
    String page = server().uri("/photo/" + photo.get("photo_id")).toString();
    Await.until(
        "pictures", () -> oembed(page, "").json().get("type").getAsString().equals("photo"));
    JsonObject whole = oembed(page, "").json();
    assertThat(whole.get("title").getAsString()).isEqualTo("Harbour");
    assertThat(whole.get("width").getAsInt()).isEqualTo(40);
    assertThat(whole.get("height").getAsInt()).isEqualTo(30);
    String file = whole.get("url").getAsString();
    assertThat(get(file.substring(server().uri("").toString().length())).status()).isEqualTo(200);
    JsonObject small = oembed(page, "&maxwidth=20&maxheight=20").json();
    assertThat(small.get("width").getAsInt()).isEqualTo(20);
    assertThat(small.get("height").getAsInt()).isEqualTo(15);
    assertThat(get("/photo/" + photo.get("photo_id")).text())
        .contains("/oembed?url=http%3A%2F%2F127.0.0.1");
  }

  @Test
  void tellsOtherSitesNothingOfWhatTheyCannotShow() {
    Map<String, String> hidden = upload("publish", "0");
    String page = server().uri("/photo/" + hidden.get("photo_id")).toString();
    assertThat(oembed(page, "").status()).isEqualTo(404);
    assertThat(oembed(page + "/" + hidden.get("token"), "").status()).isEqualTo(404);
    assertThat(oembed("http://other.test/photo/1", "").status()).isEqualTo(404);
    assertThat(oembed(page, "&format=xml").status()).isEqualTo(501);
    assertThat(oembed(page, "&maxwidth=0").status()).isEqualTo(400);
    assertThat(get("/oembed").json().get("error").getAsString()).contains("'url'");
  }

  @Test
  void givesTheOriginalsOfAnAlbumInOneZip() throws IOException {
    ApiClient api = ApiClient.withKey(server());
    String album =
        api.post("/api/album/create", Map.of("title", "Été / 26")).xml("/response/album_id");
    List<Map<String, String>> photos =
        List.of(upload("album_id", album), upload("album_id", album));
    upload("album_id", album, "publish", "0");
    Answer zip = get("/zip/album/" + album);
    assertThat(zip.header("Content-Type")).contains("application/zip");
    assertThat(zip.header("Content-Disposition").orElseThrow())
        .isEqualTo("attachment; filename*=UTF-8''%C3%89t%C3%A9%20-%2026.zip");
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (ZipEntry each = entries.getNextEntry(); each != null; each = entries.getNextEntry()) {
        files.put(each.getName(), entries.readAllBytes());
      }
    }
    assertThat(files).containsOnlyKeys("a.jpg", "a (2).jpg");
    assertThat(files.values())
        .zipSatisfy(
            photos, (file, photo) -> assertThat(Arrays.equals(file, original(photo))).isTrue());
    for (String none : List.of("/zip", "/zip/", "/zip/album/999999", "/zip/tag?name=none")) {
      assertThat(get(none).status()).as(none).isEqualTo(404);
    }
  }

  @Test
  void offersTheZipOfASectionThatHasOne() {
    String album =
        ApiClient.withKey(server())
            .post("/api/album/create", Map.of("title", "To take home"))
            .xml("/response/album_id");
    String tag = "zip" + System.nanoTime();
    assertThat(get("/album/" + album).text()).doesNotContain("/zip/");
    Answer none = get("/zip/album/" + album);
    assertThat(none.status()).isEqualTo(403);
    assertThat(none.text()).contains("This cannot be downloaded in one file");
    upload("album_id", album, "tags", tag);
    for (String path : List.of("/album/" + album, "/tag?name=" + tag)) {
      assertThat(get(path).text()).contains("href=\"/zip" + path + "\" rel=\"nofollow\"");
      assertThat(get("/zip" + path).status()).isEqualTo(200);
    }
    assertThat(get("/").text()).doesNotContain("/zip");
  }

  @Test
  void findsWhatIsPublishedByTheBeginningsOfItsWords() {
    String word = "Wörd" + System.nanoTime();
    String photo = upload("title", "The " + word, "tags", "sea").get("photo_id");
    upload("title", word, "publish", "0");
    for (String words : List.of(word, "the " + word.substring(0, 12), "sea " + word)) {
      Answer page = get("/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("X-Robots-Tag")).contains("noindex");
      assertThat(page.text())
          .contains("Results for “" + words + "”", "value=\"" + words + "\"", "noindex")
          .contains("1 photo or video", "href=\"/photo/" + photo + "\"");
    }
    assertThat(get("/search?q=lake+" + word).text()).contains("No photo or video matches.");
    assertThat(get("/").text()).contains("<form role=\"search\"", "action=\"/search\"");
  }

  @Test
  void takesWhateverIsSearchedForAsWordsOnly() {
    assertThat(get("/search?q=%22%3E%3Cscript%3Ex%3C%2Fscript%3E").text())
        .contains("<h1", "Results for “\"&gt;&lt;script&gt;x&lt;/script&gt;”")
        .contains("value=\"&#34;>&lt;script>x&lt;/script>\"")
        .doesNotContain("<script>x");
    for (String nothing : List.of("/search", "/search?q=", "/search?q=%20", "/search?q=&p=7")) {
      Answer page = get(nothing);
      assertThat(page.status()).as(nothing).isEqualTo(200);
      assertThat(page.text()).doesNotContain("No photo or video matches", "class=\"photos\"");
    }
    assertThat(get("/search?q=!%00'%25").text()).contains("No photo or video matches");
    assertThat(get("/search?q=" + "x".repeat(200)).status()).isEqualTo(200);
    assertThat(get("/search?q=" + "x".repeat(201)).status()).isEqualTo(400);
  }

  private byte[] original(Map<String, String> photo) {
    return get(String.join(
            "/", "", photo.get("tree_id"), photo.get("photo_id"), photo.get("token"), "original"))
        .body();
  }

  private Answer oembed(String url, String more) {
    return get("/oembed?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + more);
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
