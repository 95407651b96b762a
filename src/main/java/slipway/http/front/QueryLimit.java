package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.upload.Door;

/** Refuses a request whose query is too long. */
public final class QueryLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int URI_TOO_LONG = HttpServletResponse.SC_REQUEST_URI_TOO_LONG;

  private final transient Api api;
  private final int queryChars;
  private final transient List<Door> doors;

  /**
   * Accepts queries of that many encoded characters at most.
   *
   * @param doors where a refusal is never sent under the status of a script
   */
  public QueryLimit(Api api, int queryChars, List<Door> doors) {
    this.api = api;
    this.queryChars = queryChars;
    this.doors = doors;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String query = request.getQueryString();
    if (query == null || query.length() <= queryChars) {
      chain.doFilter(request, response);
    } else {
      refuse(request, response);
    }
  }

  /** In the way of the door, of a method, or with the error page. */
  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = Api.path(request);
    Optional<Door> at = doors.stream().filter(door -> door.isAt(path)).findFirst();
    if (at.isPresent()) {
      at.get().beginning().of(request, response);
      api.refuse(request, response, tooLong());
    } else if (path.startsWith("/api/")) {
      api.refuseCall(request, response, tooLong());
    } else {
      response.sendError(URI_TOO_LONG);
    }
  }

  private ApiException tooLong() {
    return new ApiException(
            ErrorCode.TOO_LARGE,
            "The query is too long: at most " + queryChars + " characters; use POST for more.")
        .withStatus(URI_TOO_LONG);
  }
}
