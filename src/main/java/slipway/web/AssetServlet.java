package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import slipway.net.EntityTag;

/**
 * {@code /assets/}: scripts and style sheets, for the pages of every site. A module of another
 * origin needs CORS (HTML Standard, 8.1.3), and one that isolates itself a resource policy. They
 * are sent in gzip to clients that accept it, as nothing here is secret; the same on each
 * container.
 */
public final class AssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** {@code gzip}, or any, with no weight or one above 0 (RFC 9110, 12.5.3). */
  private static final Pattern GZIP =
      Pattern.compile("(x-)?gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?");

  private static final Pattern ANY = Pattern.compile("\\*\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?");

  private final transient Assets assets;

  /** Serves these. */
  public AssetServlet(Assets assets) {
    this.assets = assets;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
    String path = request.getPathInfo();
    Assets.ServedAsset found = assets.find(path == null ? "" : path.substring(1)).orElse(null);
    if (found == null) {
      response.setHeader("Cache-Control", "no-cache");
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      send(found, request, response);
    }
  }

  private static void send(
      Assets.ServedAsset found, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Asset asset = found.asset();
    boolean isPacked =
        asset.packed() != null
            && takesGzip(Collections.list(request.getHeaders("Accept-Encoding")));
    EntityTag etag = asset.etag(isPacked);
    response.setHeader("Cache-Control", found.lifetime().header());
    response.setHeader("ETag", etag.toString());
    response.addHeader("Vary", "Accept-Encoding");
    if (asset.isSvg()) {
      response.setHeader("Content-Security-Policy", MediaDelivery.SANDBOX);
    }
    if (etag.isAmong(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] body = isPacked ? asset.packed() : asset.bytes();
    response.setContentType(asset.contentType());
    if (isPacked) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** Whether a request with these headers {@code Accept-Encoding} takes gzip. */
  static boolean takesGzip(List<String> accepted) {
    List<String> codings =
        accepted.stream()
            .flatMap(header -> Pattern.compile(",").splitAsStream(header))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .toList();
    return codings.stream().anyMatch(coding -> GZIP.matcher(coding).matches())
        || (codings.stream().noneMatch(coding -> coding.matches("(x-)?gzip\\b.*"))
            && codings.stream().anyMatch(coding -> ANY.matcher(coding).matches()));
  }
}
