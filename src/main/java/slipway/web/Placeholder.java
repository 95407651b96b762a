package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import slipway.photo.Photo;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionSize;

/**
 * Stands for a missing rendition: a grey picture of its size with a symbol. It has status 200, as
 * galleries show images; the header {@code Slipway-Rendition} gives the reason, and no cache may
 * keep it.
 */
final class Placeholder {
  private static final int WIDTH = 4;
  private static final int HEIGHT = 3;
  private static final String VIDEO = "M38 30v40l34-20z";
  private static final String PICTURE = "M20 74l20-30 14 18 10-12 16 24zM66 26a7 7 0 1 0 .1 0z";

  private Placeholder() {}

  static void send(
      Photo photo,
      RenditionSize size,
      RenditionQueue.Status status,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    byte[] svg = svg(dimensions(photo, size), photo.isVideo()).getBytes(StandardCharsets.UTF_8);
    response.setContentType("image/svg+xml");
    response.setHeader("Slipway-Rendition", status.state().id());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", MediaDelivery.SANDBOX);
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setContentLength(svg.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(svg);
    }
  }

  /** The size it will have; 4:3 while the photo's own is not known. */
  private static RenditionSize.Dimensions dimensions(Photo photo, RenditionSize size) {
    return photo.width() == null || photo.height() == null
        ? size.of(WIDTH * size.most(), HEIGHT * size.most())
        : size.of(photo.width(), photo.height());
  }

  private static String svg(RenditionSize.Dimensions size, boolean video) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">\
        <rect width="100%%" height="100%%" fill="#8883"/>\
        <svg viewBox="0 0 100 100"><path d="%s" fill="#8889"/></svg></svg>"""
        .formatted(size.width(), size.height(), video ? VIDEO : PICTURE);
  }
}
