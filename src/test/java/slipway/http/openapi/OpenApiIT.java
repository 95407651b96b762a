package slipway.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the WAR on a Tomcat within the tests, which can be asked what is registered there. */
class OpenApiIT {
  private static final Path DESCRIPTIONS = Path.of("src/main/resources/openapi");

  @TempDir static Path folder;

  private static Tomcat tomcat;
  private static Context context;
  private static HttpResponse<String> answer;

  @BeforeAll
  static void deploy() throws Exception {
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    Files.createDirectories(folder.resolve("webapps"));
    tomcat.setAddDefaultWebXmlToWebapp(false);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    String target = System.getProperty("project.build.directory", "target");
    context =
        tomcat.addWebapp("/media", Path.of(target, "slipway.war").toAbsolutePath().toString());
    context.addParameter("slipway.data", folder.resolve("data").toString());
    context.addParameter("slipway.auth.initial-key", "a key for this test");
    tomcat.start();
    URI uri =
        URI.create(
            "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/media/api/openapi.json");
    answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @AfterAll
  static void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static SwaggerParseResult parsed() {
    return new OpenAPIV3Parser().readContents(answer.body());
  }

  /** Every mapping below /api/ but the two that are no methods. */
  private static Set<String> registered() {
    return Stream.of(context.findServletMappings())
        .filter(pattern -> pattern.startsWith("/api/"))
        .filter(pattern -> !Set.of("/api/*", "/api/openapi.json").contains(pattern))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean covers(String pattern, String path) {
    return pattern.endsWith("/*")
        ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern);
  }

  @Test
  void isValidOpenApi31() {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    SwaggerParseResult result = parsed();
    assertThat(result.getMessages()).isEmpty();
    OpenAPI api = result.getOpenAPI();
    assertThat(api.getSpecVersion()).isEqualTo(SpecVersion.V31);
    assertThat(api.getServers().get(0).getUrl()).endsWith("/media");
  }

  @Test
  void describesEveryMethodThatIsRegistered() {
    Set<String> paths = parsed().getOpenAPI().getPaths().keySet();
    assertThat(registered()).isNotEmpty();
    assertThat(registered())
        .allSatisfy(pattern -> assertThat(paths).anyMatch(path -> covers(pattern, path)));
  }

  @Test
  void describesNoMethodThatIsNotRegistered() {
    assertThat(parsed().getOpenAPI().getPaths().keySet())
        .allSatisfy(path -> assertThat(registered()).anyMatch(pattern -> covers(pattern, path)));
  }

  @Test
  void keepsNoDescriptionOfAMethodThatIsNotThere() throws IOException {
    try (Stream<Path> files = Files.walk(DESCRIPTIONS, 3)) {
      assertThat(files.filter(file -> Files.isRegularFile(file)))
          .map(file -> DESCRIPTIONS.relativize(file).toString().replace(".json", ""))
          .filteredOn(name -> !name.equals("document"))
          .allSatisfy(
              name ->
                  assertThat(registered()).anyMatch(pattern -> covers(pattern, "/api/" + name)));
    }
  }
}
