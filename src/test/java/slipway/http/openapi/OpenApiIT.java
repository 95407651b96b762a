package slipway.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.upload.EchoedFields;

/** What the WAR tells of its methods is what is registered. */
class OpenApiIT {
  private static final Path DESCRIPTIONS = Path.of("src/main/resources/openapi");

  private static final Path SOURCES = Path.of("src/main/java/slipway/http");
  private static final String TUS = "/files/*";
  private static final Pattern TUS_HEADER =
      Pattern.compile("(?:[hH]eader|bytes)\\(\\s*\"([A-Za-z-]+)\"\\)");

  private static final Server SERVER = Server.shared(Container.JETTY_12);

  private static List<String> mappings;
  private static Answer answer;
  private static JsonObject document;
  private static Map<String, JsonObject> operations;
  private static SwaggerParseResult parsed;

  @BeforeAll
  static void ask() throws IOException {
    mappings = SERVER.servletMappings();
    answer = get("/api/openapi.json");
    // Once, as the document is long.
    document = answer.json();
    operations = operations(document);
    parsed = parsed();
  }

  private static Answer get(String path) {
    return ApiClient.withKey(SERVER).get(path);
  }

  private static SwaggerParseResult parsed() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    return new OpenAPIV3Parser().readContents(answer.text(), null, options);
  }

  /** Every mapping below /api/ but the three that are no methods, and that of tus. */
  private static Set<String> registered() {
    return mappings.stream()
        .filter(pattern -> pattern.startsWith("/api/") || pattern.equals(TUS))
        .filter(pattern -> !Set.of("/api/*", "/api/", "/api/openapi.json").contains(pattern))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isSecret(Parameter parameter) {
    return "^[0-9a-f]{40}$".equals(parameter.getSchema().getPattern())
        || parameter.getName().endsWith("_token")
        || parameter.getName().equals("password");
  }

  /** A method that gets a secret of another name has to say so there. */
  @Test
  void declaresNoSecretThatACallbackRepeats() {
    List<String> secrets =
        parsed.getOpenAPI().getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .flatMap(operation -> Stream.ofNullable(operation.getParameters()))
            .flatMap(List::stream)
            .filter(parameter -> parameter.getSchema() != null)
            .filter(OpenApiIT::isSecret)
            .map(Parameter::getName)
            .distinct()
            .toList();
    assertThat(secrets)
        .contains("upload_token", "upload_link", "session_token", "password")
        .allMatch(EchoedFields::isSecret);
  }

  /** What stands at neither a method nor a door is a page, and named here. */
  @Test
  void hasNoServletThatIsNeitherMethodNorDoorNorPage() {
    Set<String> pages =
        Set.of(
            "",
            "/assets/*",
            "/album/*",
            "/tag",
            "/user/*",
            "/photo/*",
            "/search",
            "/view/*",
            "/feed/*",
            "/zip/*",
            "/sitemap.xml",
            "/sitemap/*",
            "/robots.txt",
            "/oembed",
            "/upload/*",
            "/drop/*",
            "/console",
            "/error",
            "/try",
            "/try/callback",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/api",
            "/api/",
            "/api/*",
            "/api/openapi.json");
    Set<String> paths = parsed.getOpenAPI().getPaths().keySet();
    assertThat(mappings)
        .filteredOn(pattern -> paths.stream().noneMatch(path -> pattern.equals(mapping(path))))
        .containsExactlyInAnyOrderElementsOf(pages);
  }

  /** All of tus is one servlet. */
  private static String mapping(String path) {
    return covers(TUS, path) ? TUS : path;
  }

  private static boolean covers(String pattern, String path) {
    return pattern.endsWith("/*")
        ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern);
  }

  @Test
  void isValidOpenApi31() {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    SwaggerParseResult result = parsed;
    assertThat(result.getMessages()).isEmpty();
    OpenAPI api = result.getOpenAPI();
    assertThat(api.getSpecVersion()).isEqualTo(SpecVersion.V31);
    assertThat(api.getServers().get(0).getUrl() + "/").isEqualTo(SERVER.uri("/").toString());
  }

  @Test
  void describesEveryMethodThatIsRegistered() {
    Set<String> paths = parsed.getOpenAPI().getPaths().keySet();
    assertThat(registered()).isNotEmpty();
    assertThat(registered())
        .as("methods, each with a file in src/main/resources/openapi")
        .allSatisfy(pattern -> assertThat(paths).anyMatch(path -> covers(pattern, path)));
  }

  @Test
  void describesNoMethodThatIsNotRegistered() {
    assertThat(parsed.getOpenAPI().getPaths().keySet())
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

  /**
   * What is said about the parameters of one method, over GET and POST, except for a reply's shape.
   */
  private static Set<String> described(String path) {
    Set<String> names = new TreeSet<>();
    for (Operation operation : parsed.getOpenAPI().getPaths().get(path).readOperations()) {
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
    names.removeAll(ApiDocs.SHAPE);
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
        .hasSize(17)
        .contains(
            "upload_token", "file", "photo_title", "resumableTotalChunks", "flowCurrentChunkSize");
    assertThat(described("/api/photo/redeem-replace-token"))
        .isEqualTo(Set.of("replace_token", "file"));
    for (String path : List.of("/api/photo/upload", "/api/photo/replace")) {
      assertThat(described(path)).contains("file");
    }
  }

  @Test
  void describesEveryTypeOfBodyThatAMethodTakes() {
    JsonObject replace = bodies("/api/photo/replace");
    // Tools take the first one.
    assertThat(replace.keySet())
        .containsExactly("multipart/form-data", "application/x-www-form-urlencoded");
    JsonObject plain =
        replace
            .getAsJsonObject("application/x-www-form-urlencoded")
            .getAsJsonObject("schema")
            .getAsJsonObject("properties");
    assertThat(plain.keySet()).contains("photo_id", "time").doesNotContain("file");
    assertThat(bodies("/api/photo/upload").keySet()).containsExactly("multipart/form-data");
    assertThat(bodies("/api/photo/redeem-upload-token").keySet())
        .containsExactly("multipart/form-data", "application/octet-stream");
    assertThat(bodies("/api/album/create").keySet())
        .containsExactly("application/x-www-form-urlencoded", "multipart/form-data");
  }

  private static JsonObject bodies(String path) {
    return operations.get("post " + path).getAsJsonObject("requestBody").getAsJsonObject("content");
  }

  @Test
  void theDocsHaveTheParametersThatMethodsDeclare() throws IOException {
    ApiDocs.check(document);
  }

  @Test
  void describesTheMethodsAndHeadersOfTus() throws Exception {
    Map<String, PathItem> paths = parsed.getOpenAPI().getPaths();
    for (String path : List.of("/files/", "/files/{id}")) {
      Set<String> methods = new TreeSet<>();
      paths.get(path).readOperationsMap().keySet().forEach(method -> methods.add(method.name()));
      methods.add("OPTIONS");
      ApiClient api = ApiClient.withKey(SERVER);
      Answer refused =
          api.send(
              api.request(path.replace("{id}", "0".repeat(32)))
                  .header("Tus-Resumable", "1.0.0")
                  .PUT(BodyPublishers.noBody()));
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow").orElseThrow().split(", "))
          .containsExactlyInAnyOrderElementsOf(methods);
    }
    Set<String> described = headers(paths.get("/files/").getPost());
    described.addAll(headers(paths.get("/files/{id}").getPatch()));
    assertThat(described).isEqualTo(readByTus());
    assertThat(headers(paths.get("/files/").getPost())).doesNotContain("Upload-Offset");
    assertThat(headers(paths.get("/files/{id}").getPatch()))
        .doesNotContain("Upload-Defer-Length", "Upload-Metadata", "Upload-Concat");
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

  /**
   * Every request has a User-Agent, and says how long its body is; Authorization is a matter of
   * security. The words of FilePond and of the IETF's draft are not among tus.
   */
  private static Set<String> readByTus() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve("upload/tus"))) {
      for (Path file : files.filter(OpenApiIT::isOfTus).toList()) {
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

  /** Its parameter has two names, and one of them must be there. */
  private static final String OF_TWO_NAMES = "/api/tag/related";

  private static boolean isOfTus(Path source) {
    return Stream.of("Draft.java", "FilePondRequest.java").noneMatch(source::endsWith);
  }

  /** Calls each method that needs no parameter, and holds its reply against its description. */
  @Test
  void describesThePayloadsThatMethodsAnswerWith() throws Exception {
    Set<String> held = new TreeSet<>();
    for (Map.Entry<String, PathItem> path : parsed.getOpenAPI().getPaths().entrySet()) {
      Operation get = path.getValue().getGet();
      boolean isMethod = path.getKey().startsWith("/api/");
      Schema<?> described = get == null || !isMethod ? null : reply(get);
      if (described != null && get.getParameters().stream().noneMatch(OpenApiIT::isRequired)) {
        JsonObject json = get(path.getKey() + "?format=json").json();
        assertThat(path.getKey().equals(OF_TWO_NAMES) ? "" : json.get("message").getAsString())
            .as("%s without the parameters that are said to be optional", path.getKey())
            .doesNotMatch("The parameter '\\w+' is required.*");
        if (json.get("status").getAsString().equals("ok")) {
          held.add(path.getKey());
          assertDescribed(path.getKey(), described, json);
        }
      }
    }
    assertThat(held).contains("/api/site/get", "/api/echo", "/api/credential/list");
  }

  @Test
  void describesThePhotosBesideTheStateOfAToken() throws Exception {
    String token =
        get("/api/photo/get-upload-token?format=json&return_url=http://a.test/")
            .json()
            .getAsJsonObject("uploadtoken")
            .get("upload_token")
            .getAsString();
    String path = "/api/upload-token/status";
    JsonObject json = get(path + "?format=json&upload_token=" + token).json();
    Schema<?> reply = reply(parsed.getOpenAPI().getPaths().get(path).getGet());
    assertDescribed(path, reply, json);
    assertThat(reply.getRequired()).contains("uploadtoken", "photos");
    assertThat(properties(properties(reply).get("photos").getItems())).containsKey("tree_id");
  }

  private static boolean isRequired(Parameter parameter) {
    return Boolean.TRUE.equals(parameter.getRequired()) && !parameter.getName().equals("format");
  }

  /** The schema of the reply; null where there is none in JSON. */
  private static Schema<?> reply(Operation operation) {
    var content = operation.getResponses().get("200").getContent();
    if (content == null || !content.containsKey("application/json")) {
      return null;
    }
    String reference = content.get("application/json").getSchema().get$ref();
    return parsed
        .getOpenAPI()
        .getComponents()
        .getSchemas()
        .get(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static void assertDescribed(String path, Schema<?> described, JsonObject json) {
    assertThat(properties(described).keySet()).as(path).containsAll(json.keySet());
    assertThat(json.keySet()).as(path).containsAll(required(described));
    properties(described)
        .forEach(
            (name, schema) -> {
              JsonElement payload = json.get(name);
              if (payload != null && !payload.isJsonPrimitive()) {
                boolean list = payload.isJsonArray();
                Schema<?> one = list ? schema.getItems() : schema;
                Iterable<JsonElement> objects = list ? payload.getAsJsonArray() : List.of(payload);
                for (JsonElement object : objects) {
                  assertFields(path, one, object.getAsJsonObject().keySet());
                }
              }
            });
  }

  private static void assertFields(String path, Schema<?> described, Set<String> fields) {
    Set<String> known = properties(described).keySet();
    if (!known.isEmpty()) {
      assertThat(known).as(path).containsAll(fields);
      assertThat(fields).as(path).containsAll(required(described));
    }
  }

  private static List<String> required(Schema<?> schema) {
    return schema.getRequired() == null ? List.of() : schema.getRequired();
  }

  /** Every operation by its path and method. */
  private static Map<String, JsonObject> operations(JsonObject document) {
    Map<String, JsonObject> operations = new TreeMap<>();
    for (var path : document.getAsJsonObject("paths").entrySet()) {
      for (var method : path.getValue().getAsJsonObject().entrySet()) {
        if (method.getValue().isJsonObject()) {
          operations.put(
              method.getKey() + " " + path.getKey(), method.getValue().getAsJsonObject());
        }
      }
    }
    return operations;
  }

  @Test
  void hasNothingThatGeneratorsChokeOn() {
    Set<String> ids = new TreeSet<>();
    operations.forEach(
        (name, operation) -> {
          String id = operation.get("operationId").getAsString();
          assertThat(id).matches("[a-z][A-Za-z]+");
          assertThat(ids.add(id)).as(id).isTrue();
          if (operation.has("requestBody")) {
            operation
                .getAsJsonObject("requestBody")
                .getAsJsonObject("content")
                .entrySet()
                .forEach(
                    content ->
                        assertThat(content.getValue().getAsJsonObject().keySet())
                            .as(name)
                            .contains("schema"));
          }
        });
    JsonObject schemes = document.getAsJsonObject("components").getAsJsonObject("securitySchemes");
    assertThat(schemes.keySet()).containsExactly("bearer");
    assertThat(answer.text()).doesNotContain("\"const\"", "contentMediaType");
  }

  private static Map<String, JsonObject> parametersOf(String operation) {
    Map<String, JsonObject> schemas = new TreeMap<>();
    operations
        .get(operation)
        .getAsJsonArray("parameters")
        .forEach(
            parameter ->
                schemas.put(
                    parameter.getAsJsonObject().get("name").getAsString(),
                    parameter.getAsJsonObject()));
    return schemas;
  }

  @Test
  void asksForJsonWithEveryMethod() {
    operations.forEach(
        (name, operation) -> {
          if (name.startsWith("get /api/")) {
            JsonObject format = parametersOf(name).get("format");
            assertThat(format.get("required").getAsBoolean()).as(name).isTrue();
            assertThat(format.getAsJsonObject("schema").get("enum")).hasToString("[\"json\"]");
          }
        });
    JsonObject form = form("post /api/photo/redeem-upload-token");
    assertThat(form.get("required").toString()).contains("format", "file", "upload_token");
    JsonObject file = form.getAsJsonObject("properties").getAsJsonObject("file");
    assertThat(file.get("format").getAsString()).isEqualTo("binary");
  }

  private static JsonObject form(String operation) {
    return operations
        .get(operation)
        .getAsJsonObject("requestBody")
        .getAsJsonObject("content")
        .getAsJsonObject("multipart/form-data")
        .getAsJsonObject("schema");
  }

  @Test
  void describesNumbersThatNeed64Bits() {
    JsonObject token = form("post /api/photo/get-upload-token").getAsJsonObject("properties");
    assertThat(token.getAsJsonObject("max_bytes").get("format").getAsString()).isEqualTo("int64");
    assertThat(token.getAsJsonObject("max_uploads").get("format").getAsString()).isEqualTo("int32");
    Set<String> ends = new TreeSet<>();
    operations.keySet().stream()
        .filter(name -> name.startsWith("get /api/"))
        .map(name -> parametersOf(name).get("p"))
        .filter(Objects::nonNull)
        .forEach(page -> ends.add(page.getAsJsonObject("schema").get("maximum").toString()));
    assertThat(ends).containsExactly("10000000");
  }

  @Test
  void describesEveryKindOfAnswer() {
    JsonObject list = operations.get("get /api/album/list").getAsJsonObject("responses");
    assertThat(list.getAsJsonObject("200").getAsJsonObject("content").keySet())
        .containsExactly("application/json", "application/javascript", "text/javascript");
    assertThat(list.keySet())
        .contains("400", "401", "403", "404", "405", "413", "415", "429", "503");
    assertThat(list.getAsJsonObject("401").get("description").getAsString())
        .contains("invalid_signature", "permission_denied");
    assertThat(list.getAsJsonObject("429").getAsJsonObject("headers").keySet())
        .containsExactly("Retry-After");
    JsonObject redeem =
        operations.get("post /api/photo/redeem-upload-token").getAsJsonObject("responses");
    for (String status : List.of("200", "404", "413", "415")) {
      assertThat(redeem.getAsJsonObject(status).getAsJsonObject("content").keySet())
          .containsExactly("application/json", "text/plain");
    }
    for (String method : List.of("session/redeem-token", "user/redeem-login-token")) {
      JsonObject session = operations.get("get /api/" + method).getAsJsonObject("responses");
      for (String status : List.of("400", "404", "405")) {
        assertThat(session.getAsJsonObject(status).getAsJsonObject("content").keySet())
            .as(method + " " + status)
            .contains("application/json", "text/plain");
      }
    }
  }
}
