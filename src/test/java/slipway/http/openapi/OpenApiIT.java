package slipway.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

  private static final Path SOURCES = Path.of("src/main/java/slipway/http");
  private static final String TUS = "/files/*";
  private static final String KEY = "a key for this test";
  private static final Pattern TUS_HEADER =
      Pattern.compile("(?:[hH]eader|bytes)\\(\\s*\"([A-Za-z-]+)\"\\)");
  private static final Set<String> SHAPE = Set.of("format", "callback", "varname", "raw");

  @TempDir static Path folder;

  private static Tomcat tomcat;
  private static Context context;
  private static HttpResponse<String> answer;

  @BeforeAll
  static void deploy() throws Exception {
    // Asked first here, JDBC knows the tests' drivers, not those of the application alone.
    assertThat(DriverManager.drivers()).isNotEmpty();
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
    context.addParameter("slipway.auth.initial-key", KEY);
    tomcat.start();
    answer = get("/api/openapi.json");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient().send(request(path).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    int port = tomcat.getConnector().getLocalPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/media" + path))
        .header("Authorization", "Bearer " + KEY);
  }

  @AfterAll
  static void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static SwaggerParseResult parsed() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    return new OpenAPIV3Parser().readContents(answer.body(), null, options);
  }

  /** Every mapping below /api/ but the two that are no methods, and that of tus. */
  private static Set<String> registered() {
    return Stream.of(context.findServletMappings())
        .filter(pattern -> pattern.startsWith("/api/") || pattern.equals(TUS))
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
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
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

  /** What is said of the parameters of one method, over GET and POST, but for a reply's shape. */
  private static Set<String> described(String path) {
    Set<String> names = new TreeSet<>();
    for (Operation operation : parsed().getOpenAPI().getPaths().get(path).readOperations()) {
      if (operation.getParameters() != null) {
        operation.getParameters().stream()
            .filter(parameter -> "query".equals(parameter.getIn()))
            .map(Parameter::getName)
            .forEach(names::add);
      }
      if (operation.getRequestBody() != null) {
        operation
            .getRequestBody()
            .getContent()
            .values()
            .forEach(content -> names.addAll(properties(content.getSchema()).keySet()));
      }
    }
    names.removeAll(SHAPE);
    return names;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Schema<?>> properties(Schema<?> schema) {
    Object properties = schema == null ? null : schema.getProperties();
    return properties == null ? Map.of() : (Map<String, Schema<?>>) properties;
  }

  @Test
  void describesTheParametersThatMethodsDeclare() {
    assertThat(described("/api/photo/list"))
        .contains("tag_mode", "orderby", "p", "year", "include_unpublished_p")
        .doesNotContain("valid_minutes", "username");
    assertThat(described("/api/tag/related")).containsExactlyInAnyOrder("tag", "name", "p", "size");
    assertThat(described("/api/site/get")).isEmpty();
  }

  @Test
  void describesTheFieldsOfTheFormsThatBringAFile() {
    assertThat(described("/api/photo/redeem-upload-token"))
        .hasSize(16)
        .contains("upload_token", "file", "resumableTotalChunks", "flowCurrentChunkSize");
    assertThat(described("/api/photo/redeem-replace-token"))
        .isEqualTo(Set.of("replace_token", "file"));
    for (String path : List.of("/api/photo/upload", "/api/photo/replace")) {
      assertThat(described(path)).contains("file");
    }
  }

  @Test
  void theReadmeHasTheParametersThatMethodsDeclare() throws IOException {
    ReadmeParameters.check(JsonParser.parseString(answer.body()).getAsJsonObject());
  }

  @Test
  void describesTheMethodsAndHeadersOfTus() throws Exception {
    Map<String, PathItem> paths = parsed().getOpenAPI().getPaths();
    for (String path : List.of("/files/", "/files/{id}")) {
      Set<String> methods = new TreeSet<>();
      paths.get(path).readOperationsMap().keySet().forEach(method -> methods.add(method.name()));
      methods.add("OPTIONS");
      HttpResponse<String> refused =
          HttpClient.newHttpClient()
              .send(
                  request(path.replace("{id}", "0".repeat(32)))
                      .header("Tus-Resumable", "1.0.0")
                      .PUT(HttpRequest.BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow").orElseThrow().split(", "))
          .containsExactlyInAnyOrderElementsOf(methods);
    }
    Set<String> described = headers(paths.get("/files/").getPost());
    described.addAll(headers(paths.get("/files/{id}").getPatch()));
    assertThat(described).isEqualTo(readByTus());
    assertThat(headers(paths.get("/files/").getPost())).doesNotContain("Upload-Offset");
    assertThat(headers(paths.get("/files/{id}").getPatch()))
        .doesNotContain("Upload-Length", "Upload-Metadata", "Upload-Concat");
  }

  private static Set<String> headers(Operation operation) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : operation.getParameters()) {
      String reference = parameter.get$ref();
      names.add(
          reference == null
              ? parameter.getName()
              : reference.substring(reference.lastIndexOf('/') + 1));
    }
    return names;
  }

  /** Every request has a User-Agent; Authorization is a matter of security. */
  private static Set<String> readByTus() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve("upload/tus"))) {
      for (Path file : files.toList()) {
        String source = Files.readString(file);
        TUS_HEADER.matcher(source).results().forEach(header -> names.add(header.group(1)));
        if (source.contains("IdempotencyKey.of(")) {
          names.add("Idempotency-Key");
        }
      }
    }
    names.removeAll(Set.of("Authorization", "User-Agent"));
    return names;
  }

  /** Calls each method that needs no parameter, and holds its reply against its description. */
  @Test
  void describesThePayloadsThatMethodsAnswerWith() throws Exception {
    Set<String> held = new TreeSet<>();
    for (Map.Entry<String, PathItem> path : parsed().getOpenAPI().getPaths().entrySet()) {
      Operation get = path.getValue().getGet();
      Schema<?> described = get == null ? null : payload(get);
      if (described != null && get.getParameters().stream().noneMatch(OpenApiIT::isRequired)) {
        HttpResponse<String> reply = get(path.getKey() + "?format=json");
        JsonObject json = JsonParser.parseString(reply.body()).getAsJsonObject();
        if (json.get("status").getAsString().equals("ok")) {
          held.add(path.getKey());
          assertDescribed(path.getKey(), described, json);
        }
      }
    }
    assertThat(held).contains("/api/site/get", "/api/echo", "/api/credential/list");
  }

  private static boolean isRequired(Parameter parameter) {
    return Boolean.TRUE.equals(parameter.getRequired());
  }

  /** The schema with the payload's name and fields; null where there is none. */
  private static Schema<?> payload(Operation operation) {
    var content = operation.getResponses().get("200").getContent();
    if (content == null || !content.containsKey("application/json")) {
      return null;
    }
    List<Schema> parts = content.get("application/json").getSchema().getAllOf();
    return parts == null || parts.size() < 2 ? null : parts.get(1);
  }

  private static void assertDescribed(String path, Schema<?> described, JsonObject json) {
    properties(described)
        .forEach(
            (name, schema) -> {
              assertThat(json.keySet()).as(path).contains(name);
              JsonElement payload = json.get(name);
              boolean list = payload.isJsonArray();
              Set<String> known = properties(list ? schema.getItems() : schema).keySet();
              Iterable<JsonElement> objects = list ? payload.getAsJsonArray() : List.of(payload);
              for (JsonElement object : objects) {
                if (!known.isEmpty()) {
                  assertThat(known).as(path).containsAll(object.getAsJsonObject().keySet());
                }
              }
            });
  }
}
