package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;
import slipway.media.pictures.HeicSample;

class GalleryLooksIT {
  /** More than a page has; the tests that need no second page do with two. */
  private static final int PHOTOS = AnyContainer.ALL ? 26 : 2;

  private static final String SITE = AnyContainer.ALL ? "Harbour Club" : "Slipway";

  private static final String NEWEST = "Sail " + (PHOTOS - 1);
  private static final String SECOND = "Sail " + (PHOTOS - 2);
  private static Server server;
  private static String album;
  private static String video;

  /** As long as it is there, ffmpeg makes no pictures; the same of the copies of videos. */
  private static Path noPictures;

  private static Path noCopies;

  @TempDir static Path folder;
  private Browser browser;

  @BeforeAll
  static void fill() throws IOException {
    server = AnyContainer.ALL ? start() : Server.shared(Container.JETTY_12);
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

  /** One of its own, for the tests that have many photos, or have pictures wait to be made. */
  private static Server start() throws IOException {
    return Server.on(Container.JETTY_12)
        .withRenditions()
        .setting("slipway.site.name", SITE)
        .setting("slipway.video.ffmpeg", waitingFfmpeg())
        .start();
  }

  private static String waitingFfmpeg() throws IOException {
    noPictures = folder.resolve("no-pictures");
    noCopies = folder.resolve("no-copies");
    Path program = folder.resolve("ffmpeg");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$*" in *copy.mp4*) gate=%s ;; *) gate=%s ;; esac
        while [ -e $gate ]; do sleep 0.05; done
        exec %s "$@"
        """
            .formatted(noCopies, noPictures, Tool.require("ffmpeg")));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toString();
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
    if (AnyContainer.ALL) {
      server.close();
    }
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

  @Tag("faults")
  @Test
  void hasRoomForLongTitlesAndTagsAndThreePicturesSideBySideOnATablet() throws IOException {
    String title = "The whole fleet on its way home before the storm of the last day ".repeat(2);
    String photo = send(title, "x".repeat(60), SampleMedia.jpeg(400, 300), "a.jpg");
    try {
      browser.show(Browser.Screen.TABLET);
      browser.go(server.uri("/"));
      assertThat(
              browser
                  .driver()
                  .executeScript(
                      "return getComputedStyle(document.querySelector('.photos'))"
                          + ".gridTemplateColumns.split(' ').length"))
          .isEqualTo(3L);
      Looks.picture(browser, "gallery-list-tablet");
      look("long-tag");
      browser.go(server.uri("/photo/" + photo));
      look("long-title");
      browser.show(Browser.Screen.PHONE);
      assertThat(browser.find("h1").getRect().height).as("two lines").isLessThan(80);
      browser.find("h1").click();
      assertThat(browser.find("h1").getRect().height).as("all of it").isGreaterThan(100);
    } finally {
      ApiClient.withKey(server).post("/api/photo/delete", Map.of("photo_id", photo));
    }
  }

  private int photos() {
    return browser.driver().findElements(By.cssSelector(".photos li")).size();
  }

  @Tag("faults")
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

  @Tag("faults")
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
    browser.until("return document.querySelector('video').readyState >= 1");
    browser.driver().executeScript("document.querySelector('video').currentTime = 1.5");
    browser.until(
        "const v = document.querySelector('video');"
            + "return !v.seeking && v.currentTime > 1.4 && v.readyState >= 2");
    browser.until(
        "return document.querySelector('track').track.activeCues?.[0]?.text"
            + " === '<b>Away</b> they <i>go</i> &amp; x'");
    look("video");
    browser.find(".sections a").click();
    browser.until("return document.querySelector('video').currentTime === 1");
    assertThat(browser.console()).isEmpty();
  }

  /** Nobody loads the pages again. */
  @Tag("faults")
  @Test
  void showsPicturesAndPlaysAVideoOnceTheyAreMade() throws IOException {
    Files.createFile(noPictures);
    Files.createFile(noCopies);
    String phone = sendTo(server, "From a phone", Files.readAllBytes(SampleMedia.hevc()), "a.mov");
    String tile = "document.getElementById('photo-%s')".formatted(phone);
    browser.go(server.uri("/"));
    browser.driver().executeScript("window.marker = 1");
    browser.until("return " + tile + ".matches('[data-making]')");
    Files.delete(noPictures);
    browser.until(
        "return !%s.matches('[data-making]') && %s.complete && %s.naturalWidth === 320"
            .formatted(tile, tile, tile));
    browser.until("return window.marker === 1");

    browser.go(server.uri("/photo/" + phone));
    browser.driver().executeScript("window.marker = 2");
    assertThat(browser.find("#making").getText()).contains("HEVC, QuickTime", "0% done");
    assertThat(browser.find("#unplayable").getText()).contains("cannot play");
    assertThat(browser.find("#unplayable a").getAttribute("href")).contains("/original?");
    look("video-not-playable");
    Files.delete(noCopies);
    browser.until(
        "const v = document.querySelector('video');"
            + " return v.currentSrc.includes('/video_medium?v=') && v.readyState >= 2");
    browser.until(
        "const v = document.querySelector('video'); v.muted = true; v.play();"
            + " return v.currentTime > 0.2 && v.videoWidth === 320");
    browser.until(
        "return window.marker === 2 && document.getElementById('making').hidden"
            + " && document.getElementById('unplayable').hidden");
    assertThat(ApiClient.withKey(server).post("/api/photo/delete", Map.of("photo_id", phone)))
        .extracting(Answer::status)
        .isEqualTo(200);
    assertThat(browser.console()).isEmpty();
  }

  /** It is slow to begin, and its picture is made meanwhile. */
  @Tag("faults")
  @Test
  void playsAVideoThatWasStartedBeforeItsPictureWasMade() throws IOException {
    Files.createFile(noPictures);
    String late = sendTo(server, "Late", Files.readAllBytes(SampleMedia.mp4()), "a.mp4");
    browser.go(server.uri("/photo/" + late));
    browser.driver().executeScript("document.querySelector('video').playbackRate = 0");
    browser.find("video[data-making]").click();
    browser.until("return !document.querySelector('video').paused");
    Files.delete(noPictures);
    browser.until(
        "const v = document.querySelector('video');"
            + " return !v.matches('[data-making]') && v.currentTime > 0.1");
    ApiClient.withKey(server).post("/api/photo/delete", Map.of("photo_id", late));
  }

  @Tag("faults")
  @Test
  void showsAPictureInTheConsoleOnceItIsMade() throws IOException {
    Files.createFile(noPictures);
    String late = sendTo(server, "Late", Files.readAllBytes(SampleMedia.mp4()), "a.mp4");
    browser.go(server.uri("/console"));
    browser.find("[name=key]").sendKeys(server.key());
    browser.find("#sign-in button").click();
    browser.find("#tab-photos").click();
    String picture = "document.getElementById('picture-%s')".formatted(late);
    browser.until("return " + picture + " !== null && !" + picture + ".src.includes('made=')");
    Files.delete(noPictures);
    browser.until("return " + picture + ".src.includes('made=') && " + picture + ".complete");
    browser.until("return " + picture + ".naturalWidth === 320");
    assertThat(browser.console()).isEmpty();
    ApiClient.withKey(server).post("/api/photo/delete", Map.of("photo_id", late));
  }

  @Tag("faults")
  @Test
  void goesThroughThePhotosByTheArrowKeys() {
    browser.go(server.uri("/photo/" + video));
    browser.find("body").sendKeys(Keys.ARROW_RIGHT);
    awaitTitle(NEWEST);
    look("photo");
    browser.find("body").sendKeys(Keys.ARROW_RIGHT);
    awaitTitle(SECOND);
    browser.find("body").sendKeys(Keys.ARROW_LEFT);
    awaitTitle(NEWEST);
  }

  @Tag("faults")
  @Test
  void searchesWithoutScripts() {
    browser.withoutScripts();
    browser.go(server.uri("/"));
    browser.find("#search input").sendKeys("sai");
    browser.find("#search button").click();
    browser.waiting().until(page -> page.getCurrentUrl().endsWith("/search?q=sai"));
    assertThat(browser.find("h1").getText()).isEqualTo("Results for “sai”");
    assertThat(browser.find("hgroup p").getText()).isEqualTo("27 photos and videos");
    assertThat(browser.find("#search input").getAttribute("value")).isEqualTo("sai");
    browser.find("a[rel=next]").click();
    browser.waiting().until(page -> page.getCurrentUrl().endsWith("/search?q=sai&p=2"));
    assertThat(photos()).isEqualTo(PHOTOS + 1 - 24);
  }

  @Tag("faults")
  @Test
  void saysThatNothingWasFound() {
    browser.go(server.uri("/search?q=storm"));
    look("search-none");
    browser.go(server.uri("/search?q=race"));
    assertThat(photos()).isEqualTo(1);
    look("search");
  }

  @Test
  void showsPhotosOverTheWholeWindowByKeys() {
    browser.go(server.uri("/photo/" + video));
    browser.find("a[rel=next]").click();
    awaitTitle(NEWEST);
    browser.find("main figure a").click();
    awaitShown(NEWEST);
    assertThat(browser.driver().getCurrentUrl()).doesNotContain("original");
    Looks.checkToo(browser, "gallery-viewer");
    key(Keys.ARROW_RIGHT);
    awaitShown(SECOND);
    awaitTitleOfPage(SECOND + " · " + SITE);
    key(Keys.ARROW_LEFT);
    awaitShown(NEWEST);
    key(Keys.ESCAPE);
    browser.until("return !document.getElementById('viewer').open");
    browser.until("return document.activeElement.id === 'enlarge'");
    awaitTitle(NEWEST);
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void playsAVideoOverTheWholeWindowAndOnOnItsPage() {
    browser.go(server.uri("/photo/" + video));
    browser.find("a[rel=next]").click();
    awaitTitle(NEWEST);
    browser.find("main figure a").click();
    awaitShown(NEWEST);
    key(Keys.ARROW_LEFT);
    awaitShown("The race");
    assertThat(browser.driver().getCurrentUrl()).endsWith("/photo/" + video);
    key(Keys.SPACE);
    browser.until("return document.querySelector('#viewer video').currentTime > 0.1");
    key(Keys.ESCAPE);
    browser.until("return !document.getElementById('viewer').open");
    browser.until("return document.activeElement.id === 'enlarge'");
    browser.until("return document.querySelector('main figure > video#shown').currentTime > 0");
    awaitTitle("The race");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void showsTheNextPhotoAtASwipeAndThePageWhenTheViewerIsClosed() {
    browser.show(Browser.Screen.PHONE);
    browser.go(server.uri("/photo/" + video));
    browser.find("a[rel=next]").click();
    awaitTitle(NEWEST);
    browser.find("#enlarge").click();
    awaitShown(NEWEST);
    swipe(300, 60);
    awaitShown(SECOND);
    swipe(60, 300);
    awaitShown(NEWEST);
    swipe(200, 180);
    browser.find("#viewer [data-go=next]").click();
    awaitShown(SECOND);
    browser.find("#viewer [data-act=close]").click();
    awaitTitle(SECOND);
    assertThat(browser.driver().findElements(By.cssSelector("main figure a > img#shown")))
        .hasSize(1);
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void showsAnAlbumByALinkThatEnds() {
    String link =
        ApiClient.withKey(server)
            .post("/api/album/get-view-link", Map.of("album_id", album))
            .xml("/response/url");
    browser.go(URI.create(link));
    assertThat(photos()).isEqualTo(24);
    look("link-album");
    browser.find(".photos li:nth-child(2) a").click();
    awaitTitle(NEWEST);
    browser.until("return document.getElementById('shown').naturalWidth === 900");
    look("link-photo");
    browser.find("#enlarge").click();
    awaitShown(NEWEST);
    assertThat(browser.console()).isEmpty();
  }

  private void awaitShown(String title) {
    browser.until(
        "const viewer = document.getElementById('viewer');"
            + " const shown = viewer.querySelector('#shown');"
            + " return viewer.open && shown !== null && viewer.contains(document.activeElement)"
            + " && document.getElementById('viewer-title').textContent === '"
            + title
            + "'");
  }

  private void awaitTitleOfPage(String title) {
    browser.until("return document.title === arguments[0]", title);
  }

  private void key(Keys key) {
    browser.driver().switchTo().activeElement().sendKeys(key);
  }

  /** A finger across the middle of the screen. */
  private void swipe(int from, int to) {
    touch("touchStart", from);
    touch("touchMove", (from + to) / 2);
    touch("touchMove", to);
    browser
        .driver()
        .executeCdpCommand(
            "Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
  }

  private void touch(String type, int x) {
    browser
        .driver()
        .executeCdpCommand(
            "Input.dispatchTouchEvent",
            Map.of("type", type, "touchPoints", List.of(Map.of("x", x, "y", 300))));
  }

  private void awaitTitle(String title) {
    browser.until("return document.querySelector('h1')?.innerText.trim() === arguments[0]", title);
  }

  @Tag("faults")
  @Test
  void showsATagAndAUserInDanish() {
    browser.speak("da");
    browser.go(server.uri("/tag?name=New+York"));
    assertThat(browser.find("hgroup p").getText())
        .isEqualTo("26 billeder og videoer · Hent alle (ZIP)");
    look("tag");
    browser.go(server.uri("/user/1"));
    look("user");
  }

  @Tag("faults")
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

  @Tag("faults")
  @Test
  void saysWhenThereIsNothing() {
    browser.go(server.uri("/photo/123456"));
    look("not-found");
    browser.go(server.uri("/no/such/page"));
    look("error");
  }

  @Tag("faults")
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
      String phone = sendTo(bare, "b", Files.readAllBytes(SampleMedia.hevc()), "b.mov");
      browser.go(bare.uri("/photo/" + phone));
      assertThat(browser.find("#making").getText()).contains("video/quicktime", "download");
      assertThat(browser.find("#unplayable").getText()).contains("cannot play");
    }
  }

  private static String sendTo(Server server, String title, byte[] file, String name) {
    Multipart form =
        new Multipart().field("title", title).field("publish", "1").file("file", name, "x/y", file);
    return ApiClient.withKey(server).post("/api/photo/upload", form).xml("/response/photo_id");
  }
}
