package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import slipway.media.Media;
import slipway.net.FilePart;

/**
 * Leaves the sending of local files to the nginx in front, by {@code X-Accel-Redirect}: it has the
 * media folder under an internal prefix, which visitors cannot request.
 */
public final class AccelRedirect {
  private static final String HEADER = "X-Accel-Redirect";

  private final String prefix;
  private final Path root;
  private final Predicate<HttpServletRequest> isBehindProxy;

  /**
   * Leaves files to nginx, or none.
   *
   * @param prefix where nginx has the media folder, such as {@code /slipway-media/}; null for none
   * @param root the media folder
   * @param isBehindProxy whether a request comes directly from a trusted proxy: others would get a
   *     name in place of the file
   */
  public AccelRedirect(String prefix, Path root, Predicate<HttpServletRequest> isBehindProxy) {
    this.prefix = prefix;
    this.root = root;
    this.isBehindProxy = isBehindProxy;
  }

  /**
   * Names a local file in the answer, which has no body then: nginx sends it, whole or by the
   * request's ranges.
   *
   * @return whether it did
   */
  boolean leave(Media media, HttpServletRequest request, HttpServletResponse response) {
    if (prefix == null || !request.getMethod().equals("GET") || !isBehindProxy.test(request)) {
      return false;
    }
    Optional<Path> file =
        media.part(0, media.size()).map(FilePart::path).filter(path -> path.startsWith(root));
    if (file.isEmpty()) {
      return false;
    }
    // The names are ours: letters, digits, dots and hyphens.
    response.setHeader(HEADER, prefix + root.relativize(file.get()).toString().replace('\\', '/'));
    response.setContentLength(0);
    return true;
  }
}
