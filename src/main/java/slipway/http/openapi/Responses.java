package slipway.http.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import slipway.auth.PermissionLevel;
import slipway.http.ErrorCode;

/** The OpenAPI responses of one API method. */
final class Responses {
  private static final Set<Integer> WITH_RETRY_AFTER = Set.of(429, 503, 507);

  private final JsonObject description;
  private final PermissionLevel required;
  private final JsonObject reply;
  private final boolean takesFiles;
  private final String method;

  /**
   * Those of a method.
   *
   * @param required the level it needs; null where it has a permission of its own
   * @param reply the schema of its reply
   * @param takesFiles whether it is a way in for files
   * @param method the HTTP method, in small letters
   */
  Responses(
      JsonObject description,
      PermissionLevel required,
      JsonObject reply,
      boolean takesFiles,
      String method) {
    this.description = description;
    this.required = required;
    this.reply = reply;
    this.takesFiles = takesFiles;
    this.method = method;
  }

  JsonObject all() {
    JsonObject responses = new JsonObject();
    responses.add("200", ok());
    errors().forEach((status, codes) -> responses.add(status.toString(), error(status, codes)));
    add(responses, "responses");
    add(responses, method + "Responses");
    return responses;
  }

  private void add(JsonObject responses, String described) {
    if (description.has(described)) {
      description
          .getAsJsonObject(described)
          .entrySet()
          .forEach(response -> responses.add(response.getKey(), response.getValue()));
    }
  }

  private Map<Integer, List<String>> errors() {
    Map<Integer, List<String>> byStatus = new TreeMap<>();
    add(byStatus, ErrorCode.INVALID_INPUT);
    add(byStatus, ErrorCode.METHOD_NOT_ALLOWED);
    add(byStatus, ErrorCode.TOO_LARGE);
    add(byStatus, ErrorCode.RATE_LIMITED);
    add(byStatus, ErrorCode.SERVER_ERROR);
    if (required != null) {
      add(byStatus, ErrorCode.PERMISSION_DENIED);
      add(byStatus, ErrorCode.INVALID_SIGNATURE);
      // A key that is not known.
      add(byStatus, ErrorCode.INVALID_SIGNATURE.status(), ErrorCode.PERMISSION_DENIED);
    }
    JsonArray more = description.getAsJsonArray("errors");
    if (more != null) {
      Json.texts(more)
          .forEach(code -> add(byStatus, ErrorCode.valueOf(code.toUpperCase(Locale.ROOT))));
    }
    // The errors for a body that is too slow or compressed, or exceeds the number of bodies that
    // are waited for.
    add(byStatus, 408, ErrorCode.INVALID_INPUT);
    add(byStatus, 415, ErrorCode.INVALID_INPUT);
    add(byStatus, 503, ErrorCode.SERVER_ERROR);
    // The disk is full.
    add(byStatus, 507, ErrorCode.SERVER_ERROR);
    return byStatus;
  }

  private static void add(Map<Integer, List<String>> byStatus, ErrorCode code) {
    add(byStatus, code.status(), code);
  }

  private static void add(Map<Integer, List<String>> byStatus, int status, ErrorCode code) {
    List<String> codes = byStatus.computeIfAbsent(status, each -> new ArrayList<>());
    if (!codes.contains(code.id())) {
      codes.add(code.id());
    }
  }

  private JsonObject ok() {
    JsonObject response = response("Success.", reply);
    JsonObject content = response.getAsJsonObject("content");
    if (!takesFiles) {
      content.add("application/javascript", text("With callback or varname: a script."));
      content.add("text/javascript", text("With raw: the same JSON."));
    }
    return response;
  }

  private JsonObject error(int status, List<String> codes) {
    JsonObject response =
        response(
            "Code " + String.join(" or ", codes) + ".",
            Json.reference(ReplySchemas.PLACE + "ErrorReply"));
    if (description.has("plainErrors")) {
      response
          .getAsJsonObject("content")
          .add("text/plain", text(description.get("plainErrors").getAsString()));
    }
    if (WITH_RETRY_AFTER.contains(status)) {
      response.add(
          "headers",
          Json.object("Retry-After", Json.reference("#/components/headers/Retry-After")));
    }
    return response;
  }

  private JsonObject response(String words, JsonObject json) {
    JsonObject content = Json.object("application/json", Json.object("schema", json));
    if (description.has("plainText")) {
      content.add("text/plain", text(description.get("plainText").getAsString()));
    }
    JsonObject response = new JsonObject();
    response.addProperty("description", words);
    response.add("content", content);
    return response;
  }

  private static JsonObject text(String words) {
    JsonObject schema = Json.parse("{'type':'string'}");
    schema.addProperty("description", words);
    return Json.object("schema", schema);
  }
}
