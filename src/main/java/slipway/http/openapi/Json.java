package slipway.http.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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

  /** Our own text, in which single quotes will do. */
  static JsonObject parse(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
