package slipway.http.upload;

import jakarta.servlet.http.HttpServlet;

/** A servlet that takes files: it stands at a {@link Door}. */
public abstract class UploadServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Door door;

  /** A servlet at that door. */
  protected UploadServlet(Door door) {
    this.door = door;
  }

  /** What it declares. */
  public final Door door() {
    return door;
  }
}
