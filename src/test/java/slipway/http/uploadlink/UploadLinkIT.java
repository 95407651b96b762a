package slipway.http.uploadlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@AnyContainer
class UploadLinkIT {
  private static final String CREATE = "/api/upload-link/create";
  private static final String LIST = "/api/upload-link/list";
  private static final String UPDATE = "/api/upload-link/update";
  private static final String REVOKE = "/api/upload-link/revoke";
  private static final String REDEEM = "/api/upload-link/redeem";

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private ApiClient site() {
    return ApiClient.withKey(server());
  }

  private ApiClient guest() {
    return ApiClient.of(server());
  }

  private Visits visits() {
    return new Visits(server());
  }

  private String link(String... parameters) {
    Answer answer = site().post(CREATE, Visits.map(parameters));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_link");
  }

  private Answer change(String link, String... parameters) {
    Map<String, String> all = new LinkedHashMap<>(Map.of("upload_link", link));
    all.putAll(Visits.map(parameters));
    return site().post(UPDATE, all);
  }

  /** What the button of the link's page does. */
  private Answer press(String link, String... more) {
    Map<String, String> form = new LinkedHashMap<>(Map.of("upload_link", link));
    form.putAll(Visits.map(more));
    return guest().post(REDEEM, form);
  }

  private String token(String link, String... more) {
    Answer sentOn = press(link, more);
    assertThat(sentOn.status()).as(sentOn.text()).isEqualTo(302);
    assertThat(sentOn.header("Cache-Control")).contains("no-store");
    String path = sentOn.location().getPath();
    assertThat(path).startsWith("/upload/");
    return path.substring("/upload/".length());
  }

  private static String pathAndQuery(Answer sentOn) {
    return sentOn.location().getRawPath() + "?" + sentOn.location().getRawQuery();
  }

  private Answer page(String link) {
    return guest().get("/drop/" + link);
  }

  private JsonObject listed(String link) {
    JsonObject list = site().get(LIST, Map.of("format", "json", "size", "100")).json();
    for (var each : list.getAsJsonArray("uploadlinks")) {
      if (each.getAsJsonObject().get("upload_link").getAsString().equals(link)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("It is not listed");
  }

  private static String text(JsonObject of, String field) {
    return of.get(field).getAsString();
  }

  @Test
  void givesEachGuestATokenByItsButton() {
    String link = link("name", "Anna <i>&</i> Ben", "tags", "wedding", "publish", "0");
    Answer page = page(link);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("X-Robots-Tag")).contains("noindex");
    assertThat(page.text())
        .contains(">Anna &amp; Ben</h1>", "Closes in 29 days", "Up to 10 files of up to")
        .contains("value=\"" + link + "\"")
        .doesNotContain("type=\"password\"");

    String first = token(link);
    String second = token(link);
    assertThat(first).isNotEqualTo(second);
    assertThat(guest().get("/upload/" + first).text()).contains("Anna &amp; Ben");
    byte[] jpeg = SampleMedia.jpeg(20, 20);
    Map<String, String> back = visits().redeem(Visits.jpeg(first)).locationParameters();
    Answer redeemed = visits().redeem(Visits.jpeg(second));
    assertThat(redeemed.location().getPath()).isEqualTo("/drop/" + link);
    assertThat(guest().get(pathAndQuery(redeemed)).text())
        .contains("Thank you! Your files have arrived.", "Upload more files");
    Answer photo =
        site()
            .get(
                "/api/photo/list",
                Map.of("photo_id", back.get("photo_id"), "include_unpublished_p", "1"));
    assertThat(photo.xml("/response/photo/@published_p")).as(photo.text()).isEqualTo("0");

    JsonObject listed = listed(link);
    assertThat(text(listed, "name")).isEqualTo("Anna & Ben");
    assertThat(text(listed, "url")).isEqualTo(server().uri("/drop/" + link).toString());
    assertThat(text(listed, "state")).isEqualTo("open");
    assertThat(text(listed, "guests")).isEqualTo("2");
    assertThat(text(listed, "files")).isEqualTo("2");
    assertThat(Long.parseLong(text(listed, "bytes"))).isBetween(1L, 10L * jpeg.length);
    assertThat(text(listed, "uploads_in_progress")).isEqualTo("0");
    assertThat(server().log()).doesNotContain(link).doesNotContain(first);
  }

  @Test
  void givesNoTokenToWhateverOnlyLooks() {
    String link = link("return_url", "https://www.example.com/back");
    page(link);
    assertThat(guest().get(REDEEM + "?upload_link=" + link).status()).isEqualTo(405);
    assertThat(guest().get(REDEEM + "?format=json&upload_link=" + link).status()).isEqualTo(405);
    assertThat(text(listed(link), "guests")).isEqualTo("0");
    JsonObject told = press(link, "format", "json").json().getAsJsonObject("uploadtoken");
    assertThat(text(told, "return_url")).isEqualTo("https://www.example.com/back");
    assertThat(text(told, "max_uploads")).isEqualTo("10");
    assertThat(URI.create(text(told, "url")).getPath())
        .isEqualTo("/upload/" + text(told, "upload_token"));
    assertThat(text(listed(link), "guests")).isEqualTo("1");
  }

  @Test
  void takesNoMoreThanItsTotals() {
    String link = link("max_guests", "2", "max_files", "1", "max_uploads", "3");
    assertThat(page(link).text()).contains("<li>One file of up to");
    String first = token(link);
    assertThat(guest().get("/upload/" + first).text()).contains("max-files=\"1\"");
    String second = token(link);
    assertThat(press(link).location().getPath()).isEqualTo("/drop/" + link);
    assertThat(press(link, "format", "json").status()).isEqualTo(410);
    assertThat(page(link).status()).isEqualTo(410);
    assertThat(page(link).text()).contains("This link has received all that it takes.");
    assertThat(visits().redeem(Visits.jpeg(first)).locationParameters()).containsKey("photo_id");
    Answer refused = visits().redeem(Visits.jpeg(second));
    assertThat(refused.text()).contains("This link has received all that it takes.");
    Answer status = guest().get("/api/upload-token/status", Map.of("upload_token", second));
    assertThat(status.xml("/response/state")).isEqualTo("used_up");
    assertThat(guest().get("/upload/" + second).status()).isEqualTo(410);
    assertThat(text(listed(link), "state")).isEqualTo("full");

    assertThat(change(link, "max_files", "0", "max_guests", "3").status()).isEqualTo(200);
    assertThat(visits().redeem(Visits.jpeg(second)).locationParameters()).containsKey("photo_id");
    assertThat(page(link).status()).isEqualTo(200);
  }

  @Test
  void takesNoFileThatHasMoreBytesThanAreLeft() {
    String link = link("max_total_bytes", "400");
    String token = token(link);
    Answer refused = visits().redeem(Visits.jpeg(token));
    assertThat(refused.locationParameters())
        .containsEntry("error_code", "too_large")
        .containsEntry("error_message", "There is no room left for a file of this size.");
    assertThat(text(listed(link), "bytes")).isEqualTo("0");
    assertThat(text(listed(link), "uploads_in_progress")).isEqualTo("0");
    Answer created = created(token, 401);
    assertThat(created.status()).as(created.text()).isEqualTo(413);
  }

  @Test
  void tellsThoseToTryAgainForWhomUnfinishedUploadsHoldTheRoom() {
    byte[] jpeg = SampleMedia.jpeg(20, 20);
    long total = jpeg.length + 100L;
    String link = link("max_total_bytes", Long.toString(total), "max_files", "2");
    String token = token(link);
    Answer first = created(token, 200);
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    Answer other = created(token, total - 199);
    Answer form = visits().redeem(formOf(token, jpeg).field("format", "json"));
    for (Answer held : List.of(other, form)) {
      assertThat(held.status()).as(held.text()).isEqualTo(503);
      assertThat(text(held.json(), "code")).isEqualTo("upload_in_progress");
      assertThat(held.header("Retry-After")).contains("5");
    }
    assertThat(created(token, total + 1).status()).isEqualTo(413);
    assertThat(text(listed(link), "uploads_in_progress")).isEqualTo("1");

    assertThat(guest().send(tus(first.location().getPath()).DELETE()).status()).isEqualTo(204);
    assertThat(visits().redeem(formOf(token, jpeg)).locationParameters()).containsKey("photo_id");
    assertThat(page(link).text())
        .contains("Room for 100 bytes more in all", "One file of up to 100 bytes");
    assertThat(guest().get("/upload/" + token).text())
        .contains("Room for 100 bytes more in all", "max-bytes=\"100\"");
    assertThat(created(token, 101).status()).isEqualTo(413);
  }

  /** Its length, and so what it takes of the total, is known at its end only. */
  @Test
  void storesWhatHadNoRoomAtItsEndOnceThereIsSome() {
    byte[] jpeg = SampleMedia.jpeg(20, 20);
    String link = link("max_total_bytes", Integer.toString(jpeg.length));
    String token = token(link);
    String holder = created(token, 1).location().getPath();
    String upload = created(token, "Upload-Defer-Length", "1").location().getPath();
    HttpRequest.Builder all =
        tus(upload)
            .header("Upload-Offset", "0")
            .header("Upload-Length", Integer.toString(jpeg.length))
            .header("Content-Type", "application/offset+octet-stream")
            .method("PATCH", BodyPublishers.ofByteArray(jpeg));
    Answer held = guest().send(all);
    assertThat(held.status()).as(held.text()).isEqualTo(503);
    assertThat(text(held.json(), "code")).isEqualTo("upload_in_progress");
    assertThat(text(listed(link), "files")).isEqualTo("0");

    assertThat(guest().send(tus(holder).DELETE()).status()).isEqualTo(204);
    Answer there = guest().send(tus(upload).method("HEAD", BodyPublishers.noBody()));
    assertThat(there.status()).isEqualTo(200);
    assertThat(there.header("Upload-Offset")).contains(Integer.toString(jpeg.length));
    assertThat(text(listed(link), "files")).isEqualTo("1");
    assertThat(text(listed(link), "bytes")).isEqualTo(Integer.toString(jpeg.length));
  }

  private Answer created(String token, long bytes) {
    return created(token, "Upload-Length", Long.toString(bytes));
  }

  private Answer created(String token, String header, String value) {
    return guest()
        .send(
            tus("/files/")
                .header(header, value)
                .header("Upload-Metadata", "upload_token " + base64(token))
                .POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder tus(String path) {
    return guest().request(path).header("Tus-Resumable", "1.0.0");
  }

  @Test
  void saysOnItsPageWhyAFileWasRefused() {
    String link = link("max_bytes", "700");
    String token = token(link);
    assertThat(said(visits().redeem(formOf(token, SampleMedia.jpeg(200, 200)))))
        .contains("role=\"alert\">The file is too large. The limit is 700 bytes.<");
    assertThat(said(visits().redeem(formOf(token, "no picture".getBytes(StandardCharsets.UTF_8)))))
        .contains(">This file type (text/plain) is not accepted. Accepted: photos and videos.<");
    assertThat(said(visits().redeem(formOf(token, new byte[0])))).contains(">The file is empty.<");
    assertThat(guest().get("/drop/" + link + "?error_message=Call+1234+(a/b)").text())
        .contains(">The upload did not succeed. Please try again.<")
        .doesNotContain("1234");
  }

  private static Multipart formOf(String token, byte[] file) {
    return new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file);
  }

  /** The page that a guest without JavaScript comes back to. */
  private String said(Answer refused) {
    assertThat(refused.location()).as(refused.text()).isNotNull();
    Answer page = guest().get(pathAndQuery(refused));
    assertThat(page.status()).isEqualTo(200);
    return page.text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../console", "/www.example.com", "a\r\nSet-Cookie: b=c", "?photo_id=1"})
  void leadsNowhereByWhatIsNoLink(String id) {
    Answer refused = press(id);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.header("Location")).isEmpty();
    assertThat(refused.text()).isEqualTo("No upload link has this upload_link.");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void asksForAPassword() {
    String link = link("password", "orange blossom");
    assertThat(text(listed(link), "password_p")).isEqualTo("1");
    assertThat(page(link).text()).contains("type=\"password\"");
    Answer wrong = press(link, "password", "orange");
    assertThat(wrong.location().getPath()).isEqualTo("/drop/" + link);
    assertThat(guest().get(pathAndQuery(wrong)).text()).contains("This password is not right.");
    Answer missing = press(link);
    assertThat(missing.location().getPath()).isEqualTo("/drop/" + link);
    assertThat(missing.location().getQuery()).isNull();
    Answer told = press(link, "format", "json");
    assertThat(told.status()).isEqualTo(403);
    assertThat(text(told.json(), "code")).isEqualTo("permission_denied");
    assertThat(text(told.json(), "message")).contains("has a password");
    assertThat(text(listed(link), "guests")).isEqualTo("0");
    token(link, "password", "orange blossom");
    change(link, "password", "");
    assertThat(text(listed(link), "password_p")).isEqualTo("0");
    token(link);
  }

  @Test
  void changesWhatIsGivenAndKeepsTheRest() {
    String link =
        link("name", "Before", "title", "A title", "max_uploads", "2", "description", "<b>Hi</b>");
    assertThat(text(listed(link), "description")).isEqualTo("<b>Hi</b>");
    String end = Long.toString(Instant.now().plus(3, ChronoUnit.DAYS).getEpochSecond());
    Answer changed =
        change(link, "name", "After", "valid_until", end, "accept", "image/*", "max_bytes", "5000");
    assertThat(changed.xml("/response/name")).isEqualTo("After");
    assertThat(changed.xml("/response/title")).isEqualTo("A title");
    assertThat(changed.xml("/response/description")).isEqualTo("<b>Hi</b>");
    assertThat(changed.xml("/response/valid_until")).isEqualTo(end);
    assertThat(page(link).text())
        .contains("After", "Photos", "Up to 2 files of up to 5 kB each", "Closes in 2 days");
    assertThat(change(link, "title", "").xml("/response/title")).isEmpty();
    assertThat(change("0".repeat(40)).xml("/response/@code")).isEqualTo("no_such_upload_link");
  }

  @Test
  void endsALinkAndTheTokensItGave() {
    String link = link("name", "Short");
    String token = token(link);
    assertThat(site().post(REVOKE, Map.of("upload_link", link)).status()).isEqualTo(200);
    assertThat(site().post(REVOKE, Map.of("upload_link", link)).status()).isEqualTo(404);
    assertThat(page(link).status()).isEqualTo(404);
    assertThat(press(link, "format", "json").status()).isEqualTo(404);
    assertThat(guest().get("/upload/" + token).status()).isEqualTo(404);
    assertThat(visits().redeem(Visits.jpeg(token)).text())
        .contains("This upload link is not valid.");
    assertThat(text(listed(link), "state")).isEqualTo("withdrawn");
  }

  @Test
  void showsLinksToWhoMadeThemAndToAdmins() {
    String link = link("name", "Mine");
    Answer made =
        site().post("/api/credential/create", Map.of("name", "Another", "level", "write"));
    ApiClient another = guest().withKey(made.xml("/response/key"));
    assertThat(another.get(LIST, Map.of("size", "100")).text()).doesNotContain(link);
    Map<String, String> one = Map.of("upload_link", link);
    assertThat(another.post(UPDATE, one).xml("/response/@code")).isEqualTo("no_such_upload_link");
    assertThat(another.post(REVOKE, one).xml("/response/@code")).isEqualTo("no_such_upload_link");
    String own = another.post(CREATE, Map.of()).xml("/response/upload_link");
    assertThat(site().get(LIST, Map.of("size", "100")).text()).contains(own);
  }

  @ParameterizedTest
  @CsvSource({
    "valid_until, 2020-01-01",
    "valid_until, 2099-01-01",
    "max_uploads, 11",
    "valid_minutes, 14",
    "max_guests, -1",
    "return_url, javascript:alert(1)",
    "accept, text/plain",
    "album_id, 99999999",
  })
  void refusesWhatIsNotValid(String name, String value) {
    assertThat(site().post(CREATE, Map.of(name, value)).status()).isBetween(400, 404);
  }
}
