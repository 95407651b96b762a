package slipway.http.upload;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import slipway.http.HasParameters;

/** A servlet that takes files: it stands at a {@link Door}, and declares its parameters. */
public abstract class UploadServlet extends HttpServlet implements HasParameters {
  private static final long serialVersionUID = 1L;

  private final transient Door door;

  /** A servlet at that door. */
  protected UploadServlet(Door door) {
    this.door = door;
  }

  /** The HTTP methods that it answers at an address, in the form of the header {@code Allow}. */
  protected final String allowed(HttpServletRequest request) {
    return door.allowed(request);
  }

  /** Its declared parameters. */
  public final Door door() {
    return door;
  }
}
