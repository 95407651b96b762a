package slipway.http;

import com.google.gson.stream.JsonWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import slipway.details.LegalText;

/**
 * What the uploaders of web pages expect of a JSON answer, at the doors for files. Fine Uploader
 * accepts only {@code "success": true} as a success, and it and Dropzone show the text {@code
 * error} to the visitor. Dropzone and others ask for JSON by the header {@code Accept} alone.
 */
public final class UploaderReply {
  private static final String DOOR = UploaderReply.class.getName() + ".door";
  private static final String JSON = "application/json";
  private static final Map.Entry<String, String> AS_JSON = Map.entry("format", "json");

  private UploaderReply() {}

  /** Notes that a request is at a door for files. To be called before anything may answer it. */
  public static void atDoor(HttpServletRequest request) {
    request.setAttribute(DOOR, true);
  }

  /** Whether that was noted. */
  static boolean isAtDoor(HttpServletRequest request) {
    return request.getAttribute(DOOR) != null;
  }

  /**
   * Whether the request accepts JSON and nothing else: its {@code Accept} is exactly {@code
   * application/json}. Scripts that list other types as well, such as those of jQuery and axios,
   * have made no choice: they are answered like a form of a browser.
   */
  public static boolean acceptsJson(HttpServletRequest request) {
    List<String> accepted = Collections.list(request.getHeaders("Accept"));
    return accepted.size() == 1 && accepted.get(0).strip().equalsIgnoreCase(JSON);
  }

  /** These parameters, with JSON as the format where they name none and the header asks for it. */
  public static Parameters shape(Parameters parameters, HttpServletRequest request) {
    return !Api.isAskedForReply(parameters) && acceptsJson(request)
        ? parameters.after(AS_JSON)
        : parameters;
  }

  /** The same of a form, whose query may name the format if the form itself does not. */
  public static Parameters shapeOfForm(Parameters form, HttpServletRequest request) {
    if (request.getQueryString() == null) {
      return shape(form, request);
    }
    Parameters query = Parameters.ofReadableQuery(request);
    return shape(form.orOf(query, List.of(Format.FORMAT)), request);
  }

  /**
   * The parameters that set the format of an error that is answered before the door has read
   * anything.
   */
  static Parameters shapeOfRefused(HttpServletRequest request) {
    Parameters query = Parameters.ofReadableQuery(request);
    return isAtDoor(request) ? shape(query, request) : query;
  }

  /** Adds the fields of a success. */
  static void addSuccess(JsonWriter json) throws IOException {
    json.name("success").value(true);
  }

  /**
   * Adds the fields of a failure.
   *
   * @param said the visitor's message if there is one
   */
  static void addError(JsonWriter json, ApiException error, String said) throws IOException {
    json.name("success").value(false);
    json.name("error").value(LegalText.of(said));
    if (error.isToBeginAnew()) {
      json.name("reset").value(true); // Fine Uploader then sends the first chunk again.
    }
  }
}
