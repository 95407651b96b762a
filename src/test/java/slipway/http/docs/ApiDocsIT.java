package slipway.http.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Docs;
import slipway.harness.Receiver;
import slipway.harness.Run;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** The docs about the API are true: the levels of methods, and code, run as it is there. */
class ApiDocsIT {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z]+)` \\|([^|]*)\\| [^|]+ \\|$");
  private static final Pattern CODE = Pattern.compile("`([a-z-]+(?:/[a-z-]+)*)`");
  private static final Pattern LEVEL = Pattern.compile("Required level: ([a-z]+)\\.");

  private static final Server SERVER = Server.shared(Container.JETTY_12);
  private static String secret;
  private static Receiver.Got event;

  @TempDir private Path folder;

  /** A header and body, and whether they are from Slipway; without a header where it is null. */
  private record Case(String what, String key, String header, String body, boolean isRight) {
    String line() {
      return key + " " + (header == null ? "-" : encoded(header)) + " " + encoded(body);
    }

    private static String encoded(String text) {
      return "+" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
  }

  @BeforeAll
  static void receive() throws InterruptedException {
    Catalogue site = new Catalogue(SERVER);
    try (Receiver receiver = new Receiver()) {
      Answer hook =
          site.call("webhook/create", "url", receiver.url("/hook"), "types", "photo.uploaded");
      secret = hook.xml("/response/secret");
      site.photo("title", "På havet");
      event = receiver.next();
      site.call("webhook/delete", "webhook_id", hook.xml("/response/webhook_id"));
    }
  }

  /** The least level of each method, as it declares it; {@code none} for those by a token. */
  private static Map<String, String> declared() {
    JsonObject paths =
        ApiClient.of(SERVER).get("/api/openapi.json").json().getAsJsonObject("paths");
    Map<String, String> levels = new TreeMap<>();
    for (String path : paths.keySet()) {
      if (path.startsWith("/api/")) {
        JsonObject post = paths.getAsJsonObject(path).getAsJsonObject("post");
        Matcher level = LEVEL.matcher(post.get("description").getAsString());
        levels.put(path.substring("/api/".length()), level.find() ? level.group(1) : "none");
      }
    }
    return levels;
  }

  @Test
  void tellsTheLevelOfEveryMethod() throws IOException {
    Map<String, String> told = new TreeMap<>();
    Set<String> rows = new TreeSet<>();
    for (MatchResult row :
        ROW.matcher(Docs.page("api").section("## What each level may do").text())
            .results()
            .toList()) {
      rows.add(row.group(1));
      CODE.matcher(row.group(2))
          .results()
          .forEach(method -> assertThat(told.put(method.group(1), row.group(1))).isNull());
    }
    assertThat(told).containsExactlyInAnyOrderEntriesOf(declared());
    assertThat(rows)
        .containsExactlyInAnyOrder("none", "anonymous", "read", "write", "admin", "super");
  }

  /** As the table says: a key of level write is not held to what its own user has made. */
  @Test
  void letsAWriteKeyDeleteThePhotoOfAnyUser() {
    Catalogue site = new Catalogue(SERVER);
    String key = site.make("credential/create", "key", "name", "a site", "level", "write");
    String owner = site.make("user/create", "user_id", "username", Catalogue.unique("u"));
    String photo = site.photo("user_id", owner);
    ApiClient writer = ApiClient.of(SERVER).withKey(key);
    for (String method : List.of("photo/update", "photo/delete")) {
      Answer answer =
          writer.post("/api/" + method, Catalogue.map("photo_id", photo, "title", "Theirs"));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  /** Two, and all of them in {@code mvn -Pfaults verify}. */
  private static Stream<Language> languages() {
    return AnyContainer.ALL ? Stream.of(Language.values()) : Stream.of(Language.PHP, Language.NODE);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void issuesTokens(Language language) throws IOException {
    List<String> command = new ArrayList<>(language.issuing(folder, SERVER.uri("/").toString()));
    command.addAll(List.of("https://www.example.com/back?a=1&b=2", "Sea & sun = 50%"));
    Run issued = Run.of(folder, command, "", Map.of("SLIPWAY_KEY", SERVER.key()));
    String token = issued.assertWell().output().strip();
    assertThat(token).matches("[0-9a-f]{40}");
    Catalogue site = new Catalogue(SERVER);
    Answer status = site.visit("upload-token/status", "upload_token", token);
    assertThat(status.xml("/response/state")).as(status.text()).isEqualTo("valid");
    Answer tokens = site.call("upload-token/list", "size", "100");
    String one = "/response/*[@upload_token='" + token + "']";
    assertThat(tokens.xml(one + "/@title")).as(tokens.text()).isEqualTo("Sea & sun = 50%");
    assertThat(tokens.xml(one + "/@return_url")).isEqualTo("https://www.example.com/back?a=1&b=2");

    Run refused = Run.of(folder, command, "", Map.of("SLIPWAY_KEY", "a-key-that-is-not-known"));
    assertThat(refused.status()).isNotZero();
    assertThat(refused.output()).contains("Unknown API key");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void saysWhatIsWrongWhereNoTokenCanBeHad(Language language) throws IOException {
    HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    proxy.createContext("/", ApiDocsIT::answerAsAProxy);
    proxy.start();
    try {
      String address = "http://127.0.0.1:" + proxy.getAddress().getPort() + "/";
      List<String> command = new ArrayList<>(language.issuing(folder, address));
      command.addAll(List.of("https://www.example.com/", "Sea"));
      Run answered = Run.of(folder, command, "", Map.of("SLIPWAY_KEY", "a-key"));
      assertThat(answered.status()).isNotZero();
      assertThat(answered.output()).contains("reply of Slipway");
      Run keyless = Run.of(folder, command, "", Map.of());
      assertThat(keyless.status()).isNotZero();
      assertThat(keyless.output()).contains("SLIPWAY_KEY");
    } finally {
      proxy.stop(0);
    }
  }

  private static void answerAsAProxy(HttpExchange exchange) throws IOException {
    byte[] page = "<!DOCTYPE html><title>502 Bad Gateway</title>".getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(502, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private static String sign(String key, long t, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return "t=%d,v1=%s"
          .formatted(t, HexFormat.of().formatHex(mac.doFinal((t + "." + body).getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Case wrong(String what, String header) {
    return new Case(what, secret, header, event.body(), false);
  }

  private static List<Case> cases() {
    String header = event.header("Slipway-Signature");
    String body = event.body();
    String time = header.substring(0, header.indexOf(','));
    String hash = header.substring(header.indexOf(',') + 1);
    long now = Instant.now().getEpochSecond();
    return List.of(
        new Case("as it came", secret, header, body, true),
        new Case("not long ago", secret, sign(secret, now - 200, body), body, true),
        new Case("another secret", secret + "x", header, body, false),
        new Case("another body", secret, header, body + " ", false),
        new Case("an empty body", secret, header, "", false),
        wrong("no header", null),
        wrong("an empty header", ""),
        wrong("nonsense", "nonsense"),
        wrong("no hash", time),
        wrong("no time", hash),
        wrong("an empty time", "t=," + hash),
        wrong("a time that is no number", "t=abc," + hash),
        wrong("a time of other digits", "t=١٢٣," + hash),
        wrong("a time without end", "t=" + "9".repeat(40) + "," + hash),
        wrong("an empty hash", time + ",v1="),
        wrong("a short hash", header.substring(0, header.length() - 1)),
        wrong("a hash of other letters", time + ",v1=" + "é".repeat(64)),
        wrong("another hash", time + ",v1=" + "0".repeat(64)),
        wrong("a line more", header + "\n"),
        wrong("a line before", "x\n" + header),
        wrong("long ago", sign(secret, now - 400, body)),
        wrong("in a while", sign(secret, now + 400, body)));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void checksSignatures(Language language) throws IOException {
    List<String> command = language.checking(folder);
    List<Case> cases = cases();
    String lines = cases.stream().map(each -> each.line() + "\n").collect(joining());
    List<String> said =
        Run.of(folder, command, lines).assertWell().output().strip().lines().toList();
    assertThat(said).as("one answer for each").hasSameSizeAs(cases);
    Map<String, Boolean> right = new LinkedHashMap<>();
    Map<String, Boolean> given = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      right.put(cases.get(i).what(), cases.get(i).isRight());
      given.put(cases.get(i).what(), said.get(i).equalsIgnoreCase("true"));
    }
    assertThat(given).isEqualTo(right);
  }
}
