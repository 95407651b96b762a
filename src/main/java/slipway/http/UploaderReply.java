package slipway.http;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import slipway.details.LegalText;

/**
 * What the uploaders of web pages expect of a JSON answer, at the doors for files. Fine Uploader
 * takes nothing but {@code "success": true} for one, and it and Dropzone show the text {@code
 * error} to the visitor. Dropzone and others ask for JSON by the header {@code Accept} alone.
 */
public final class UploaderReply {
  private static final String DOOR = UploaderReply.class.getName() + ".door";
  private static final String JSON = "application/json";
  private static final Map.Entry<String, String> AS_JSON = Map.entry("format", "json");

  private UploaderReply() {}

  /** Says that a request is at a door for files. To be called before anything may answer it. */
  public static void atDoor(HttpServletRequest request) {
    request.setAttribute(DOOR, true);
  }

  /** Whether that was said. */
  static boolean isAtDoor(HttpServletRequest request) {
    return request.getAttribute(DOOR) != null;
  }

  /**
   * Whether the request accepts JSON and nothing else: its {@code Accept} is exactly {@code
   * application/json}. Scripts that list other types as well, such as those of jQuery and axios,
   * did not ask for anything: they are answered as a form of a browser is.
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

  /** What tells the form of an error that is answered before its door has read anything. */
  static Parameters shapeOfRefused(HttpServletRequest request) {
    Parameters query = Parameters.ofReadableQuery(request);
    return isAtDoor(request) ? shape(query, request) : query;
  }

  /** Adds that all went well. */
  static void addSuccess(JsonObject json) {
    json.addProperty("success", true);
  }

  /**
   * Adds that it did not, and why.
   *
   * @param said in the visitor's words if there are any
   */
  static void addError(JsonObject json, ApiException error, String said) {
    json.addProperty("success", false);
    json.addProperty("error", LegalText.of(said));
    if (error.isToBeginAnew()) {
      json.addProperty("reset", true); // Fine Uploader then sends the first chunk again.
    }
  }
}
