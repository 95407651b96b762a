package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import slipway.http.Api;
import slipway.http.Cors;

/**
 * A way in for bytes, as it declares itself. The limits of uploads, CORS, the access log, the
 * allowed methods and OpenAPI follow from it. A servlet that takes files cannot be registered
 * without such a declaration.
 *
 * @param path the servlet's mapping, such as {@code /api/photo/upload}, or with {@code /*} at its
 *     end for all paths below
 * @param methods the HTTP methods it answers, besides OPTIONS
 * @param isOpenToPages whether pages of other origins may call it and read its answers
 * @param exposedHeaders names of answer headers that those pages may read
 * @param hasSecretInPath whether what follows in the path is a secret, which no log may tell
 * @param beginning decides how requests that are refused at the door are answered
 * @param choice gives which of the methods one address accepts
 */
public record Door(
    String path,
    List<String> methods,
    boolean isOpenToPages,
    List<String> exposedHeaders,
    boolean hasSecretInPath,
    Beginning beginning,
    Choice choice) {
  private static final String BELOW = "/*";

  /** A door at that path with these methods, closed to pages of other origins. */
  public static Door at(String path, String... methods) {
    List<String> all = List.of(methods);
    return new Door(
        path, all, false, List.of(), false, (request, response) -> {}, (at, request) -> all);
  }

  /** Looks at the head of a request before its body is read. */
  @FunctionalInterface
  public interface Beginning {
    /** Sets how it is answered if it is refused, or does not arrive whole. */
    void of(HttpServletRequest request, HttpServletResponse response);
  }

  /** Looks at an address of the door. */
  @FunctionalInterface
  public interface Choice {
    /**
     * The methods it may have, besides OPTIONS.
     *
     * @param path that of the address, without that of the application
     * @param request has its query
     */
    List<String> of(String path, HttpServletRequest request);
  }

  /** The same door, with that choice of methods for an address. */
  public Door taking(Choice of) {
    return new Door(path, methods, isOpenToPages, exposedHeaders, hasSecretInPath, beginning, of);
  }

  /**
   * The HTTP methods that the address of a request accepts, in the form of the header {@code
   * Allow}.
   */
  public String allowed(HttpServletRequest request) {
    return allowed(Api.path(request), request);
  }

  /**
   * The HTTP methods that an address accepts, which need not be that of the request.
   *
   * @param at its path, without that of the application
   * @param request has its query
   */
  public String allowed(String at, HttpServletRequest request) {
    return String.join(", ", choice.of(at, request)) + ", OPTIONS";
  }

  /** The same door, whose requests begin like this. */
  public Door beginning(Beginning with) {
    return new Door(path, methods, isOpenToPages, exposedHeaders, hasSecretInPath, with, choice);
  }

  /** The same door, open to pages of other origins, which may read these answer headers. */
  public Door openToPages(String... exposed) {
    return new Door(path, methods, true, List.of(exposed), hasSecretInPath, beginning, choice);
  }

  /** The same door, with a secret in the path. */
  public Door withSecretInPath() {
    return new Door(path, methods, isOpenToPages, exposedHeaders, true, beginning, choice);
  }

  /** How pages of other origins may call it. */
  public Cors cors() {
    return cors(String.join(", ", methods) + ", OPTIONS");
  }

  /** How pages of other origins may call the address of a request. */
  public Cors cors(HttpServletRequest request) {
    return cors(allowed(request));
  }

  private Cors cors(String allowed) {
    return isOpenToPages ? new Cors(allowed, String.join(", ", exposedHeaders)) : Cors.NONE;
  }

  /** The path without its mapping's asterisk, such as {@code /files/}. */
  public String prefix() {
    return path.endsWith(BELOW) ? path.substring(0, path.length() - 1) : path;
  }

  /** Whether a request's path, without that of the application, is the door's. */
  public boolean isAt(String requestPath) {
    return path.endsWith(BELOW)
        ? (requestPath + "/").startsWith(prefix())
        : requestPath.equals(path);
  }
}
