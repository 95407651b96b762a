package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import slipway.http.Cors;

/**
 * One way in for bytes, as it declares itself. The limits of uploads, CORS, the access log, the
 * methods that are let through and OpenAPI go by it. A servlet that takes files without such a
 * declaration cannot be registered.
 *
 * @param path the servlet's mapping, such as {@code /api/photo/upload}, or with {@code /*} at its
 *     end for all paths below
 * @param methods the HTTP methods it answers, besides OPTIONS
 * @param isOpenToPages whether pages of other origins may call it and read its answers
 * @param exposedHeaders names of answer headers that those pages may read
 * @param hasSecretInPath whether what follows in the path is a secret, which no log may tell
 * @param beginning decides how requests are answered that get no further than to the door
 */
public record Door(
    String path,
    List<String> methods,
    boolean isOpenToPages,
    List<String> exposedHeaders,
    boolean hasSecretInPath,
    Beginning beginning) {
  private static final String BELOW = "/*";

  /** A door at that path with these methods, for callers that are no pages of other origins. */
  public static Door at(String path, String... methods) {
    return new Door(path, List.of(methods), false, List.of(), false, (request, response) -> {});
  }

  /** Looks at the head of a request before anything of it is taken. */
  @FunctionalInterface
  public interface Beginning {
    /** Says how it is answered should it be refused, or not come whole. */
    void of(HttpServletRequest request, HttpServletResponse response);
  }

  /** The same, where requests begin like this. */
  public Door beginning(Beginning with) {
    return new Door(path, methods, isOpenToPages, exposedHeaders, hasSecretInPath, with);
  }

  /** The same, open to pages of other origins, which may read these answer headers. */
  public Door openToPages(String... exposed) {
    return new Door(path, methods, true, List.of(exposed), hasSecretInPath, beginning);
  }

  /** The same, with a secret in the path. */
  public Door withSecretInPath() {
    return new Door(path, methods, isOpenToPages, exposedHeaders, true, beginning);
  }

  /** How pages of other origins may call it. */
  public Cors cors() {
    return isOpenToPages
        ? new Cors(String.join(", ", methods) + ", OPTIONS", String.join(", ", exposedHeaders))
        : Cors.NONE;
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
