package slipway.http.front;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body must not come too slowly. */
final class PacedRequest extends HttpServletRequestWrapper {
  private final Pace pace;
  private PacedInput input;

  PacedRequest(HttpServletRequest request, Pace pace) {
    super(request);
    this.pace = pace;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (input == null) {
      input = new PacedInput(super.getInputStream(), pace);
    }
    return input;
  }

  boolean wasTooSlow() {
    return input != null && input.wasTooSlow();
  }

  boolean isBroken() {
    return input != null && input.isBroken();
  }
}
