package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ErrorCode;

/** Refuses a request whose query is too long. */
public final class QueryLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int URI_TOO_LONG = HttpServletResponse.SC_REQUEST_URI_TOO_LONG;

  private final transient Api api;
  private final int queryChars;

  /** Takes queries of that many characters at most, as they are encoded. */
  public QueryLimit(Api api, int queryChars) {
    this.api = api;
    this.queryChars = queryChars;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String query = request.getQueryString();
    if (query == null || query.length() <= queryChars) {
      chain.doFilter(request, response);
    } else {
      api.refuse(request, response, tooLong());
    }
  }

  private ApiException tooLong() {
    return new ApiException(
            ErrorCode.TOO_LARGE,
            "The query is too long: at most " + queryChars + " characters; use POST for more.")
        .withStatus(URI_TOO_LONG);
  }
}
