package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;

/**
 * A site's day, in which each method of the API is called at least once, and tells what the ones
 * before it have done. Comments are to be on.
 */
public final class EveryMethod {
  private static final byte[] PNG = SampleMedia.png(30, 30);
  private static final byte[] OTHER = SampleMedia.png(31, 30);
  private static final String RETURN = "http://www.example.com/back";
  private static final String SRT = "1\n00:00:01,000 --> 00:00:02,000\nA line\n";

  /** A call as it was made, which may be made again. */
  public record Call(String method, Function<ApiClient, Answer> act) {}

  private final Supplier<ApiClient> servers;
  private final String key;
  private final List<Call> calls = new ArrayList<>();

  /**
   * The day of one site.
   *
   * @param servers a client of the server that gets the next call
   * @param key of level super
   */
  public EveryMethod(Supplier<ApiClient> servers, String key) {
    this.servers = servers;
    this.key = key;
  }

  /** All calls that were made. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The methods that were called. */
  public Set<String> methods() {
    Set<String> methods = new TreeSet<>();
    calls.forEach(call -> methods.add(call.method()));
    return methods;
  }

  private Answer call(String method, Function<ApiClient, Answer> act) {
    calls.add(new Call(method, act));
    return act.apply(servers.get());
  }

  private Answer well(Answer answer) {
    assertThat(answer.status())
        .as("%s: %s", calls.get(calls.size() - 1).method(), answer)
        .isEqualTo(200);
    return answer;
  }

  /** Has the site's server do something, as it must. */
  private Answer site(String method, String... parameters) {
    Map<String, String> all = Catalogue.map(parameters);
    return well(call(method, client -> client.withKey(key).post("/api/" + method, all)));
  }

  private Answer site(String method, Multipart form) {
    return well(call(method, client -> client.withKey(key).post("/api/" + method, form)));
  }

  /** The same of somebody without a key. */
  private Answer visit(String method, String... parameters) {
    Map<String, String> all = Catalogue.map(parameters);
    return well(call(method, client -> client.get("/api/" + method, all)));
  }

  private void assertGone(String method, String... parameters) {
    Map<String, String> all = Catalogue.map(parameters);
    Answer answer = call(method, client -> client.withKey(key).get("/api/" + method, all));
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
  }

  private static Multipart file(byte[] png) {
    return new Multipart().file("file", "a.png", "image/png", png);
  }

  /** Lives it. */
  public void live() {
    site("site/get");
    assertThat(visit("echo", "a", "b").text()).contains("b");
    visit("license/list");
    String user = users();
    String album = albums(user);
    String photo = token(album);
    photos(photo, album);
    links();
    popularity(photo);
    comments(photo);
    video();
    webhooks(photo);
    keys();
    sessions(user);
    ends(photo, album);
  }

  private String users() {
    String user = site("user/create", "username", Catalogue.unique("u")).xml("/response/user_id");
    site("user/update", "user_id", user, "full_name", "Ada");
    assertThat(site("user/get", "user_id", user).text()).contains("Ada");
    assertThat(site("user/list", "user_id", user).text()).contains("Ada");
    return user;
  }

  private String albums(String user) {
    String album =
        site("album/create", "title", "First", "user_id", user).xml("/response/album_id");
    site("album/update", "album_id", album, "title", "Second");
    assertThat(visit("album/list", "album_id", album).xml("//album/@title")).isEqualTo("Second");
    return album;
  }

  /** The photo that is uploaded with one. */
  private String token(String album) {
    String token =
        site(
                "photo/get-upload-token",
                "return_url",
                RETURN,
                "album_id",
                album,
                "publish",
                "1",
                "tags",
                "dawn dusk",
                "max_uploads",
                "2")
            .xml("/response/upload_token");
    assertThat(left(token)).isEqualTo("2");
    Multipart form = file(PNG).field("upload_token", token);
    Answer back =
        call(
            "photo/redeem-upload-token",
            client -> client.post("/api/photo/redeem-upload-token", form));
    String photo = back.locationParameters().get("photo_id");
    assertThat(photo).as(back.text()).isNotNull();
    assertThat(left(token)).isEqualTo("1");
    well(
        call(
            "photo/update-upload-token",
            client ->
                client.post(
                    "/api/photo/update-upload-token",
                    Map.of("upload_token", token, "title", "Later"))));
    assertThat(title(photo)).isEqualTo("Later");
    assertThat(site("upload-token/list").text()).contains(token);
    site("upload-token/revoke", "upload_token", token);
    Map<String, String> revoked = Map.of("upload_token", token);
    Answer status =
        call("upload-token/status", client -> client.get("/api/upload-token/status", revoked));
    assertThat(status.status()).as(status.text()).isEqualTo(404);
    return photo;
  }

  private String left(String token) {
    return visit("upload-token/status", "upload_token", token).xml("/response/uploads_left");
  }

  private String title(String photo) {
    return listed(photo, "title");
  }

  private String listed(String photo, String field) {
    return site("photo/list", "photo_id", photo, "include_unpublished_p", "1")
        .xml("//photo/@" + field);
  }

  private void photos(String photo, String album) {
    String other =
        site("photo/upload", file(PNG).field("title", "Own").field("album_id", album))
            .xml("/response/photo_id");
    site("photo/update", "photo_id", other, "title", "New", "tags", "dawn noon");
    assertThat(title(other)).isEqualTo("New");
    assertThat(visit("tag/list").text()).contains("noon");
    assertThat(visit("tag/related", "tag", "dawn").text()).contains("noon");
    site("photo/replace", file(OTHER).field("photo_id", other));
    assertOriginal(other, OTHER);
    String token =
        site("photo/get-replace-token", "return_url", RETURN, "photo_id", photo)
            .xml("/response/replace_token");
    Multipart form = file(OTHER).field("replace_token", token);
    Answer back =
        call(
            "photo/redeem-replace-token",
            client -> client.post("/api/photo/redeem-replace-token", form));
    assertThat(back.locationParameters()).as(back.text()).containsEntry("photo_id", photo);
    assertOriginal(photo, OTHER);
    site("photo/get-transcoding-progress", "photo_id", photo);
    assertThat(site("photo/get-view-link", "photo_id", photo).xml("/response/url"))
        .contains("/view/photo-" + photo + "-");
    assertThat(site("album/get-view-link", "album_id", album).xml("/response/url"))
        .contains("/view/album-" + album + "-");
    site("photo/scan", "photo_id", photo, "accept_p", "1");
    site("photo/delete", "photo_id", other);
    assertGone("photo/list", "photo_id", other, "include_unpublished_p", "1");
    assertThat(site("site/usage").text()).contains("photos");
    assertThat(site("set-aside/list").text()).contains("total_count");
    assertGone("set-aside/restore", "file_id", "2026-01-01T00-00-00Z/1/" + "0".repeat(32));
  }

  private void links() {
    String link = site("upload-link/create", "name", "A feast").xml("/response/upload_link");
    site("upload-link/update", "upload_link", link, "name", "A wedding");
    assertThat(site("upload-link/list").text()).contains("A wedding");
    Map<String, String> guest = Map.of("upload_link", link, "format", "json");
    Answer in =
        well(call("upload-link/redeem", client -> client.post("/api/upload-link/redeem", guest)));
    String token = in.json().getAsJsonObject("uploadtoken").get("upload_token").getAsString();
    assertThat(left(token)).isNotEmpty();
    site("upload-link/revoke", "upload_link", link);
    Answer ended =
        call("upload-link/redeem", client -> client.post("/api/upload-link/redeem", guest));
    assertThat(ended.status()).as(ended.text()).isEqualTo(404);
  }

  private void assertOriginal(String photo, byte[] png) {
    assertThat(servers.get().file(listed(photo, "original_download")).body()).isEqualTo(png);
  }

  private void popularity(String photo) {
    site("photo/rate", "photo_id", photo, "rating", "0.5");
    assertThat(site("photo/get-ratings", "photo_id", photo).text()).contains("0.5");
  }

  private void comments(String photo) {
    String comment =
        site(
                "comment/add",
                "object_id",
                photo,
                "object_type",
                "photo",
                "name",
                "Ada",
                "email",
                "ada@example.com",
                "content",
                "Fine",
                "approved_p",
                "0")
            .xml("//@comment_id | /response/comment_id");
    site("comment/approve", "comment_id", comment);
    assertThat(visit("comment/list", "object_id", photo, "object_type", "photo").text())
        .contains("Fine");
    site("comment/delete", "comment_id", comment);
    assertThat(visit("comment/list", "object_id", photo, "object_type", "photo").text())
        .doesNotContain("Fine");
  }

  private void video() {
    Multipart form =
        new Multipart()
            .field("publish", "1")
            .file("file", "a.mp4", "video/mp4", SampleMedia.bareMp4(500));
    Answer uploaded = site("photo/upload", form);
    String video = uploaded.xml("/response/photo_id");
    Multipart subtitle =
        new Multipart()
            .field("photo_id", video)
            .field("locale", "da")
            .file(
                "file",
                "a.srt",
                "text/plain",
                SRT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    site("photo/subtitle/upload", subtitle);
    assertThat(visit("photo/subtitle/list", "photo_id", video).text()).contains("da");
    assertThat(visit("photo/subtitle/data", "photo_id", video, "locale", "da").text())
        .contains("A line");
    site("photo/subtitle/remove", "photo_id", video, "locale", "da");
    assertThat(visit("photo/subtitle/list", "photo_id", video).xml("/response/@total_count"))
        .isEqualTo("0");
    String section =
        site("photo/section/create", "photo_id", video, "start_time", "0.1", "title", "Begin")
            .xml("/response/section_id");
    site("photo/section/update", "photo_id", video, "section_id", section, "title", "Middle");
    assertThat(visit("photo/section/list", "photo_id", video).text()).contains("Middle");
    Multipart picture = file(PNG).field("photo_id", video).field("section_id", section);
    call(
        "photo/section/set-thumbnail",
        client -> client.withKey(key).post("/api/photo/section/set-thumbnail", picture));
    site("photo/section/delete", "photo_id", video, "section_id", section);
    assertThat(visit("photo/section/list", "photo_id", video).text()).doesNotContain("Middle");
    call(
        "photo/frame",
        client ->
            client.get(
                "/api/photo/frame",
                Map.of("photo_id", video, "token", uploaded.xml("/response/token"), "time", "0")));
  }

  private void webhooks(String photo) {
    String webhook =
        site("webhook/create", "url", "https://www.example.com/hook").xml("/response/webhook_id");
    assertThat(site("webhook/list").text()).contains("https://www.example.com/hook");
    site("webhook/delete", "webhook_id", webhook);
    assertThat(site("webhook/list").text()).doesNotContain("https://www.example.com/hook");
    String event =
        site("event/list", "photo_id", photo).xml("//event[1]/@event_id | //event_id[1]");
    assertThat(site("event/get", "event_id", event).text()).contains(event);
    site("event/replay", "event_id", event);
  }

  /** Which other nodes know a moment later: they have them in memory. */
  private void keys() {
    String id =
        site("credential/create", "name", "Ada", "level", "read").xml("/response/credential_id");
    site("credential/list");
    call(
        "credential/revoke",
        client -> client.withKey(key).post("/api/credential/revoke", Map.of("credential_id", id)));
  }

  private void sessions(String user) {
    String token = site("session/get-token", "return_url", "/").xml("/response/access_token");
    Answer in =
        call(
            "session/redeem-token",
            client -> client.get("/api/session/redeem-token", Map.of("session_token", token)));
    assertThat(in.status()).as(in.text()).isEqualTo(302);
    String login =
        site("user/get-login-token", "user_id", user, "return_url", "/")
            .xml("/response/login_token");
    Answer also =
        call(
            "user/redeem-login-token",
            client -> client.get("/api/user/redeem-login-token", Map.of("login_token", login)));
    assertThat(also.status()).as(also.text()).isEqualTo(302);
    assertThat(site("session/revoke", "user_id", user).text()).contains("Sessions ended: 1");
    Answer signed =
        well(
            call(
                "session/sign-in",
                client ->
                    client.send(own(client, "sign-in").header("Authorization", "Bearer " + key))));
    String set = signed.header("Set-Cookie").orElseThrow();
    String cookie = set.substring(0, set.indexOf(';'));
    well(
        call(
            "session/sign-out",
            client -> client.send(own(client, "sign-out").header("Cookie", cookie))));
  }

  /** As a page of the site sends it. */
  private static HttpRequest.Builder own(ApiClient client, String method) {
    HttpRequest.Builder request = client.request("/api/session/" + method);
    URI uri = request.build().uri();
    return request
        .header("Origin", uri.getScheme() + "://" + uri.getAuthority())
        .header("X-Slipway-Session", "1")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(""));
  }

  private void ends(String photo, String album) {
    site("album/delete", "album_id", album);
    assertGone("album/list", "album_id", album);
    site("photo/delete", "photo_id", photo);
    assertGone("photo/list", "photo_id", photo, "include_unpublished_p", "1");
  }
}
