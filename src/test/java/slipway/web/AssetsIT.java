package slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class AssetsIT {
  private static final String UPLOADER = "/assets/slipway-upload.js";
  private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(/assets/[^\"]*)\"");

  @Parameter Container container;
  private ApiClient api;

  @BeforeEach
  void open() {
    api = ApiClient.of(Server.shared(container));
  }

  private Answer get(String path, String header, String value) {
    return api.send(api.request(path).header(header, value).GET());
  }

  private List<String> loadedBy(String page) {
    return LOADED.matcher(api.get(page).text()).results().map(at -> at.group(1)).toList();
  }

  private static byte[] unpacked(Answer answer) throws IOException {
    assertThat(answer.header("Content-Encoding")).contains("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return in.readAllBytes();
    }
  }

  @Test
  void arePackedAndKeptForEverByWhoVisitsThePages() throws IOException {
    List<String> paths = loadedBy("/try");
    assertThat(paths)
        .anyMatch(path -> path.matches("/assets/[0-9a-f]{16}/pico\\.min\\.css"))
        .anyMatch(path -> path.endsWith("/slipway.css"))
        .anyMatch(path -> path.endsWith("/slipway.svg"))
        .anyMatch(path -> path.endsWith("/try.js"));
    for (String path : paths) {
      Answer plain = api.get(path);
      Answer packed = get(path, "Accept-Encoding", "br, gzip");
      assertThat(plain.status()).as(path).isEqualTo(200);
      assertThat(plain.header("Content-Encoding")).as(path).isEmpty();
      assertThat(unpacked(packed)).as(path).isEqualTo(plain.body());
      for (Answer answer : List.of(plain, packed)) {
        assertThat(answer.header("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(answer.header("Content-Length")).contains("" + answer.body().length);
      }
    }
  }

  @Test
  void haveNamesThatFollowTheirContentAndLeadToTheNewestOfAnyVersion() {
    String path = loadedBy("/try").get(0);
    Answer now = api.get(path);
    Answer before = api.get(path.replaceFirst("[0-9a-f]{16}", "0123456789abcdef"));
    assertThat(before.status()).isEqualTo(200);
    assertThat(before.body()).isEqualTo(now.body());
    assertThat(before.header("Cache-Control")).contains("no-cache");
  }

  @Test
  void haveTheUploaderAsOneFileAtTheAddressToEmbed() throws IOException {
    Answer script = get(UPLOADER, "Accept-Encoding", "gzip");
    assertThat(script.header("Content-Type").orElseThrow()).startsWith("text/javascript");
    assertThat(script.header("Cache-Control")).contains("public, max-age=300");
    assertThat(script.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(script.header("Cross-Origin-Resource-Policy")).contains("cross-origin");
    assertThat(script.body()).hasSizeLessThan(24_000);
    String code = new String(unpacked(script), UTF_8);
    assertThat(code).doesNotContainPattern("(^|;)import\\b[^(.]");
    MatchResult map =
        Pattern.compile("sourceMappingURL=(.*)").matcher(code).results().findFirst().orElseThrow();
    List<JsonElement> sources =
        api.get("/assets/" + map.group(1)).json().getAsJsonArray("sources").asList();
    assertThat(sources).hasSizeGreaterThan(20);
    for (JsonElement source : sources) {
      assertThat(api.get("/assets/" + source.getAsString()).status()).isEqualTo(200);
    }
  }

  @Test
  void areNotSentToWhoHasThem() {
    for (String coding : new String[] {"gzip", "identity"}) {
      String tag = get(UPLOADER, "Accept-Encoding", coding).header("ETag").orElseThrow();
      Answer again =
          api.send(
              api.request(UPLOADER)
                  .header("Accept-Encoding", coding)
                  .header("If-None-Match", tag)
                  .GET());
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.header("ETag")).contains(tag);
      assertThat(get(UPLOADER, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }
    String plain = api.get(UPLOADER).header("ETag").orElseThrow();
    assertThat(get(UPLOADER, "Accept-Encoding", "gzip").header("ETag"))
        .as("another tag for other bytes")
        .isPresent()
        .isNotEqualTo(Optional.of(plain));
  }

  @Test
  void areAllThatIsThere() {
    for (String path :
        new String[] {
          "none.js",
          "slipway-upload",
          "slipway-upload/",
          "%2e%2e/WEB-INF/web.xml",
          "0123456789abcdef/none.js"
        }) {
      assertThat(api.get("/assets/" + path).status()).as(path).isIn(400, 404);
    }
  }
}
