package slipway.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.faults.FaultyServer;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Sessions of people, on a closed site that is reached by https. */
@ParameterizedClass
@AnyContainer
class SessionIT {
  private static final String SITE = FaultyServer.SITE;
  private static final String COOKIE = "__Host-slipway_session=";

  @Parameter Container container;

  private static Server server;
  private static Catalogue site;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = FaultyServer.on(container).server();
    site = new Catalogue(server);
  }

  /** What the browser of a page of this site sends. */
  private static HttpRequest.Builder own(String path, String cookie) {
    return withCookie(path, cookie).header("Origin", SITE).header("X-Slipway-Session", "1");
  }

  private static HttpRequest.Builder withCookie(String path, String cookie) {
    HttpRequest.Builder request = ApiClient.of(server).request(path);
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  private static Answer send(HttpRequest.Builder request) {
    return ApiClient.of(server).send(request);
  }

  private static Answer post(HttpRequest.Builder request, String form) {
    return send(
        request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static Answer page(String path, String cookie) {
    return send(withCookie(path, cookie).GET());
  }

  private static String cookieOf(Answer answer) {
    String set = answer.header("Set-Cookie").orElseThrow(() -> new AssertionError(answer));
    return set.substring(0, set.indexOf(';'));
  }

  private static String signIn(String key) {
    Answer answer =
        post(own("/api/session/sign-in", null).header("Authorization", "Bearer " + key), "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return cookieOf(answer);
  }

  private static String enter(String returnUrl) {
    String token = site.make("session/get-token", "access_token", "return_url", returnUrl);
    return cookieOf(page("/api/session/redeem-token?session_token=" + token, null));
  }

  private static String credential(String level) {
    return site.make("credential/create", "key", "name", "A person", "level", level);
  }

  @Test
  void letsAVisitorIntoAClosedSiteOnceAndSendsOnToTheTokensOwnAddress() {
    String photo = site.photo();
    String token = site.make("session/get-token", "access_token", "return_url", "/photo/" + photo);
    String redeem = "/api/session/redeem-token?session_token=" + token;
    assertThat(page("/", null).status()).isEqualTo(403);
    Answer sent = page(redeem + "&return_url=https://evil.example/", null);
    assertThat(sent.status()).isEqualTo(302);
    assertThat(sent.header("Location")).contains(SITE + "/photo/" + photo);
    assertThat(sent.header("Cache-Control")).contains("no-store");
    assertThat(sent.header("Set-Cookie").orElseThrow())
        .matches(COOKIE + "[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Secure");
    String cookie = cookieOf(sent);
    assertThat(page("/photo/" + photo, cookie).status()).isEqualTo(200);
    assertThat(page("/", cookie).status()).isEqualTo(200);
    assertThat(page("/", "x=y; " + cookie).status()).isEqualTo(200);
    assertThat(page("/", COOKIE + "0".repeat(64)).status()).isEqualTo(403);
    Answer again = page(redeem, null);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(again.text()).contains("sign-in link is not valid");
    assertThat(again.header("Set-Cookie")).isEmpty();
  }

  @Test
  void letsAVisitorOutAgainByTheButtonOfEveryPage() {
    String photo = site.photo();
    String hidden = site.photo("publish", "0");
    String token = site.call("photo/list", "photo_id", hidden).xml("//photo/@token");
    String cookie = enter("/");
    for (String path : List.of("/", "/photo/" + photo, "/photo/" + hidden + "/" + token)) {
      assertThat(page(path, cookie).text()).contains("id=\"leave\"", "/sign-out.js\"");
    }
    assertThat(page("/photo/" + hidden + "/" + token, null).text()).doesNotContain("leave");
    assertThat(page("/assets/sign-out.js", null).text()).contains("api/session/sign-out");
    assertThat(post(own("/api/session/sign-out", cookie), "").status()).isEqualTo(200);
    assertThat(page("/", cookie).status()).isEqualTo(403);
  }

  @Test
  void letsAUserInWhoMayLookAndActsForNobodyElse() {
    String user = site.make("user/create", "user_id", "username", Catalogue.unique("u"));
    Answer issued =
        site.call(
            "user/get-login-token", "user_id", user, "return_url", "https://www.example.com/a");
    assertThat(issued.xml("/response/return_url")).isEqualTo("https://www.example.com/a");
    assertThat(issued.xml("/response/user_id")).isEqualTo(user);
    String token = issued.xml("/response/login_token");
    assertThat(page("/api/session/redeem-token?session_token=" + token, null).status())
        .isEqualTo(404);
    Answer reply =
        post(withCookie("/api/user/redeem-login-token", null), "format=json&login_token=" + token);
    assertThat(reply.json().getAsJsonObject("session").get("return_url").getAsString())
        .isEqualTo("https://www.example.com/a");
    String cookie = cookieOf(reply);
    assertThat(page("/", cookie).status()).isEqualTo(200);
    assertThat(post(own("/api/photo/list", cookie), "").xml("/response/@permission_level"))
        .isEqualTo("anonymous");
    assertThat(post(own("/api/site/usage", cookie), "").status()).isEqualTo(403);
    assertThat(site.call("session/revoke", "user_id", user).xml("/response/@message"))
        .isEqualTo("Sessions ended: 1");
    assertThat(page("/", cookie).status()).isEqualTo(403);
  }

  @Test
  void takesNoAddressThatWouldLeadElsewhere() {
    for (String url :
        new String[] {
          "//evil.example/",
          "/\\evil.example/",
          "https://evil.example/",
          "javascript:alert(1)",
          "a b"
        }) {
      Answer refused = site.call("session/get-token", "return_url", url);
      assertThat(refused.status()).as(url).isEqualTo(400);
      assertThat(refused.xml("/response/@message"))
          .contains("'return_url'")
          .containsPattern(
              "a path of this site.* or an absolute http or https URL|www.example.com");
    }
    assertThat(site.call("session/get-token").xml("/response/return_url")).isEqualTo("/");
    assertThat(site.call("session/get-token", "email", "a@b.c").xml("/response/@message"))
        .contains("'email' is not supported");
    String key = credential("admin");
    assertThat(ApiClient.of(server).withKey(key).get("/api/session/get-token").status())
        .isEqualTo(403);
  }

  @Test
  void neverTakesACookieAloneForTheApi() {
    String cookie = signIn(server.key());
    String path = "/api/site/usage";
    assertThat(post(own(path, cookie), "").xml("/response/@permission_level")).isEqualTo("super");
    assertThat(post(withCookie(path, cookie), "").status()).isEqualTo(403);
    assertThat(post(withCookie(path, cookie).header("Origin", SITE), "").status()).isEqualTo(403);
    HttpRequest.Builder bare = withCookie(path, cookie).header("X-Slipway-Session", "1");
    assertThat(post(bare, "").xml("/response/@code")).isEqualTo("permission_denied");
    for (String origin :
        new String[] {"https://evil.example", "null", "http://closed.example.com"}) {
      HttpRequest.Builder other =
          withCookie(path, cookie).header("X-Slipway-Session", "1").header("Origin", origin);
      assertThat(post(other, "").xml("/response/@code")).as(origin).isEqualTo("permission_denied");
    }
    assertThat(post(own(path, null), "").status()).isEqualTo(401);
  }

  @Test
  void neverGivesAScriptWhatASessionMaySee() {
    String cookie = signIn(server.key());
    for (String shape : new String[] {"callback=f", "varname=v"}) {
      Answer refused = post(own("/api/photo/list", cookie), "format=json&" + shape);
      assertThat(refused.status()).as(refused.text()).isEqualTo(403);
      assertThat(refused.text()).contains("permission_denied");
    }
    Multipart form =
        new Multipart()
            .field("format", "json")
            .field("callback", "f")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
    Answer upload =
        send(
            own("/api/photo/upload", cookie)
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    assertThat(upload.status()).as(upload.text()).isEqualTo(403);
    assertThat(ApiClient.withKey(server).get("/api/photo/list?format=json&callback=f").text())
        .startsWith("/**/f(");
  }

  @Test
  void signsInWithAKeyAndOutAndEndsWithIt() {
    String key = credential("write");
    String cookie = signIn(key);
    assertThat(page("/console", cookie).text()).contains("data-level=\"write\"");
    assertThat(post(own("/api/photo/list", cookie), "").xml("/response/@permission_level"))
        .isEqualTo("write");
    assertThat(post(own("/api/credential/list", cookie), "").status()).isEqualTo(403);
    assertThat(post(own("/api/session/sign-in", cookie), "").status()).isEqualTo(403);
    Answer out = post(own("/api/session/sign-out", cookie), "");
    assertThat(out.header("Set-Cookie").orElseThrow()).contains(COOKIE + ";", "Max-Age=0");
    assertThat(post(own("/api/photo/list", cookie), "").status()).isEqualTo(401);

    String other = signIn(key);
    String list = site.call("credential/list", "size", "100").text();
    String id = list.replaceAll("(?s).*credential_id=\"(\\d+)\".*", "$1");
    assertThat(site.call("credential/revoke", "credential_id", id).status()).isEqualTo(200);
    assertThat(post(own("/api/photo/list", other), "").status()).isEqualTo(401);
    assertThat(page("/", other).status()).isEqualTo(403);
  }

  @Test
  void signsInFromItsOwnPagesOnlyAndByNoLesserKey() {
    Answer elsewhere = ApiClient.withKey(server).post("/api/session/sign-in", Map.of());
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(elsewhere.header("Set-Cookie")).isEmpty();
    Answer none = post(own("/api/session/sign-out", null), "");
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.text()).contains("There is no session");
    HttpRequest.Builder reader =
        own("/api/session/sign-in", null).header("Authorization", "Bearer " + credential("read"));
    assertThat(post(reader, "").status()).isEqualTo(403);
  }

  @Test
  void endsTheSessionThatABrowserHadBefore() {
    String first = enter("/");
    String token = site.make("session/get-token", "access_token");
    page("/api/session/redeem-token?session_token=" + token, first);
    assertThat(page("/", first).status()).isEqualTo(403);
  }
}
