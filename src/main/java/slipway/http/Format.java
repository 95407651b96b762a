package slipway.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The requested format of a reply: XML or one of several shapes of JSON.
 *
 * @param json JSON rather than XML
 * @param prefix script text before the JSON, as for JSONP; empty for none
 * @param suffix script text after it
 * @param contentType the reply's MIME type
 */
record Format(boolean json, String prefix, String suffix, String contentType) {
  private static final String SCRIPT = "application/javascript";

  /** The default. */
  static final Format XML = new Format(false, "", "", "text/xml");

  /** Plain JSON. */
  static final Format JSON = new Format(true, "", "", "application/json");

  /** JSON as the later platform gives it by default. */
  static final Format VISUAL = new Format(true, "var visual = ", ";", SCRIPT);

  /** The message alone, for people; errors only. */
  static final Format TEXT = new Format(false, "", "", "text/plain");

  private static final Pattern IDENTIFIER_PATH =
      Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");
  private static final int MAX_IDENTIFIER = 200;
  private static final String VALID = "the path of a JavaScript identifier, such as site.show";

  /** Reserved words (ECMA-262, 12.7.2), those of strict mode left out. */
  private static final Set<String> RESERVED =
      Set.of(
          ("break case catch class const continue debugger default delete do else enum export extends"
                  + " false finally for function if import in instanceof new null return super"
                  + " switch this throw true try typeof var void while with")
              .split(" "));

  /** The format; whether it is given decides how a form with a file is answered. */
  static final Parameter<String> FORMAT =
      Parameter.choice("format", List.of("xml", "json"), id -> id, "xml or json")
          .orElse("xml")
          .words("Format of the reply.");

  private static final Parameter<String> CALLBACK =
      identifier("callback").words("JSONP: the reply is callback({...});");
  private static final Parameter<String> VARNAME =
      identifier("varname").words("The reply is var varname = {...};");
  private static final Parameter<String> RAW =
      Parameter.text("raw").takingEmpty().words("If given, JSON is sent as text/javascript.");

  /** The parameters that it reads. */
  static final List<Parameter<?>> PARAMETERS = List.of(FORMAT, CALLBACK, VARNAME, RAW);

  private static Parameter<String> identifier(String name) {
    return Parameter.text(name, MAX_IDENTIFIER, IDENTIFIER_PATH, VALID).as(Format::free).orNone("");
  }

  /** No script can call or declare a word of the language itself. */
  private static String free(String name, String path) throws ApiException {
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    if (RESERVED.contains(first) && !(first.equals("this") && dot > 0)) {
      throw ApiException.invalid(name, VALID + "; '" + first + "' is a reserved word");
    }
    return path;
  }

  /** Whether the parameters request a script, valid or not. */
  static boolean isAskedForScript(Parameters parameters) {
    return CALLBACK.isGiven(parameters) || VARNAME.isGiven(parameters);
  }

  /** Whether the reply is a script, which browsers run only with a status of success. */
  boolean isScript() {
    return contentType.equals(SCRIPT);
  }

  /**
   * Reads format, callback, varname and raw.
   *
   * @throws ApiException when one is not valid
   */
  static Format of(Parameters parameters) throws ApiException {
    return FORMAT.of(parameters).equals("json") ? json(parameters) : XML;
  }

  /** The same for an error; without a script if its name is not valid. */
  static Format ofError(Parameters parameters) {
    try {
      return of(parameters);
    } catch (ApiException e) {
      // The present error says more than one about the format.
      return isJson(parameters) ? JSON : XML;
    }
  }

  private static boolean isJson(Parameters parameters) {
    try {
      return FORMAT.of(parameters).equals("json");
    } catch (ApiException e) {
      return false;
    }
  }

  private static Format json(Parameters parameters) throws ApiException {
    String callback = CALLBACK.of(parameters);
    if (!callback.isEmpty()) {
      // The comment keeps the bytes at the start from being mistaken for another kind of file.
      return new Format(true, "/**/" + callback + "(", ");", SCRIPT);
    }
    String varname = VARNAME.of(parameters);
    if (!varname.isEmpty()) {
      // A path can only be assigned to; a plain name can be declared.
      String declared = varname.contains(".") ? varname : "var " + varname;
      return new Format(true, declared + " = ", ";", SCRIPT);
    }
    return RAW.isGiven(parameters) ? new Format(true, "", "", "text/javascript") : JSON;
  }
}
