package slipway.http.openapi;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The description of one API method as its file has it, {@code openapi/<object>/<method>.json}; its
 * parameters are declared by the method itself:
 *
 * <ul>
 *   <li>{@code summary}, and {@code description} where more is to be said
 *   <li>{@code headers}: those of the request, by name, each a JSON schema
 *   <li>{@code bodies}: what a POST sends besides a form, by content type, as OpenAPI has it
 *   <li>{@code reply}: {@code name} of the payload in JSON, its {@code fields}, {@code "list":
 *       true} where it is one, which of the fields are {@code optional} (a list, so that the others
 *       are required), {@code "sometimes": true} where the payload itself is, {@code with}, a list
 *       beside it, {@code one}, the name that a list's one object has besides, and {@code
 *       "numericFlags": true} where an object's flags are numbers, as those of lists are
 *   <li>{@code plainText}: what a reply of that type holds
 *   <li>{@code plainErrors}: the same, where only errors come as that type
 *   <li>{@code errors}: codes besides those that every method has
 *   <li>{@code responses}: further responses, as OpenAPI has them, and {@code getResponses} those
 *       of GET alone
 * </ul>
 */
final class Description {
  private Description() {}

  /** The description of a method such as {@code photo/list}; empty when there is none. */
  static Optional<JsonObject> of(String method) {
    return read(method + ".json");
  }

  /** The document without those methods; it has the paths of tus, which is not one of them. */
  static JsonObject document() {
    return read("document.json")
        .orElseThrow(() -> new IllegalStateException("The document is missing"));
  }

  private static Optional<JsonObject> read(String file) {
    try (InputStream in = Description.class.getResourceAsStream("/openapi/" + file)) {
      if (in == null) {
        return Optional.empty();
      }
      Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
      return Optional.of(Json.read(text));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("The description in openapi/" + file + " is not valid", e);
    }
  }
}
