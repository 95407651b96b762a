package slipway.http.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.stream.StreamSupport;

/** Short ways to write JSON trees. */
final class Json {
  private Json() {}

  static JsonObject object(String name, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }

  static JsonObject reference(String to) {
    JsonObject reference = new JsonObject();
    reference.addProperty("$ref", to);
    return reference;
  }

  static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  static List<String> texts(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsString).toList();
  }

  /**
   * Reads a JSON object strictly (RFC 8259), each name once: of a name that appears twice, readers
   * take either value.
   *
   * @throws JsonParseException when it is not well-formed, or a name appears twice in one object
   */
  static JsonObject read(Reader text) throws IOException {
    JsonReader reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    JsonObject object = object(reader);
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new JsonParseException("There is more text after the object");
    }
    return object;
  }

  private static JsonObject object(JsonReader reader) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.has(name)) {
        throw new JsonParseException("The name " + name + " appears twice at " + reader.getPath());
      }
      object.add(name, element(reader));
    }
    reader.endObject();
    return object;
  }

  private static JsonElement element(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader);
      case BEGIN_ARRAY -> array(reader);
      default -> JsonParser.parseReader(reader);
    };
  }

  private static JsonArray array(JsonReader reader) throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(element(reader));
    }
    reader.endArray();
    return array;
  }

  /** Parses JSON of our own, in which single quotes are allowed. */
  static JsonObject parse(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
