package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.media.pictures.HeicSample;

class GalleryLooksIT {
  private static final int PHOTOS = 26;
  private static Server server;
  private static String album;
  private static String video;
  private Browser browser;

  @BeforeAll
  static void fill() throws IOException {
    server =
        Server.on(Container.JETTY_12)
            .withRenditions()
            .setting("slipway.site.name", "Harbour Club")
            .start();
    album =
        ApiClient.withKey(server)
            .post(
                "/api/album/create",
                Map.of("title", "Regatta <2026>", "description", "<b>Wind</b> 6"))
            .xml("/response/album_id");
    for (int i = 0; i < PHOTOS; i++) {
      send("Sail " + i, "sail \"New York\"", SampleMedia.photo(400 + 20 * i, 300), "a.jpg");
    }
    video = send("The race", "sail", Files.readAllBytes(SampleMedia.mp4()), "race.mp4");
    accompany(video);
  }

  /** Adds subtitles and a section. */
  private static void accompany(String photo) {
    String file =
        "WEBVTT\n\n00:00.000 --> 00:02.000\n<b>Away</b> they <i>go</i> & <script>x</script>";
    ApiClient owner = ApiClient.withKey(server);
    owner.post(
        "/api/photo/subtitle/upload",
        new Multipart()
            .field("photo_id", photo)
            .field("locale", "en_US")
            .field("default_p", "1")
            .file("file", "a.vtt", "text/vtt", file.getBytes(StandardCharsets.UTF_8)));
    owner.post(
        "/api/photo/section/create",
        Map.of("photo_id", photo, "start_time", "1", "title", "The start"));
  }

  private static String send(String title, String tags, byte[] file, String name) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("return_url", "http://a.test/");
    asked.put("title", title);
    asked.put("tags", tags);
    asked.put("description", "<p>Seen from the <b>pier</b>.</p>");
    asked.put("album_id", album);
    String token =
        ApiClient.withKey(server)
            .post("/api/photo/get-upload-token", asked)
            .xml("/response/upload_token");
    Answer back =
        ApiClient.of(server)
            .post(
                "/api/photo/redeem-upload-token",
                new Multipart().field("upload_token", token).file("file", name, "x/y", file));
    return back.locationParameters().get("photo_id");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private void look(String name) {
    Looks.check(browser, "gallery-" + name);
  }

  private int photos() {
    return browser.driver().findElements(By.cssSelector(".photos li")).size();
  }

  @Test
  void showsTheNewestFirstAPageAtATime() {
    browser.go(server.uri("/"));
    assertThat(browser.find(".photos li").getText()).contains("The race");
    assertThat(photos()).isEqualTo(24);
    look("front");
    browser.find("a[rel=next]").click();
    browser.waiting().until(page -> page.getCurrentUrl().endsWith("/?p=2"));
    assertThat(photos()).isEqualTo(PHOTOS + 1 - 24);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void showsAnAlbum() {
    browser.go(server.uri("/album/" + album));
    assertThat(browser.find("h1").getText()).isEqualTo("Regatta <2026>");
    assertThat(browser.find(".description b").getText()).isEqualTo("Wind");
    look("album");
  }

  @Test
  void playsAVideoAndSeeksInIt() {
    browser.go(server.uri("/photo/" + video));
    browser
        .waiting()
        .until(
            page ->
                browser
                    .driver()
                    .executeScript("return document.querySelector('video').readyState >= 1")
                    .equals(true));
    browser.driver().executeScript("document.querySelector('video').currentTime = 1.5");
    browser
        .waiting()
        .until(
            page ->
                browser
                    .driver()
                    .executeScript(
                        "const v = document.querySelector('video');"
                            + "return !v.seeking && v.currentTime > 1.4 && v.readyState >= 2")
                    .equals(true));
    awaitTrue(
        "return document.querySelector('track').track.activeCues?.[0]?.text"
            + " === '<b>Away</b> they <i>go</i> &amp; x'");
    look("video");
    browser.find(".sections a").click();
    awaitTrue("return document.querySelector('video').currentTime === 1");
    assertThat(browser.console()).isEmpty();
  }

  private void awaitTrue(String script) {
    browser.waiting().until(page -> browser.driver().executeScript(script).equals(true));
  }

  @Test
  void goesThroughThePhotosByTheArrowKeys() {
    browser.go(server.uri("/photo/" + video));
    browser.find("body").sendKeys(Keys.ARROW_RIGHT);
    awaitTitle("Sail 25");
    look("photo");
    browser.find("body").sendKeys(Keys.ARROW_RIGHT);
    awaitTitle("Sail 24");
    browser.find("body").sendKeys(Keys.ARROW_LEFT);
    awaitTitle("Sail 25");
  }

  private void awaitTitle(String title) {
    browser
        .waiting()
        .until(
            page -> {
              var heads = page.findElements(By.tagName("h1"));
              return !heads.isEmpty() && heads.get(0).getText().equals(title);
            });
  }

  @Test
  void showsATagAndAUserInDanish() {
    browser.speak("da");
    browser.go(server.uri("/tag?name=New+York"));
    assertThat(browser.find("hgroup p").getText()).isEqualTo("26 billeder og videoer");
    look("tag");
    browser.go(server.uri("/user/1"));
    look("user");
  }

  @Test
  void showsTheMethodsOfTheApi() {
    browser.go(server.uri("/api/#photo/get-upload-token"));
    String method = "[id='photo/get-upload-token']";
    browser.find(method + " dl");
    assertThat(browser.find(method).getText())
        .contains("return_url", "required", "valid_minutes", "15 to 1440", "uploadtoken", "401");
    look("api-method");
    browser.find("#find input").sendKeys("webhook_id");
    assertThat(browser.find("#found").getText()).matches("[1-9] of [0-9]{2} methods");
    assertThat(browser.find("[id='webhook/delete']").isDisplayed()).isTrue();
    assertThat(browser.driver().findElement(By.id("photo/list")).isDisplayed()).isFalse();
    browser.find("[id='webhook/delete'] summary").click();
    look("api-found");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void saysWhenThereIsNothing() {
    browser.go(server.uri("/photo/123456"));
    look("not-found");
    browser.go(server.uri("/no/such/page"));
    look("error");
  }

  @Test
  void showsFilesWithoutAPreviewForWhatTheyAre() throws IOException {
    try (Server bare =
        Server.on(Container.JETTY_12)
            .withRenditions()
            .environment("PATH", "/nowhere")
            .setting("slipway.site.name", "Harbour Club")
            .start()) {
      browser.go(bare.uri("/"));
      look("empty");
      String heic = sendTo(bare, "From a phone", HeicSample.file(), "a.heic");
      String race = sendTo(bare, "The race", Files.readAllBytes(SampleMedia.mp4()), "race.mp4");
      browser.go(bare.uri("/photo/" + heic));
      browser
          .waiting()
          .until(
              page -> {
                page.navigate().refresh();
                return browser.find(".note").getText().contains("no preview of this kind");
              });
      assertThat(browser.find(".facts").getText()).contains("3024 × 4032");
      look("heic");
      browser.go(bare.uri("/photo/" + race));
      look("video-without-poster");
      browser.go(bare.uri("/"));
      look("placeholders");
    }
  }

  private static String sendTo(Server server, String title, byte[] file, String name) {
    Multipart form =
        new Multipart().field("title", title).field("publish", "1").file("file", name, "x/y", file);
    return ApiClient.withKey(server).post("/api/photo/upload", form).xml("/response/photo_id");
  }
}
