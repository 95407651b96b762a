package slipway.http.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The schemas of replies, in the document's components: what every reply has, and the payload of
 * each method. They are written out, as generators handle composed schemas poorly, and open, as
 * replies may get more fields.
 */
final class ReplySchemas {
  static final String PLACE = "#/components/schemas/";

  private static final String REPLY = "Reply";
  private static final String OPTIONAL = "optional";
  private static final String NAME = "name";
  private static final String REQUIRED = "required";

  private final JsonObject schemas;

  /** Adds to the document's schemas, which must contain {@code Reply}. */
  ReplySchemas(JsonObject schemas) {
    this.schemas = schemas;
  }

  /** A reference to the schema of a method's replies. */
  JsonObject of(String method, JsonObject description) {
    JsonObject reply = description.getAsJsonObject("reply");
    if (reply == null) {
      return Json.reference(PLACE + REPLY);
    }
    String name = Names.pascal(method) + REPLY;
    schemas.add(name, schema(reply));
    return Json.reference(PLACE + name);
  }

  private JsonObject schema(JsonObject reply) {
    JsonObject schema = schemas.getAsJsonObject(REPLY).deepCopy();
    schema.getAsJsonObject("properties").add(name(reply), payload(reply));
    if (!reply.has("sometimes")) {
      require(schema, name(reply));
    }
    if (isList(reply)) {
      require(schema, "total_count");
    }
    if (reply.has("one")) {
      JsonObject items = payload(reply).getAsJsonObject("items");
      schema.getAsJsonObject("properties").add(reply.get("one").getAsString(), items);
    }
    JsonObject list = reply.getAsJsonObject("with");
    if (list != null) {
      schema.getAsJsonObject("properties").add(name(list), payload(list));
      require(schema, name(list));
    }
    return schema;
  }

  private static void require(JsonObject schema, String property) {
    Set<String> all = new TreeSet<>(Json.texts(schema.getAsJsonArray(REQUIRED)));
    all.add(property);
    schema.add(REQUIRED, Json.array(List.copyOf(all)));
  }

  private static String name(JsonObject reply) {
    return reply.get(NAME).getAsString();
  }

  private static boolean isList(JsonObject reply) {
    return reply.has("list") && reply.get("list").getAsBoolean();
  }

  private static JsonObject payload(JsonObject reply) {
    JsonObject fields = new JsonObject();
    JsonArray names = reply.getAsJsonArray("fields");
    List<String> all = names == null ? List.of() : Json.texts(names);
    boolean hasNumericFlags = isList(reply) || reply.has("numericFlags");
    all.forEach(name -> fields.add(name, field(name, hasNumericFlags)));
    JsonObject object = Json.parse("{'type':'object','additionalProperties':true}");
    object.add("properties", fields);
    if (reply.has(OPTIONAL)) {
      List<String> optional = Json.texts(reply.getAsJsonArray(OPTIONAL));
      object.add(
          REQUIRED, Json.array(all.stream().filter(name -> !optional.contains(name)).toList()));
    }
    if (!isList(reply)) {
      return object;
    }
    JsonObject list = Json.parse("{'type':'array'}");
    list.add("items", object);
    return list;
  }

  private static JsonObject field(String name, boolean hasNumericFlags) {
    return hasNumericFlags && name.endsWith("_p")
        ? Json.parse("{'type':'integer','enum':[0,1]}")
        : Json.parse("{'type':'string'}");
  }
}
