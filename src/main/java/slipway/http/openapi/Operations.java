package slipway.http.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.HasParameters;
import slipway.http.Parameter;

/**
 * Makes the OpenAPI operations of one API method from its {@link Description} and its parameters.
 */
final class Operations {
  /** Tools read JSON: in the document it is the only format, and always requested. */
  private static final String FORMAT = "format";

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";

  private final String name;
  private final JsonObject description;
  private final List<Parameter<?>> parameters;
  private final boolean takesUrlEncoded;
  private final PermissionLevel required;
  private final JsonObject reply;

  /**
   * The operations of a method.
   *
   * @param method declares its parameters
   * @param required the level it needs; null where it has a permission of its own, such as a token
   * @param reply the schema of its replies
   */
  Operations(
      String name,
      JsonObject description,
      HasParameters method,
      PermissionLevel required,
      JsonObject reply) {
    this.name = name;
    this.description = description;
    this.parameters = method.parameters();
    this.takesUrlEncoded = method.takesUrlEncoded();
    this.required = required;
    this.reply = reply;
  }

  /** The method's path item, with these HTTP methods. */
  JsonObject pathItem(List<String> methods) {
    JsonObject item = new JsonObject();
    for (String method : methods) {
      String key = method.toLowerCase(Locale.ROOT);
      item.add(key, operation(key));
    }
    return item;
  }

  private JsonObject operation(String method) {
    JsonObject operation = new JsonObject();
    operation.addProperty("operationId", method + Names.pascal(name));
    operation.add("tags", Json.array(List.of(name.split("/", 2)[0])));
    operation.add("summary", description.get("summary"));
    operation.addProperty("description", text());
    operation.add("security", security());
    JsonArray parameters = located("header", members("headers"));
    if (method.equals("get")) {
      parameters.addAll(query());
    } else {
      operation.add("requestBody", body());
    }
    operation.add("parameters", parameters);
    operation.add(
        "responses", new Responses(description, required, reply, takesFiles(), method).all());
    JsonObject refused = DescribedParameters.refused(this.parameters);
    if (refused.size() > 0) {
      operation.add("x-refused-parameters", refused);
    }
    return operation;
  }

  private String text() {
    String more =
        description.has("description") ? description.get("description").getAsString() : "";
    String level = required == null ? "" : "Required level: " + required.id() + ".";
    return (more + " " + level + " " + refused()).strip().replaceAll(" +", " ");
  }

  /** Also in the description, as tools show no extensions. */
  private String refused() {
    List<String> each =
        DescribedParameters.refused(parameters).entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue().getAsString() + ")")
            .toList();
    return each.isEmpty()
        ? ""
        : "Parameters of the platform that are refused: " + String.join(", ", each) + ".";
  }

  /** A key, or none where callers without one are allowed. Generators do not support OAuth 1. */
  private JsonArray security() {
    JsonArray ways = new JsonArray();
    if (required == null) {
      return ways;
    }
    if (PermissionLevel.ANONYMOUS.includes(required)) {
      ways.add(new JsonObject());
    }
    ways.add(Json.object("bearer", new JsonArray()));
    return ways;
  }

  private JsonObject members(String name) {
    return description.has(name) ? description.getAsJsonObject(name).deepCopy() : new JsonObject();
  }

  private JsonArray query() {
    JsonObject schemas = DescribedParameters.of(parameters);
    schemas.entrySet().removeIf(parameter -> isFile(parameter.getValue().getAsJsonObject()));
    addShape(schemas);
    return located("query", schemas);
  }

  /** What shapes the reply; the doors of files answer with no scripts. */
  private void addShape(JsonObject schemas) {
    DescribedParameters.of(Api.SHAPE)
        .entrySet()
        .forEach(
            shape -> {
              boolean isFormat = shape.getKey().equals(FORMAT);
              if (isFormat || !takesFiles()) {
                schemas.add(shape.getKey(), isFormat ? format() : shape.getValue());
              }
            });
  }

  private static JsonObject format() {
    return Json.parse(
        "{'type':'string','enum':['json'],'description':'Format of the reply.','required':true}");
  }

  private boolean takesFiles() {
    return parameters.stream().anyMatch(each -> each.schema().containsValue(Parameter.FILE));
  }

  private static boolean isFile(JsonObject schema) {
    return schema.get("type").getAsString().equals(Parameter.FILE);
  }

  private static JsonArray located(String in, JsonObject schemas) {
    JsonArray located = new JsonArray();
    for (Map.Entry<String, JsonElement> entry : schemas.entrySet()) {
      JsonObject schema = entry.getValue().getAsJsonObject();
      JsonObject parameter = new JsonObject();
      parameter.addProperty("name", entry.getKey());
      parameter.addProperty("in", in);
      parameter.addProperty("required", takeRequired(schema));
      if (schema.has("description")) {
        parameter.add("description", schema.remove("description"));
      }
      parameter.add("schema", schema);
      located.add(parameter);
    }
    return located;
  }

  private JsonObject body() {
    JsonObject properties = new JsonObject();
    JsonArray needed = new JsonArray();
    JsonObject all = DescribedParameters.of(parameters);
    addShape(all);
    for (Map.Entry<String, JsonElement> entry : all.entrySet()) {
      JsonObject schema = entry.getValue().getAsJsonObject();
      if (takeRequired(schema)) {
        needed.add(entry.getKey());
      }
      if (isFile(schema)) {
        schema.addProperty("type", "string");
        schema.addProperty("format", "binary");
      }
      properties.add(entry.getKey(), schema);
    }
    JsonObject schema = Json.parse("{'type':'object'}");
    schema.add("properties", properties);
    schema.add("required", needed);
    return Json.object("content", content(schema));
  }

  /** The usual type first, as tools take the first one. */
  private JsonObject content(JsonObject schema) {
    JsonObject content = new JsonObject();
    if (takesUrlEncoded && !takesFiles()) {
      content.add(URL_ENCODED, Json.object("schema", schema));
    }
    content.add("multipart/form-data", Json.object("schema", schema.deepCopy()));
    if (takesUrlEncoded && takesFiles()) {
      JsonObject plain = schema.deepCopy();
      plain.getAsJsonObject("properties").entrySet().removeIf(each -> isBinary(each.getValue()));
      content.add(URL_ENCODED, Json.object("schema", plain));
    }
    members("bodies").entrySet().forEach(each -> content.add(each.getKey(), each.getValue()));
    return content;
  }

  private static boolean isBinary(JsonElement schema) {
    JsonElement format = schema.getAsJsonObject().get("format");
    return format != null && format.getAsString().equals("binary");
  }

  /** Says whether it is required, which is not part of a schema in the end. */
  private static boolean takeRequired(JsonObject schema) {
    JsonElement required = schema.remove("required");
    return required != null && required.getAsBoolean();
  }
}
