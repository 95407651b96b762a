package slipway.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
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
    return out -> {
      JsonWriter json = begin(out, "ok", reply.message());
      json.name("permission_level").value(permissionLevel);
      json.name("cached").value("0");
      addPayload(json, reply);
      addPage(json, reply.page());
      if (!"site".equals(reply.name())) { // the payload of site/get
        addObject(json.name("site"), site.fields(), false);
      }
      put(json, "endpoint", endpoint);
      if (forUploader) {
        UploaderReply.addSuccess(json);
      }
      json.endObject();
    };
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
    return out -> {
      JsonWriter json = begin(out, "error", error.getMessage());
      if (said != null) {
        put(json, "error_message", said);
      }
      json.name("code").value(error.code().id());
      json.name("permission_level").value(permissionLevel);
      put(json, "endpoint", endpoint);
      if (forUploader) {
        UploaderReply.addError(json, error, said == null ? error.getMessage() : said);
      }
      json.endObject();
    };
  }

  /** Addresses stay legible, and no tag can begin or end in it, in case it is put into a script. */
  private static JsonWriter begin(Writer out, String status, String message) throws IOException {
    JsonWriter json = GSON.newJsonWriter(new ReplyBody.Replacing(out, '<', "\\u003c"));
    json.beginObject();
    json.name("status").value(status);
    put(json, "message", message);
    return json;
  }

  private static void addPayload(JsonWriter json, Reply reply) throws IOException {
    if (reply.fields() != null) {
      addObject(json.name(reply.name()), reply.fields(), reply.hasNumericFlags());
    }
    if (reply.items() == null) {
      return;
    }
    if (reply.oneName() != null && reply.items().size() == 1) {
      addItem(json.name(reply.oneName()), reply.items().get(0));
    }
    json.name(reply.listName()).beginArray();
    for (Reply.Item item : reply.items()) {
      addItem(json, item);
    }
    json.endArray();
  }

  private static void addPage(JsonWriter json, Reply.PageInfo page) throws IOException {
    json.name("p").value(page == null ? "1" : Integer.toString(page.number()));
    json.name("size").value(page == null ? "1" : Integer.toString(page.size()));
    if (page != null) {
      json.name("total_count").value(Long.toString(page.total()));
    }
  }

  private static void addItem(JsonWriter json, Reply.Item item) throws IOException {
    json.beginObject();
    putAll(json, item.attributes(), true);
    for (Map.Entry<String, String> child : item.children().entrySet()) {
      if (!item.attributes().containsKey(child.getKey())) {
        put(json, child.getKey(), child.getValue());
      }
    }
    json.endObject();
  }

  private static void addObject(
      JsonWriter json, Map<String, String> fields, boolean hasNumericFlags) throws IOException {
    json.beginObject();
    putAll(json, fields, hasNumericFlags);
    json.endObject();
  }

  private static void putAll(JsonWriter json, Map<String, String> fields, boolean hasNumericFlags)
      throws IOException {
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String name = field.getKey();
      Integer number =
          hasNumericFlags && name.endsWith(FLAG) ? NUMBERS.get(field.getValue()) : null;
      if (number == null) {
        put(json, name, field.getValue());
      } else {
        json.name(name).value(number);
      }
    }
  }

  private static void put(JsonWriter json, String name, String value) throws IOException {
    json.name(LegalText.of(name)).value(LegalText.of(value));
  }
}
