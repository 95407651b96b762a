package slipway.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import slipway.harness.Docs;

/** Holds the tables of parameters in {@code docs/api.md} against the OpenAPI document. */
final class ApiDocs {
  private static final Pattern ROW_OF_PARAMETER =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (.*?) \\|(.*) \\|$");
  private static final Pattern ROW_OF_METHOD =
      Pattern.compile(
          "(?m)^\\| `([a-z]+(?:/[a-z-]+)*)` \\| (none|anonymous|read|write|admin|super) \\|(.*)\\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final Pattern BOUNDS = Pattern.compile("(\\d+) to (\\d+).*");

  /** Not told at each list. */
  private static final Set<String> PAGE = Set.of("p", "size");

  /** Those of every method, which shape its reply. */
  static final Set<String> SHAPE = Set.of("format", "callback", "varname", "raw");

  private ApiDocs() {}

  static void check(JsonObject document) throws IOException {
    checkTokenParameters(parameters(document, "photo/get-upload-token"));
    checkMethods(document);
  }

  /** The schemas of a method's parameters, by name. */
  private static Map<String, JsonObject> parameters(JsonObject document, String method) {
    JsonObject path = document.getAsJsonObject("paths").getAsJsonObject("/api/" + method);
    JsonObject content =
        path.getAsJsonObject("post").getAsJsonObject("requestBody").getAsJsonObject("content");
    Map<String, JsonObject> schemas = new LinkedHashMap<>();
    content
        .getAsJsonObject("multipart/form-data")
        .getAsJsonObject("schema")
        .getAsJsonObject("properties")
        .entrySet()
        .forEach(each -> schemas.put(each.getKey(), each.getValue().getAsJsonObject()));
    schemas.keySet().removeAll(SHAPE);
    return schemas;
  }

  /** Its names, defaults and bounds. */
  private static void checkTokenParameters(Map<String, JsonObject> declared) throws IOException {
    String section = section("## Parameters of get-upload-token");
    Set<String> told = new TreeSet<>();
    for (MatchResult row : ROW_OF_PARAMETER.matcher(section).results().toList()) {
      String name = row.group(1);
      told.add(name);
      JsonObject schema = declared.get(name);
      assertThat(schema).as(name).isNotNull();
      JsonElement fallback = schema.get("default");
      assertThat(fallback(row.group(3).strip()))
          .as("default of " + name)
          .isEqualTo(fallback == null ? null : fallback.getAsString());
      if (schema.has("maximum") && BOUNDS.matcher(row.group(2)).matches()) {
        assertThat(row.group(2))
            .as(name)
            .isEqualTo(schema.get("minimum") + " to " + schema.get("maximum"));
      }
    }
    assertThat(told).isEqualTo(declared.keySet());
    assertThat(section).contains("15 to 1440", "1 to 10");
  }

  private static String fallback(String cell) {
    return cell.startsWith("`") ? cell.replace("`", "") : null;
  }

  /** Every parameter of every method in the table of methods, and no other. */
  private static void checkMethods(JsonObject document) throws IOException {
    int methods = 0;
    for (MatchResult row :
        ROW_OF_METHOD.matcher(section("## Methods of the catalogue")).results().toList()) {
      methods++;
      String method = row.group(1);
      Map<String, JsonObject> declared = parameters(document, method);
      Set<String> told = words(row.group(3));
      refused(document, method).forEach(name -> declared.put(name, new JsonObject()));
      Set<String> left = new TreeSet<>(declared.keySet());
      left.removeAll(told);
      left.removeAll(PAGE);
      left.removeIf(name -> isAlias(declared.get(name)));
      assertThat(left).as("what the docs leave out of " + method).isEmpty();
      told.removeAll(declared.keySet());
      told.removeAll(values(declared));
      assertThat(told).as("what " + method + " does not declare").isEmpty();
    }
    assertThat(methods).isGreaterThan(15);
  }

  /** Those that are refused by name, which the docs tell as well. */
  private static Set<String> refused(JsonObject document, String method) {
    JsonObject post =
        document.getAsJsonObject("paths").getAsJsonObject("/api/" + method).getAsJsonObject("post");
    return post.has("x-refused-parameters")
        ? post.getAsJsonObject("x-refused-parameters").keySet()
        : Set.of();
  }

  private static boolean isAlias(JsonObject schema) {
    return schema.has("description")
        && schema.get("description").getAsString().startsWith("Alias of ");
  }

  /** What may be given where there is a choice. */
  private static Set<String> values(Map<String, JsonObject> declared) {
    Set<String> values = new TreeSet<>();
    for (JsonObject schema : declared.values()) {
      JsonArray choice = schema.getAsJsonArray("enum");
      if (choice != null) {
        choice.forEach(value -> values.add(value.getAsString()));
      }
    }
    return values;
  }

  private static Set<String> words(String cell) {
    Set<String> words = new TreeSet<>();
    CODE.matcher(cell).results().forEach(code -> words.addAll(Set.of(code.group(1).split(" "))));
    return words;
  }

  private static String section(String heading) throws IOException {
    return Docs.page("api").section(heading).text();
  }
}
