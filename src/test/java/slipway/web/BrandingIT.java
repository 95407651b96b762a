package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;

/** A site with a name, a logo, a colour, a style sheet and links of its own. */
class BrandingIT {
  static final Server SERVER = SharedServers.branded(Container.JETTY_12);

  private static Answer get(String path) {
    return ApiClient.of(SERVER).get(path);
  }

  /** Gives the number of a new photo. */
  static String upload() {
    Multipart form =
        new Multipart()
            .field("title", "Sails")
            .field("tags", "sea")
            .field("publish", "1")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(400, 300));
    return ApiClient.withKey(SERVER).post("/api/photo/upload", form).xml("/response/photo_id");
  }

  static String token() {
    return ApiClient.withKey(SERVER)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  @Test
  void isTheSitesOwnOnEveryPage() {
    for (String path : new String[] {"/", "/upload/" + token(), "/photo/0", "/try", "/console"}) {
      String page = get(path).text();
      assertThat(page)
          .as(path)
          .containsPattern("<title>([^<]* · )?Harbour &amp; Sons</title>")
          .containsPattern("<source media=\"[^\"]*dark\\)\" srcset=\"[^\"]*/brand/logo-dark.png\">")
          .containsPattern("<img src=\"[^\"]*/brand/logo.svg\" alt=\"Harbour &amp; Sons\">")
          .contains("<a href=\"https://a.test/?a=b&amp;c=d\">Imprint &amp; terms</a>")
          .contains("<a href=\"/media/try\">Help</a>")
          .containsPattern("(?s)/(slipway|visitors).css.*brand/accent.css.*brand/site.css");
    }
  }

  @Test
  void servesItsFilesForWhatTheyAre() {
    String page = get("/").text();
    assertThat(brand(page, "logo.svg", "image/svg+xml").text()).isEqualTo(SharedServers.LOGO);
    assertThat(brand(page, "logo.svg", "image/svg+xml").header("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox; default-src 'none'"));
    assertThat(brand(page, "site.css", "text/css; charset=utf-8").text())
        .isEqualTo(SharedServers.CSS);
    assertThat(brand(page, "accent.css", "text/css; charset=utf-8").text()).contains("#ffd500");
    assertThat(brand(page, "logo-dark.png", "image/png").body()[1]).isEqualTo((byte) 'P');
    ApiClient visitor = ApiClient.of(SERVER);
    Answer noise =
        visitor.send(
            visitor.request("/assets/brand/logo-dark.png").header("Accept-Encoding", "gzip").GET());
    assertThat(noise.status()).isEqualTo(200);
  }

  private static Answer brand(String page, String name, String type) {
    Matcher link =
        Pattern.compile("\"/media(/assets/[0-9a-f]{16}/brand/" + name + ")\"").matcher(page);
    assertThat(link.find()).as(name).isTrue();
    Answer file = get(link.group(1));
    assertThat(file.header("Content-Type")).contains(type);
    assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(file.header("Cache-Control")).contains("public, max-age=31536000, immutable");
    return file;
  }

  @Test
  void isNamedByFeeds() {
    upload();
    Answer feed = get("/feed/tag?name=sea");
    assertThat(feed.xml("/feed/title")).isEqualTo("sea · Harbour & Sons");
    assertThat(get("/feed").xml("/feed/title")).isEqualTo("Harbour & Sons");
    assertThat(feed.xml("/feed/logo")).isEqualTo(SERVER.uri("/assets/brand/logo.svg").toString());
  }
}
