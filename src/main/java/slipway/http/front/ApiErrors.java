package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.ErrorCode;

/**
 * Stands before the page for errors and answers those below {@code /api/} in the API's own form.
 */
public final class ApiErrors extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Api api;

  /** Answers as that API. */
  public ApiErrors(Api api) {
    this.api = api;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeaders.set(response);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ApiException decided = BrokenBody.decided(request);
    if (path instanceof String text
        && status instanceof Integer code
        && (BrokenBody.hasForm(request) || text.startsWith(request.getContextPath() + "/api/"))) {
      api.refuse(request, response, decided == null ? error(code) : decided);
    } else {
      if (decided != null) {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, decided.status());
      }
      chain.doFilter(request, response);
    }
  }

  private static ApiException error(int status) {
    return switch (status) {
      case 404 -> new ApiException(ErrorCode.NO_SUCH_METHOD, "There is no such method.");
      case 405 -> new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "The method is not allowed.");
      case 413, 414, 431 -> new ApiException(ErrorCode.TOO_LARGE, "The request is too large.");
      case 429 ->
          new ApiException(ErrorCode.RATE_LIMITED, "Too many requests; please wait a little.");
      case 503 -> ApiException.tryLater("The service is about to stop; please try again soon.", 5);
      default ->
          status < 500
              ? new ApiException(ErrorCode.INVALID_INPUT, "The request is not valid.")
                  .withStatus(status)
              : new ApiException(ErrorCode.SERVER_ERROR, "Something went wrong here.");
    };
  }
}
