package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import slipway.http.Cors;
import slipway.http.upload.Door;

/**
 * What pages of other origins may call. It stands before everything that may refuse a request: a
 * page that cannot read why it was refused, and for how long, takes it for a lost network. A
 * preflight is answered here, where no limit counts it.
 */
public final class CrossOrigin {
  private final Map<Door, Cors> doors = new LinkedHashMap<>();
  private final Function<String, Cors> methods;

  /**
   * By what these declare.
   *
   * @param doors the ways in for bytes
   * @param methods by the path of the request, for what is at none of those doors
   */
  public CrossOrigin(List<Door> doors, Function<String, Cors> methods) {
    doors.forEach(door -> this.doors.put(door, door.cors()));
    this.methods = methods;
  }

  /** See {@link Cors#answered}. */
  boolean answered(HttpServletRequest request, HttpServletResponse response) {
    return cors(request.getServletPath()).answered(request, response);
  }

  private Cors cors(String path) {
    for (Map.Entry<Door, Cors> door : doors.entrySet()) {
      if (door.getKey().isAt(path)) {
        return door.getValue();
      }
    }
    return methods.apply(path);
  }
}
