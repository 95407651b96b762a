package slipway.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import slipway.details.LegalText;

/**
 * A reply as JSON: one object, every scalar a string, as the platform has it, except for the flags
 * of lists, which are numbers: to a script, the string {@code "0"} is true.
 */
final class JsonReply {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** The suffix of the names of flags. */
  private static final String FLAG = "_p";

  private static final Map<String, Integer> NUMBERS = Map.of("0", 0, "1", 1, "f", 0, "t", 1);

  private JsonReply() {}

  /**
   * Of a reply.
   *
   * @param forUploader whether it is for the uploaders of web pages
   */
  static ReplyBody.Text of(
      Reply reply, String permissionLevel, SiteFields site, String endpoint, boolean forUploader) {
    JsonObject json = new JsonObject();
    json.addProperty("status", "ok");
    put(json, "message", reply.message());
    json.addProperty("permission_level", permissionLevel);
    json.addProperty("cached", "0");
    if (reply.fields() != null) {
      json.add(reply.name(), object(reply.fields(), reply.hasNumericFlags()));
    }
    if (reply.items() != null) {
      JsonArray list = list(reply);
      if (reply.oneName() != null && list.size() == 1) {
        json.add(reply.oneName(), list.get(0));
      }
      json.add(reply.listName(), list);
    }
    addPage(json, reply.page());
    if (!json.has("site")) { // the payload of site/get
      json.add("site", object(site.fields(), false));
    }
    put(json, "endpoint", endpoint);
    if (forUploader) {
      UploaderReply.addSuccess(json);
    }
    return text(json);
  }

  /**
   * Of an error.
   *
   * @param said the message for a visitor; null for none
   * @param forUploader as of a reply
   */
  static ReplyBody.Text of(
      ApiException error,
      String said,
      String permissionLevel,
      String endpoint,
      boolean forUploader) {
    JsonObject json = new JsonObject();
    json.addProperty("status", "error");
    put(json, "message", error.getMessage());
    if (said != null) {
      put(json, "error_message", said);
    }
    json.addProperty("code", error.code().id());
    json.addProperty("permission_level", permissionLevel);
    put(json, "endpoint", endpoint);
    if (forUploader) {
      UploaderReply.addError(json, error, said == null ? error.getMessage() : said);
    }
    return text(json);
  }

  /** Addresses stay legible, and no tag can begin or end in it, in case it is put into a script. */
  private static ReplyBody.Text text(JsonObject json) {
    return out -> GSON.toJson(json, new ReplyBody.Replacing(out, '<', "\\u003c"));
  }

  private static void addPage(JsonObject json, Reply.PageInfo page) {
    json.addProperty("p", page == null ? "1" : Integer.toString(page.number()));
    json.addProperty("size", page == null ? "1" : Integer.toString(page.size()));
    if (page != null) {
      json.addProperty("total_count", Long.toString(page.total()));
    }
  }

  private static JsonArray list(Reply reply) {
    JsonArray list = new JsonArray();
    for (Reply.Item item : reply.items()) {
      JsonObject object = object(item.attributes(), true);
      item.children()
          .forEach(
              (name, value) -> {
                if (!object.has(name)) {
                  put(object, name, value);
                }
              });
      list.add(object);
    }
    return list;
  }

  private static JsonObject object(Map<String, String> fields, boolean hasNumericFlags) {
    JsonObject object = new JsonObject();
    fields.forEach(
        (name, value) -> {
          Integer number = hasNumericFlags && name.endsWith(FLAG) ? NUMBERS.get(value) : null;
          if (number == null) {
            put(object, name, value);
          } else {
            object.addProperty(name, number);
          }
        });
    return object;
  }

  private static void put(JsonObject object, String name, String value) {
    object.addProperty(LegalText.of(name), LegalText.of(value));
  }
}
