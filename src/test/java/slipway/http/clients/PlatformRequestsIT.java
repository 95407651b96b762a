package slipway.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import java.util.HashMap;
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
import slipway.harness.OAuthSigner;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Calls as the platform's own clients make them. */
@ParameterizedClass
@AnyContainer
class PlatformRequestsIT {
  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private Catalogue site() {
    return new Catalogue(server());
  }

  private Answer called(String authorization, String path) {
    ApiClient client = ApiClient.of(server());
    return client.send(client.request(path).header("Authorization", authorization));
  }

  /** node-23video signs with whatever it was given, even nothing; so does its command line. */
  @ParameterizedTest
  @ValueSource(strings = {"undefined", ""})
  void takesACallThatIsSignedWithoutAKeyAsAnAnonymousOne(String key) {
    String header =
        "OAuth oauth_timestamp=\"1266711372\", oauth_nonce=\"a\", oauth_version=\"1.0\","
            + " oauth_signature_method=\"HMAC-SHA1\", oauth_consumer_key=\""
            + key
            + "\", oauth_signature=\"AAAA\"";
    Answer list = called(header, "/api/photo/list");
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(list.xml("/response/@permission_level")).isEqualTo("anonymous");
    assertThat(called(header, "/api/credential/list").status()).isEqualTo(403);
    assertThat(called(header + ", oauth_token=\"x\"", "/api/echo").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0A", "1.0a"})
  void takesTheRevisionsNameForTheVersion(String version) {
    OAuthSigner keys = OAuthSigner.of(server(), "read");
    String url = server().uri("/api/echo").toString();
    Map<String, String> version10 = Map.of("a", "b");
    Map<String, String> oauth =
        new HashMap<>(keys.sign("GET", url, version10, unique("n"), now(), version));
    Answer echo = called(OAuthSigner.header(oauth), "/api/echo?a=b");
    assertThat(echo.status()).as(echo.text()).isEqualTo(200);
    assertThat(echo.xml("/response/@permission_level")).isEqualTo("read");
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  @ParameterizedTest
  @CsvSource({
    "photo/list, player_id, 1",
    "photo/list, tag, sea",
    "photo/list, liveevent_id, 1",
    "photo/list, liveevent_stream_id, 1",
    "photo/list, custom_variable_mode, all",
    "user/create, password, secret",
  })
  void refusesByItsNameWhatIsNotSupported(String method, String parameter, String value) {
    site().assertRefused("invalid_input", 400, method, parameter, value);
    Answer refused = site().call(method, parameter, value);
    assertThat(refused.xml("/response/@message")).contains("'" + parameter + "' is not supported");
    assertThat(refused.text()).doesNotContain(">" + value + "<");
    Answer empty = site().call(method, parameter, "");
    assertThat(empty.text()).doesNotContain("not supported");
  }

  @Test
  void refusesByItsNameWhatFilesAndTokensDoNotSupport() {
    Answer updated =
        site().call("photo/update-upload-token", "upload_token", "x", "filename", "a.jpg");
    assertThat(updated.xml("/response/@message")).contains("'filename' is not supported");
    for (String kept : new String[] {"publish_date", "absolute_url", "user_id"}) {
      for (String method : new String[] {"photo/update", "photo/update-upload-token"}) {
        Answer refused = site().call(method, "photo_id", "1", "upload_token", "x", kept, "1");
        assertThat(refused.xml("/response/@message")).contains("'" + kept + "' is not supported");
      }
    }
    Answer license =
        site().call("photo/update-upload-token", "upload_token", "x", "license_id", "1");
    assertThat(license.xml("/response/@message")).contains("'license_id' is not supported");
  }

  /** The .NET library gives these with every call of its lists. */
  @Test
  void takesWhatTheDotNetLibraryAlwaysSays() {
    String tag = unique("t");
    String id = site().photo("tags", tag);
    assertThat(
            site()
                .visited(
                    "photo/list",
                    "photos",
                    "photo_id",
                    "prioritize_promoted_p",
                    "1",
                    "tags",
                    tag,
                    "include_unpublished_p",
                    "0",
                    "source",
                    "embed"))
        .containsExactly(id);
    site().assertRefused("invalid_input", 400, "photo/list", "prioritize_promoted_p", "yes");
    Answer changed = site().call("photo/update", "photo_id", id, "publish", "0");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(site().listed("photo/list", "photos", "published_p", "photo_id", id))
        .containsExactly("0");
  }

  @Test
  void makesUsersWithTimeZoneAndMark() {
    String name = unique("u");
    Answer made =
        site()
            .call(
                "user/create",
                "username",
                name,
                "full_name",
                "Ann",
                "timezone",
                "CET",
                "site_admin",
                "1");
    assertThat(made.xml("/response/timezone")).isEqualTo("CET");
    assertThat(made.xml("/response/site_admin")).isEqualTo("t");
    assertThat(made.xml("/response/full_name")).isEqualTo("Ann");
    assertThat(made.xml("/response/url")).isEqualTo("/user/" + made.xml("/response/user_id"));
    Answer plain = site().call("user/create", "username", unique("u"));
    assertThat(plain.xml("/response/timezone")).isEqualTo("Etc/UTC");
    assertThat(plain.xml("/response/site_admin")).isEqualTo("f");
    site()
        .assertRefused(
            "invalid_input",
            400,
            "user/create",
            "username",
            unique("u"),
            "timezone",
            "Mars/Olympus");
  }

  @Test
  void listsTheOneUserAndOrdersThem() {
    String word = unique("o");
    String b = user(word + "b", "Anna " + word, "a@b.test");
    String a = user(word + "a", "Zoe " + word, "z@b.test");
    assertThat(site().visited("user/list", "users", "user_id", "user_id", a)).containsExactly(a);
    site().assertRefused("no_such_user", 404, "user/list", "user_id", "99999999");
    assertThat(users("search", word)).containsExactly(a, b);
    assertThat(users("search", word, "order", "asc")).containsExactly(b, a);
    assertThat(users("search", word, "orderby", "username")).containsExactly(b, a);
    assertThat(users("search", word, "orderby", "creation_date")).containsExactly(a, b);
    assertThat(users("search", word, "orderby", "email", "order", "asc")).containsExactly(b, a);
    assertThat(users("search", word, "orderby", "site_admin_p")).containsExactly(b, a);
    site().assertRefused("invalid_input", 400, "user/list", "orderby", "shoe_size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "last_login"})
  void ordersByWhatIsForAdminsForThemAlone(String order) {
    assertThat(site().visit("user/list", "orderby", order).status()).isEqualTo(403);
    assertThat(site().call("user/list", "orderby", order).status()).isEqualTo(200);
  }

  @Test
  void ordersUsersByTheirLastLogin() {
    String word = unique("l");
    String never = user(word + "n", "N " + word, "n@b.test");
    String first = user(word + "f", "F " + word, "f@b.test");
    String second = user(word + "s", "S " + word, "s@b.test");
    assertThat(users("search", word, "orderby", "last_login"))
        .containsExactly(second, first, never);
    logIn(second);
    logIn(first);
    assertThat(users("search", word, "orderby", "last_login"))
        .containsExactly(first, second, never);
    assertThat(users("search", word, "orderby", "last_login", "order", "asc"))
        .containsExactly(never, second, first);
  }

  private void logIn(String user) {
    String token = site().make("user/get-login-token", "login_token", "user_id", user);
    Answer answer = site().visit("user/redeem-login-token", "login_token", token, "format", "json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private String user(String name, String displayName, String email) {
    return site()
        .make(
            "user/create",
            "user_id",
            "username",
            name,
            "display_name",
            displayName,
            "email",
            email);
  }

  private List<String> users(String... parameters) {
    return site().listed("user/list", "users", "user_id", parameters);
  }

  @Test
  void givesTheCallersOwnUserWithoutANumber() {
    String id = user(unique("own"), "Own", "");
    Answer made = site().call("credential/create", "name", "own", "level", "read", "user_id", id);
    ApiClient own = ApiClient.of(server()).withKey(made.xml("/response/key"));
    assertThat(own.get("/api/user/get").xml("/response/user_id")).isEqualTo(id);
    assertThat(site().visit("user/get").status()).isEqualTo(400);
  }

  @Test
  void listsTagsAsPeopleWriteThem() {
    String plain = unique("plain");
    String machine = plain + ":Santa-Claus";
    site().photo("tags", plain + " " + machine);
    Map<String, String> all = new LinkedHashMap<>(Map.of("search", plain, "format", "json"));
    assertThat(tags(all)).containsExactly(plain, machine);
    assertThat(tags(with(all, "exclude_machine_tags_p"))).containsExactly(plain);
    assertThat(tags(with(all, "reformat_tags_p"))).containsExactly(plain, "Santa Claus");
    assertThat(tags(with(with(all, "exclude_machine_tags_p"), "reformat_tags_p")))
        .containsExactly(plain);
  }

  private static Map<String, String> with(Map<String, String> parameters, String flag) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(flag, "1");
    return more;
  }

  private List<String> tags(Map<String, String> parameters) {
    return site()
        .visited(
            "tag/list",
            "tags",
            "tag",
            parameters.entrySet().stream()
                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"and, 1", "all, 1", "any, 3", "or, 3"})
  void knowsBothNamesOfEachTagMode(String mode, int found) {
    String one = unique("m");
    String two = unique("n");
    site().photo("tags", one);
    site().photo("tags", two);
    site().photo("tags", one + " " + two);
    assertThat(
            site()
                .visited(
                    "photo/list", "photos", "photo_id", "tags", one + " " + two, "tag_mode", mode))
        .hasSize(found);
  }

  @Test
  void findsByTimeOfPublication() {
    String tag = unique("t");
    String june = site().photo("tags", tag, "publish_date", "2021-06-01 12:00:00");
    String july = site().photo("tags", tag, "publish_date", "2021-07-01 12:00:00");
    String august = site().photo("tags", tag, "publish_date", "2021-08-01 12:00:00");
    assertThat(found(tag, "after_time", "2021-07-01 12:00:00")).containsExactly(august, july);
    assertThat(found(tag, "before_time", "2021-07-01T12:00:00Z")).containsExactly(june);
    assertThat(found(tag, "after_time", "2021-06-15", "before_time", "2021-07-15"))
        .containsExactly(july);
    assertThat(found(tag, "after_time", "2021-07-01", "year", "2021", "month", "7"))
        .containsExactly(july);
    assertThat(found(tag, "after_time", "2021-09-01")).isEmpty();
    site().assertRefused("invalid_input", 400, "photo/list", "after_time", "yesterday");
  }

  private List<String> found(String tag, String... more) {
    Map<String, String> all = Catalogue.map(more);
    all.put("tags", tag);
    all.put("format", "json");
    return site()
        .listed(
            "photo/list",
            "photos",
            "photo_id",
            all.entrySet().stream()
                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                .toArray(String[]::new));
  }

  @Test
  void findsWhatSharesATagAndWhatAFileIs() {
    String tag = unique("t");
    String one = site().photo("tags", tag);
    String two = site().photo("tags", tag + " other");
    String hidden = site().photo("tags", tag, "publish", "0");
    assertThat(site().visited("photo/list", "photos", "photo_id", "related_to_photo_id", one))
        .containsExactly(two);
    assertThat(site().visit("photo/list", "related_to_photo_id", hidden).xml("/response/@code"))
        .isEqualTo("token_required");
    assertThat(site().listed("photo/list", "photos", "photo_id", "related_to_photo_id", hidden))
        .containsExactly(two, one);
    site().assertRefused("no_such_photo", 404, "photo/list", "related_to_photo_id", "99999999");
    for (String none : new String[] {"audio_p", "text_only_p", "promoted_p", "video_encoded_p"}) {
      assertThat(found(tag, none, "1")).as(none).isEmpty();
    }
    for (String all : new String[] {"audio_p", "text_only_p", "promoted_p"}) {
      assertThat(found(tag, all, "0")).as(all).containsExactly(two, one);
    }
    assertThat(site().visit("photo/list", "video_encoded_p", "1").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "views",
        "comments",
        "taken",
        "title",
        "words",
        "rating",
        "created",
        "uploaded",
        "published"
      })
  void knowsEveryOrderOfThePlatform(String order) {
    String tag = unique("t");
    String one = site().photo("tags", tag, "title", "a", "description", "<p>Alpha</p>");
    String two = site().photo("tags", tag, "title", "b", "description", "<p>beta</p>");
    assertThat(found(tag, "orderby", order)).containsExactly(two, one);
    assertThat(found(tag, "orderby", order, "order", "asc")).containsExactly(one, two);
  }

  @Test
  void listsAnUnpublishedPhotoToWhoMayRead() {
    String id = site().photo("publish", "0");
    assertThat(site().listed("photo/list", "photos", "photo_id", "photo_id", id))
        .containsExactly(id);
    Answer visited = site().visit("photo/list", "photo_id", id);
    assertThat(visited.status()).isEqualTo(403);
    assertThat(visited.xml("/response/@code")).isEqualTo("token_required");
  }
}
