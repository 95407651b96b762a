package slipway.http.ops;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /health/live}: 200 as long as the service answers at all. */
public final class Live extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TextAnswer.send(response, HttpServletResponse.SC_OK, "text/plain; charset=utf-8", "ok\n");
  }
}
