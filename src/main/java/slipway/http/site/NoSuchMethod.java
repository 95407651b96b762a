package slipway.http.site;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;

/** The answer of every other path below {@code /api/}. */
public final class NoSuchMethod extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Api api;

  /** The answer, in the requested format. */
  public NoSuchMethod(Api api) {
    this.api = api;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Parameters parameters = Parameters.forAnswer(request);
    api.identify(request, parameters);
    api.write(
        request,
        response,
        parameters,
        new ApiException(
            ErrorCode.NO_SUCH_METHOD,
            "There is no API method of this name; /api/openapi.json lists the API methods."));
  }
}
