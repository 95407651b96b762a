package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Function;
import slipway.http.Cors;
import slipway.http.UploaderReply;
import slipway.http.upload.Door;

/**
 * What pages of other origins may call. It precedes everything that may refuse a request: a page
 * that cannot read why it was refused, and for how long, mistakes that for a lost network. A
 * preflight is answered here, where no limit counts it.
 */
public final class CrossOrigin {
  private final List<Door> doors;
  private final Function<String, Cors> methods;

  /**
   * By the declarations of these.
   *
   * @param doors the ways in for bytes
   * @param methods by the path of the request, for paths that are not at one of those doors
   */
  public CrossOrigin(List<Door> doors, Function<String, Cors> methods) {
    this.doors = doors;
    this.methods = methods;
  }

  /** See {@link Cors#answered}. */
  boolean answered(HttpServletRequest request, HttpServletResponse response) {
    return cors(request).answered(request, response);
  }

  private Cors cors(HttpServletRequest request) {
    String path = request.getServletPath();
    for (Door door : doors) {
      if (door.isAt(path)) {
        UploaderReply.atDoor(request);
        return door.cors(request);
      }
    }
    return methods.apply(path);
  }
}
