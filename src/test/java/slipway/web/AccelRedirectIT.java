package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Docs;
import slipway.harness.Multipart;
import slipway.harness.Nginx;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;

/** Files that the proxy in front sends. */
@ParameterizedClass
@AnyContainer
class AccelRedirectIT {
  private static final String PREFIX = SharedServers.ACCEL;
  private static final String HEADER = "X-Accel-Redirect";
  private static final Pattern LOCATION =
      Pattern.compile("(?s)  location " + PREFIX + " \\{.*?\n  }\n");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type",
          "Content-Disposition",
          "Content-Security-Policy",
          "X-Content-Type-Options",
          "Cross-Origin-Resource-Policy",
          "Referrer-Policy",
          "ETag",
          "Last-Modified",
          "Cache-Control");

  private static Server server;
  private static byte[] jpeg;
  private static String path;

  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) throws IOException {
    server = SharedServers.branded(container);
    jpeg = SampleMedia.largeJpeg(300_000).get().readAllBytes();
    path = original(server);
  }

  private static String original(Server server) {
    Answer answer =
        ApiClient.withKey(server)
            .post("/api/photo/upload", new Multipart().file("file", "ø.jpg", "image/jpeg", jpeg));
    return "/"
        + answer.xml("/response/tree_id")
        + "/"
        + answer.xml("/response/photo_id")
        + "/"
        + answer.xml("/response/token")
        + "/original";
  }

  private static Answer get(ApiClient by, String header, String value) {
    return by.send(by.request(path).header(header, value).GET());
  }

  private static Answer head(ApiClient by) {
    return by.send(by.request(path).method("HEAD", BodyPublishers.noBody()));
  }

  /** What a front does that follows the header: it has the prefix for the media folder. */
  private static byte[] followed(Answer answer) throws IOException {
    String name = answer.header(HEADER).orElseThrow();
    assertThat(name).matches(PREFIX + "\\d{1,2}/[0-9a-f]{32}");
    assertThat(answer.body()).isEmpty();
    Path media = server.data().resolve("media");
    return Files.readAllBytes(media.resolve(name.substring(PREFIX.length())));
  }

  @Test
  void areNamedToTheFrontWithAllTheirHeaders() throws IOException {
    ApiClient api = ApiClient.of(server);
    Answer answer = api.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(followed(answer)).isEqualTo(jpeg);
    for (String header : HEADERS) {
      assertThat(answer.header(header)).as(header).isPresent();
    }
    assertThat(followed(get(api, "Range", "bytes=5-9"))).isEqualTo(jpeg);
  }

  @Test
  void areNotNamedWhereNoFileIsToBeSent() {
    ApiClient api = ApiClient.of(server);
    Answer head = head(api);
    assertThat(head.header("Content-Length")).contains(Integer.toString(jpeg.length));
    Answer same = get(api, "If-None-Match", head.header("ETag").orElseThrow());
    assertThat(same.status()).isEqualTo(304);
    Answer beyond = get(api, "Range", "bytes=" + jpeg.length + "-");
    assertThat(beyond.status()).isEqualTo(416);
    Answer other = api.get(path.replaceFirst("/\\w{32}/", "/" + "A".repeat(32) + "/"));
    assertThat(other.status()).isEqualTo(404);
    for (Answer answer : List.of(head, same, beyond, other)) {
      assertThat(answer.header(HEADER)).isEmpty();
    }
  }

  @Test
  void areNotNamedBecauseARequestAsksForIt() {
    Server plain = SharedServers.cramped(container);
    ApiClient api = ApiClient.of(plain);
    Answer answer =
        api.send(
            api.request(original(plain))
                .header(HEADER, "yes")
                .header("X-Accel-Mapping", "/=" + PREFIX)
                .header("X-Sendfile-Type", HEADER)
                .GET());
    assertThat(answer.header(HEADER)).isEmpty();
    assertThat(answer.body()).isEqualTo(jpeg);
  }

  /** The docs' own lines. */
  private static String location() throws IOException {
    Optional<MatchResult> found =
        LOCATION.matcher(Docs.page("operations").text()).results().findFirst();
    return found
        .orElseThrow()
        .group()
        .replace("/var/lib/slipway/media/", server.data().resolve("media") + "/");
  }

  @Test
  void areSentByNginxAsByTheServer() throws IOException {
    try (Nginx nginx = Nginx.before(server, location())) {
      ApiClient client = nginx.client().below(SharedServers.PATH + "/");
      Answer whole = client.get(path);
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(jpeg);
      assertThat(whole.header("Content-Length")).contains(Integer.toString(jpeg.length));
      Answer own = ApiClient.of(server).get(path);
      for (String header : HEADERS) {
        assertThat(whole.headers().allValues(header))
            .as(header)
            .isEqualTo(own.headers().allValues(header));
      }
      assertThat(whole.headers().allValues("Accept-Ranges")).containsExactly("bytes");
      assertThat(whole.header(HEADER)).isEmpty();
      assertThat(whole.header("X-Request-Id")).isPresent();
      assertRanges(client, whole.header("ETag").orElseThrow());
      Answer inside = nginx.client().get(own.header(HEADER).orElseThrow());
      assertThat(inside.status()).isEqualTo(404);
      takesNoAddressOfAVisitor(client);
    }
  }

  private static void takesNoAddressOfAVisitor(ApiClient client) {
    Answer site =
        client.send(
            client
                .request("/api/site/get?format=json")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "ftp")
                .header("Forwarded", "host=evil.example")
                .header("X-Request-Id", "mine")
                .GET());
    assertThat(site.status()).isEqualTo(200);
    assertThat(site.text()).contains("127.0.0.1").doesNotContain("evil");
    assertThat(site.header("X-Request-Id").orElseThrow()).isNotEqualTo("mine");
  }

  private static void assertRanges(ApiClient client, String etag) {
    Answer part = get(client, "Range", "bytes=100-199");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).contains("bytes 100-199/" + jpeg.length);
    assertThat(part.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(jpeg, 100, 200));
    Answer several = get(client, "Range", "bytes=0-1,5-6");
    assertThat(several.status()).isEqualTo(200);
    assertThat(several.body()).isEqualTo(jpeg);
    assertThat(get(client, "Range", "bytes=" + jpeg.length + "-").status()).isEqualTo(416);
    assertThat(get(client, "If-None-Match", etag).status()).isEqualTo(304);
    assertThat(get(client, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(get(client, "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT").status())
        .isEqualTo(200);
    Answer resumed =
        client.send(
            client.request(path).header("Range", "bytes=5-9").header("If-Range", etag).GET());
    assertThat(resumed.status()).isEqualTo(206);
    Answer anew =
        client.send(
            client.request(path).header("Range", "bytes=5-9").header("If-Range", "\"x\"").GET());
    assertThat(anew.status()).isEqualTo(200);
    assertThat(anew.body()).isEqualTo(jpeg);
    Answer head = head(client);
    assertThat(head.header("Content-Length")).contains(Integer.toString(jpeg.length));
  }
}
