package slipway.http.front;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** An answer that knows how many bytes its body has had so far. */
final class CountedResponse extends HttpServletResponseWrapper {
  private CountedOutput output;

  CountedResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new CountedOutput(super.getOutputStream());
    }
    return output;
  }

  long bytes() {
    return output == null ? 0 : output.bytes();
  }

  boolean isBroken() {
    return output != null && output.isBroken();
  }
}
