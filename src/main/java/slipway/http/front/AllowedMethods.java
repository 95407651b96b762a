package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import slipway.http.Api;
import slipway.http.upload.Door;

/** Which HTTP methods a path accepts, in the form of the header {@code Allow}. */
public final class AllowedMethods {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** Below {@code /api/}, but no methods: the document, and the page that shows it. */
  static final Set<String> PAGES_OF_API = Set.of("/api/", "/api/openapi.json");

  private final List<Door> doors;
  private final Function<String, String> ofApi;

  /**
   * Those of a site with these doors.
   *
   * @param ofApi the HTTP methods of the API's method at a path, comma-separated; null where there
   *     is no method
   */
  public AllowedMethods(List<Door> doors, Function<String, String> ofApi) {
    this.doors = doors;
    this.ofApi = ofApi;
  }

  /** The methods that the address of a request accepts, comma-separated. */
  String of(HttpServletRequest request) {
    return at(Api.path(request), request);
  }

  /**
   * The methods that a path accepts, comma-separated.
   *
   * @param request supplies the query of the address, even if its own path is that of the error
   *     page
   */
  String at(String path, HttpServletRequest request) {
    for (Door door : doors) {
      if (door.isAt(path)) {
        return door.allowed(path, request);
      }
    }
    String declared = ofApi.apply(path);
    if (declared != null) {
      return declared;
    }
    return isOfApi(path) ? "GET, POST, OPTIONS" : "GET, HEAD, OPTIONS";
  }

  /** Whether a filter lets a request through, for its servlet to decide. */
  boolean mayPass(HttpServletRequest request) {
    String path = request.getServletPath();
    return READING.contains(request.getMethod())
        || (!request.getMethod().equals("TRACE")
            && (doors.stream().anyMatch(door -> door.isAt(path)) || isOfApi(path)));
  }

  private static boolean isOfApi(String path) {
    return (path + "/").startsWith("/api/") && !PAGES_OF_API.contains(path);
  }

  /** Whether a request may change something: methods of the API do on GET, too. */
  static boolean mayChange(HttpServletRequest request) {
    return !READING.contains(request.getMethod()) || isOfApi(request.getServletPath());
  }
}
