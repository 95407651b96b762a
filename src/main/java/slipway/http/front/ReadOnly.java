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

/**
 * Everything except the API and the doors of uploads can only be read. Other methods are refused
 * with a list of those allowed (RFC 9110, 15.5.6), and so is TRACE everywhere, as it would reveal
 * headers to scripts.
 */
public final class ReadOnly extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient AllowedMethods allowed;
  private final transient RefusalPage page;

  /** Shows people that a request is refused. */
  @FunctionalInterface
  public interface RefusalPage {
    /** Answers with that HTTP status. */
    void show(HttpServletRequest request, HttpServletResponse response, int status)
        throws IOException;
  }

  /** Lets the allowed methods through; refuses others as that API does, or by a page. */
  public ReadOnly(Api api, AllowedMethods allowed, RefusalPage page) {
    this.api = api;
    this.allowed = allowed;
    this.page = page;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (allowed.mayPass(request)) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Allow", allowed.of(request));
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      refuse(request, response);
    }
  }

  /** Jetty would show the error page to GET, HEAD and POST only. */
  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if ((request.getServletPath() + "/").startsWith("/api/")) {
      api.refuse(
          request,
          response,
          new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "The method is not allowed."));
      return;
    }
    page.show(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }
}
