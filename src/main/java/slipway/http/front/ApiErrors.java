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

/** Precedes the error page, and answers errors below {@code /api/} in the API's own format. */
public final class ApiErrors extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient AllowedMethods allowed;

  /** Answers as that API, and lists the allowed methods where another is refused. */
  public ApiErrors(Api api, AllowedMethods allowed) {
    this.api = api;
    this.allowed = allowed;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeaders.set(response);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ApiException decided = BrokenBody.decided(request);
    sayAllowed(request, response);
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

  /** Tomcat refuses TRACE before any filter, and names methods that it guesses from the servlet. */
  private void sayAllowed(HttpServletRequest request, HttpServletResponse response) {
    if (Integer.valueOf(HttpServletResponse.SC_METHOD_NOT_ALLOWED)
            .equals(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
        && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
        && uri.startsWith(request.getContextPath())
        && !response.isCommitted()) {
      String path = uri.substring(request.getContextPath().length());
      response.setHeader("Allow", allowed.at(path, request));
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
