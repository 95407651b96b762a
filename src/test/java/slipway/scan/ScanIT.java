package slipway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.ManagedServer;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;
import slipway.http.Catalogue;
import slipway.http.upload.form.Visits;
import slipway.http.upload.tus.TusClient;
import slipway.scan.StubClamd.Mood;

/** A virus scanner stands between every door and the public. */
class ScanIT {
  private static ManagedServer managed;
  private static Server server;

  @BeforeAll
  static void start() {
    managed = ManagedServer.on(Container.TOMCAT_11);
    server = managed.server();
  }

  private static StubClamd clamd() {
    return managed.clamd();
  }

  @AfterEach
  void letGo() {
    clamd().letGo();
  }

  private static Catalogue site() {
    return new Catalogue(server);
  }

  private static ApiClient visitor() {
    return ApiClient.of(server);
  }

  private static byte[] infected() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(SampleMedia.jpeg(40, 30));
    file.write(StubClamd.VIRUS.getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private static Multipart form(byte[] file, String... fields) {
    Multipart form = new Multipart();
    map(fields).forEach(form::field);
    return form.file("file", "a.jpg", "image/jpeg", file);
  }

  /** What is said about the latest photo of an upload token, by anyone who holds that. */
  private static JsonObject status(String token) {
    Answer answer =
        visitor().get("/api/upload-token/status", map("upload_token", token, "format", "json"));
    JsonArray photos = answer.json().getAsJsonArray("photos");
    return photos.get(photos.size() - 1).getAsJsonObject();
  }

  /** What the super key is told about a photo. */
  private static JsonObject listed(String photoId) {
    return ApiClient.withKey(server)
        .get("/api/photo/list", map("photo_id", photoId, "format", "json"))
        .json()
        .getAsJsonObject("photo");
  }

  private static JsonObject awaitState(String photoId, String state) {
    Await.until(
        "photo " + photoId + " to be " + state,
        () -> listed(photoId).get("scan_state").getAsString().equals(state));
    return listed(photoId);
  }

  private static String id(JsonObject photo) {
    return photo.get("photo_id").getAsString();
  }

  private static String path(JsonObject photo, String file) {
    return String.join(
        "/",
        "",
        photo.get("tree_id").getAsString(),
        id(photo),
        photo.get("token").getAsString(),
        file);
  }

  private static Stream<JsonObject> events(String photoId) {
    JsonArray events =
        ApiClient.withKey(server)
            .get("/api/event/list", map("photo_id", photoId, "format", "json"))
            .json()
            .getAsJsonArray("events");
    return StreamSupport.stream(events.spliterator(), false).map(JsonElement::getAsJsonObject);
  }

  private static Stream<String> eventTypes(String photoId) {
    return events(photoId).map(event -> event.get("type").getAsString());
  }

  @Test
  void keepsAPhotoBackWhileItsVisitorGoesOnAndShowsItOnceItIsClean() {
    clamd().is(Mood.WAITING);
    String tag = unique("t");
    String token = new Visits(server).token("publish", "1", "tags", tag);
    Answer back = new Visits(server).redeem(Visits.jpeg(token));
    assertThat(back.status()).isIn(301, 302, 303);
    assertThat(back.locationParameters()).containsKey("photo_id");
    JsonObject photo = status(token);
    String id = id(photo);
    assertThat(photo.get("scan_state").getAsString()).isEqualTo("pending");
    assertThat(photo.get("published_p").getAsString()).isEqualTo("0");

    assertThat(visitor().get(path(photo, "original")).status()).isEqualTo(404);
    Answer large = visitor().get(path(photo, "large"));
    assertThat(large.header("Slipway-Rendition")).contains("waiting");
    assertThat(site().visited("photo/list", "photos", "photo_id", "tags", tag)).isEmpty();
    assertThat(site().visit("photo/list", "photo_id", id).status()).isEqualTo(403);
    assertThat(site().visited("tag/list", "tags", "tag", "search", tag)).isEmpty();
    Map<String, String> known = map("photo_id", id, "token", photo.get("token").getAsString());
    Answer progress = visitor().get("/api/photo/get-transcoding-progress", known);
    assertThat(progress.text()).contains("has not looked at the file yet");
    known.put("time", "0");
    Answer frame = visitor().get("/api/photo/frame", known);
    assertThat(frame.status()).isEqualTo(503);
    String page = "/photo/" + id + "/" + photo.get("token").getAsString();
    assertThat(visitor().get(page).text())
        .contains("being checked for viruses")
        .doesNotContain("/original");
    // What is requested meanwhile holds once the photo is released.
    assertThat(site().call("photo/update", "photo_id", id, "published_p", "1").status())
        .isEqualTo(200);
    assertThat(listed(id).get("published_p").getAsInt()).isZero();
    assertThat(visitor().get(path(photo, "original")).status()).isEqualTo(404);

    clamd().letGo();
    assertThat(awaitState(id, "clean").get("published_p").getAsInt()).isEqualTo(1);
    assertThat(visitor().get(path(photo, "original")).status()).isEqualTo(200);
    assertThat(site().visited("photo/list", "photos", "photo_id", "tags", tag)).containsExactly(id);
    assertThat(site().visited("tag/list", "tags", "tag", "search", tag)).containsExactly(tag);
    Await.until(
        "its renditions",
        () -> visitor().get(path(photo, "large")).header("Slipway-Rendition").isEmpty());
    assertThat(eventTypes(id).toList())
        .containsExactly("photo.updated", "photo.updated", "photo.uploaded");
  }

  /** A way for a file to come in. */
  private enum Way {
    DIRECT,
    FORM,
    FILE_FIRST,
    CHUNK,
    TUS,
    REPLACE,
    REPLACE_TOKEN
  }

  private static String send(Way way, byte[] file) {
    return switch (way) {
      case DIRECT ->
          ApiClient.withKey(server).post("/api/photo/upload", form(file)).xml("/response/photo_id");
      case FORM -> redeem(Visits.REDEEM, "upload_token", new Visits(server).token(), file, true);
      case FILE_FIRST ->
          redeem(Visits.REDEEM, "upload_token", new Visits(server).token(), file, false);
      case CHUNK -> chunk(new Visits(server).token(), file);
      case TUS -> {
        TusClient tus = new TusClient(server);
        String token = tus.token();
        assertThat(tus.patch(tus.created(token, file.length), 0, file).status()).isEqualTo(204);
        yield id(status(token));
      }
      case REPLACE -> {
        String id = clean();
        Answer replaced =
            ApiClient.withKey(server).post("/api/photo/replace", form(file, "photo_id", id));
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        yield id;
      }
      case REPLACE_TOKEN -> {
        String token =
            site()
                .call(
                    "photo/get-replace-token", "photo_id", clean(), "return_url", Visits.RETURN_URL)
                .xml("/response/replace_token");
        yield redeem("/api/photo/redeem-replace-token", "replace_token", token, file, true);
      }
    };
  }

  private static String redeem(
      String door, String field, String token, byte[] file, boolean isTokenFirst) {
    Multipart form = new Multipart();
    if (isTokenFirst) {
      form.field(field, token);
    }
    form.file("file", "a.jpg", "image/jpeg", file);
    if (!isTokenFirst) {
      form.field(field, token);
    }
    Answer back = visitor().post(door, form);
    assertThat(back.locationParameters()).as(back.text()).containsKey("photo_id");
    return back.locationParameters().get("photo_id");
  }

  private static String chunk(String token, byte[] file) {
    Answer sent =
        visitor()
            .post(
                Visits.REDEEM,
                form(
                    file,
                    "upload_token",
                    token,
                    "resumableChunkNumber",
                    "1",
                    "resumableChunkSize",
                    "1000000",
                    "resumableCurrentChunkSize",
                    Integer.toString(file.length),
                    "resumableTotalSize",
                    Integer.toString(file.length),
                    "resumableIdentifier",
                    "a",
                    "resumableFilename",
                    "a.jpg",
                    "resumableTotalChunks",
                    "1"));
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    return id(status(token));
  }

  private static String clean() {
    String id = site().photo("publish", "1");
    awaitState(id, "clean");
    return id;
  }

  @ParameterizedTest
  @EnumSource
  void neverShowsWhatIsInfectedByWhicheverWayItCame(Way way) throws IOException {
    String id = send(way, infected());
    JsonObject photo = awaitState(id, "infected");
    assertThat(photo.get("scan_reason").getAsString()).contains("Test.Virus-1");
    assertThat(photo.get("published_p").getAsInt()).isZero();
    assertThat(visitor().get(path(photo, "original")).status()).isEqualTo(404);
    assertThat(visitor().get(path(photo, "original?v=0")).status()).isEqualTo(404);
    assertThat(visitor().get(path(photo, "small")).header("Slipway-Rendition")).contains("failed");
    assertThat(eventTypes(id)).contains("photo.infected");
  }

  @Test
  void publishesAnInfectedPhotoOnlyWithAnotherFile() throws IOException {
    String id = send(Way.DIRECT, infected());
    JsonObject photo = awaitState(id, "infected");
    Answer refused = site().call("photo/update", "photo_id", id, "published_p", "1");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.xml("/response/@message")).contains("Test.Virus-1");
    assertThat(site().call("photo/update", "photo_id", id, "title", "b").status()).isEqualTo(200);
    Map<String, String> known =
        map("photo_id", id, "token", photo.get("token").getAsString(), "time", "0");
    assertThat(visitor().get("/api/photo/frame", known).status()).isEqualTo(403);
    assertThat(visitor().get("/photo/" + id + "/" + photo.get("token").getAsString()).text())
        .contains("found something in this file")
        .doesNotContain("/original");
    assertThat(visitor().get("/photo/" + id).status()).isEqualTo(404);
    ApiClient.withKey(server)
        .post("/api/photo/replace", form(SampleMedia.jpeg(30, 20), "photo_id", id));
    assertThat(awaitState(id, "clean").get("published_p").getAsInt()).isEqualTo(1);
    assertThat(visitor().get(path(listed(id), "original")).status()).isEqualTo(200);
  }

  @Test
  void letsAnAdministratorHaveAFileScannedAgainOrLetGo() throws IOException {
    String id = send(Way.DIRECT, infected());
    awaitState(id, "infected");
    int files = clamd().files();
    assertThat(site().call("photo/scan", "photo_id", id).status()).isEqualTo(200);
    Await.until("another scan", () -> clamd().files() > files);
    JsonObject photo = awaitState(id, "infected");
    Answer denied =
        site().caller("write").post("/api/photo/scan", map("photo_id", id, "accept_p", "1"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(site().call("photo/scan", "photo_id", id, "accept_p", "1").status()).isEqualTo(200);
    assertThat(listed(id).get("scan_state").getAsString()).isEqualTo("accepted");
    assertThat(listed(id).get("published_p").getAsInt()).isEqualTo(1);
    assertThat(visitor().get(path(photo, "original")).status()).isEqualTo(200);
    site().assertRefused("no_such_photo", 404, "photo/scan", "photo_id", "999999");
  }

  @Tag("faults")
  @Test
  void makesNoPictureOfAVideoThatWaits() throws IOException {
    Tool.require("ffmpeg");
    clamd().is(Mood.WAITING);
    Multipart form =
        new Multipart()
            .field("format", "json")
            .file("file", "a.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4()));
    JsonObject video =
        ApiClient.withKey(server).post("/api/photo/upload", form).json().getAsJsonObject("upload");
    Map<String, String> known =
        map("photo_id", id(video), "token", video.get("token").getAsString(), "time", "0");
    assertThat(visitor().get("/api/photo/frame", known).status()).isEqualTo(503);
    Answer poster = site().call("photo/replace", "photo_id", id(video), "time", "0");
    assertThat(poster.status()).isEqualTo(503);
    assertThat(poster.text()).contains("has not looked at the file yet");
    clamd().letGo();
    awaitState(id(video), "clean");
    Answer frame = visitor().get("/api/photo/frame", known);
    assertThat(frame.status()).isEqualTo(200);
    // Something is found in it by now: nobody is told that what he has of it is still good.
    String etag = frame.header("ETag").orElseThrow();
    clamd().is(Mood.FINDING);
    assertThat(site().call("photo/scan", "photo_id", id(video)).status()).isEqualTo(200);
    awaitState(id(video), "infected");
    String again = "/api/photo/frame?" + ApiClient.urlencoded(known);
    Answer other = visitor().send(visitor().request(again).header("If-None-Match", etag).GET());
    assertThat(other.status()).isEqualTo(403);
  }

  /** Nobody waits for it; once an administrator lets the file go, it is made after all. */
  @Tag("faults")
  @Test
  void makesNoCopyOfAVideoThatIsInfectedUntilItIsLetGo() throws IOException {
    Tool.require("ffmpeg");
    clamd().is(Mood.FINDING);
    Multipart form =
        new Multipart()
            .file("file", "a.mov", "video/quicktime", Files.readAllBytes(SampleMedia.hevc()));
    String id = ApiClient.withKey(server).post("/api/photo/upload", form).xml("/response/photo_id");
    awaitState(id, "infected");
    assertThat(videoState(id)).isEqualTo("failed");
    assertThat(site().call("photo/scan", "photo_id", id, "accept_p", "1").status()).isEqualTo(200);
    Await.until("the copy", () -> videoState(id).equals("done"));
  }

  private String videoState(String id) {
    return site()
        .call("photo/get-transcoding-progress", "photo_id", id)
        .xml("/response/video_state");
  }

  @Test
  void showsNoFrameOfAVideoThatIsOnItsWay() throws IOException {
    byte[] video = Files.readAllBytes(SampleMedia.mp4());
    TusClient tus = new TusClient(server);
    String token = tus.token();
    String upload = tus.created(token, video.length);
    tus.patch(upload, 0, Arrays.copyOf(video, video.length - 10));
    Answer frame = visitor().get("/api/photo/frame", map("upload_token", token, "time", "0"));
    assertThat(frame.status()).isEqualTo(503);
    assertThat(frame.text()).contains("scanned for viruses");
  }

  @Tag("faults")
  @Test
  void goesOnAfterARestartWithWhatWaitedForAScannerThatWasAway() throws IOException {
    int port = clamd().port();
    String well = "\"scanning\":\"ok\"";
    Await.until("the scanner to be well", () -> ready().contains(well));
    managed.loseClamd();
    String id = site().photo("publish", "1");
    Await.until("the failure to be told", () -> ready().contains("\"scanning\":\"failing\""));
    assertThat(listed(id).get("scan_state").getAsString()).isEqualTo("pending");
    server.restart();
    assertThat(listed(id).get("scan_state").getAsString()).isEqualTo("pending");
    assertThat(listed(id).get("published_p").getAsInt()).isZero();
    managed.findClamd(port);
    awaitState(id, "clean");
    assertThat(listed(id).get("published_p").getAsInt()).isEqualTo(1);
    Await.until("the scanner to be well again", () -> ready().contains(well));
  }

  private static String ready() {
    Answer ready = visitor().get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    return ready.text();
  }
}
