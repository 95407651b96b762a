package slipway.http.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import slipway.auth.PermissionLevel;
import slipway.http.ErrorCode;

/** The OpenAPI responses of one API method. */
final class Responses {
  private final JsonObject description;
  private final PermissionLevel required;

  Responses(JsonObject description, PermissionLevel required) {
    this.description = description;
    this.required = required;
  }

  static boolean isList(JsonObject description) {
    JsonObject reply = description.getAsJsonObject("reply");
    return reply != null && reply.has("list") && reply.get("list").getAsBoolean();
  }

  JsonObject all() {
    JsonObject responses = new JsonObject();
    responses.add("200", response("The reply.", ok()));
    errors()
        .forEach(
            (status, codes) ->
                responses.add(
                    status.toString(),
                    response(
                        "Code " + String.join(" or ", codes) + ".",
                        Json.reference("#/components/schemas/Error"))));
    if (description.has("responses")) {
      description
          .getAsJsonObject("responses")
          .entrySet()
          .forEach(response -> responses.add(response.getKey(), response.getValue()));
    }
    return responses;
  }

  private Map<Integer, List<String>> errors() {
    List<ErrorCode> codes = new ArrayList<>();
    codes.add(ErrorCode.INVALID_INPUT);
    codes.add(ErrorCode.METHOD_NOT_ALLOWED);
    codes.add(ErrorCode.RATE_LIMITED);
    codes.add(ErrorCode.SERVER_ERROR);
    if (required != null) {
      codes.add(ErrorCode.PERMISSION_DENIED);
      codes.add(ErrorCode.INVALID_SIGNATURE);
    }
    JsonArray more = description.getAsJsonArray("errors");
    if (more != null) {
      Json.texts(more).forEach(code -> codes.add(ErrorCode.valueOf(code.toUpperCase(Locale.ROOT))));
    }
    Map<Integer, List<String>> byStatus = new TreeMap<>();
    codes.stream()
        .distinct()
        .forEach(
            code ->
                byStatus
                    .computeIfAbsent(code.status(), status -> new ArrayList<>())
                    .add(code.id()));
    // A body that comes too slowly, and one more than are waited for.
    byStatus.put(408, List.of(ErrorCode.INVALID_INPUT.id()));
    byStatus.put(503, List.of(ErrorCode.SERVER_ERROR.id()));
    // The disk is full.
    byStatus.put(507, List.of(ErrorCode.SERVER_ERROR.id()));
    return byStatus;
  }

  private JsonObject ok() {
    JsonObject reply = description.getAsJsonObject("reply");
    JsonArray parts = new JsonArray();
    parts.add(Json.reference("#/components/schemas/Reply"));
    if (reply != null) {
      JsonObject payload = payload(reply);
      JsonObject schema = Json.parse("{'type':'object'}");
      schema.add("properties", Json.object(reply.get("name").getAsString(), payload));
      parts.add(schema);
    }
    return Json.object("allOf", parts);
  }

  private JsonObject payload(JsonObject reply) {
    JsonObject fields = new JsonObject();
    JsonArray names = reply.getAsJsonArray("fields");
    if (names != null) {
      Json.texts(names).forEach(name -> fields.add(name, Json.parse("{'type':'string'}")));
    }
    JsonObject object = Json.parse("{'type':'object'}");
    object.add("properties", fields);
    if (!isList(description)) {
      return object;
    }
    JsonObject list = Json.parse("{'type':'array'}");
    list.add("items", object);
    return list;
  }

  private static JsonObject response(String text, JsonObject json) {
    JsonObject content = Json.object("application/json", Json.object("schema", json));
    content.add("text/xml", Json.object("schema", Json.parse("{'type':'string'}")));
    JsonObject response = new JsonObject();
    response.addProperty("description", text);
    response.add("content", content);
    return response;
  }
}
