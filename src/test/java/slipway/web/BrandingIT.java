package slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** A site with a name, a logo, a colour, a style sheet and links of its own. */
class BrandingIT {
  private static final String LOGO =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">\
      <rect width="120" height="40" rx="8" fill="#123a5e"/>\
      <path d="M10 30L30 8l20 22z" fill="#ffd500"/></svg>""";
  private static final String CSS = "h1 { letter-spacing: 0.05em; }\n";

  @TempDir static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    server =
        Server.on(Container.JETTY_12)
            .setting("slipway.site.name", "Harbour & Sons")
            .setting("slipway.site.logo", file("logo", LOGO.getBytes(UTF_8)))
            .setting("slipway.site.logo-dark", file("dark", SampleMedia.png(120, 40)))
            .setting("slipway.site.accent", "#ffd500")
            .setting("slipway.site.css", file("own.css", CSS.getBytes(UTF_8)))
            .setting("slipway.site.footer", "Imprint & terms https://a.test/?a=b&c=d,Help /help")
            .start();
  }

  private static String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer get(String path) {
    return ApiClient.of(server).get(path);
  }

  private static String upload() {
    Multipart form =
        new Multipart()
            .field("title", "Sails")
            .field("tags", "sea")
            .field("publish", "1")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(400, 300));
    return ApiClient.withKey(server).post("/api/photo/upload", form).xml("/response/photo_id");
  }

  private static String token() {
    return ApiClient.withKey(server)
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
          .contains("<a href=\"/help\">Help</a>")
          .containsPattern("(?s)/(slipway|visitors).css.*brand/accent.css.*brand/site.css");
    }
  }

  @Test
  void servesItsFilesForWhatTheyAre() {
    String page = get("/").text();
    assertThat(brand(page, "logo.svg", "image/svg+xml").text()).isEqualTo(LOGO);
    assertThat(brand(page, "logo.svg", "image/svg+xml").header("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox; default-src 'none'"));
    assertThat(brand(page, "site.css", "text/css; charset=utf-8").text()).isEqualTo(CSS);
    assertThat(brand(page, "accent.css", "text/css; charset=utf-8").text()).contains("#ffd500");
    assertThat(brand(page, "logo-dark.png", "image/png").body()[1]).isEqualTo((byte) 'P');
    ApiClient visitor = ApiClient.of(server);
    Answer noise =
        visitor.send(
            visitor.request("/assets/brand/logo-dark.png").header("Accept-Encoding", "gzip").GET());
    assertThat(noise.status()).isEqualTo(200);
  }

  private static Answer brand(String page, String name, String type) {
    Matcher link = Pattern.compile("\"(/assets/[0-9a-f]{16}/brand/" + name + ")\"").matcher(page);
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
    assertThat(feed.xml("/feed/logo")).isEqualTo(server.uri("/assets/brand/logo.svg").toString());
  }

  @Tag("faults")
  @Test
  void canBeReadInLightAndDark() {
    String photo = upload();
    try (Browser browser = Browser.open()) {
      browser.go(server.uri("/"));
      assertThat(browser.find("h1").getCssValue("letter-spacing")).isNotEqualTo("normal");
      Looks.check(browser, "brand-gallery");
      browser.go(server.uri("/photo/" + photo));
      Looks.check(browser, "brand-photo");
      browser.go(server.uri("/upload/" + token()));
      new Uploader(browser).await("#choose");
      Looks.check(browser, "brand-upload");
      assertThat(browser.console()).isEmpty();
    }
  }
}
