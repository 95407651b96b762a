package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.zip.CRC32;
import slipway.net.EntityTag;

/**
 * Sends small files that belong to a photo, whole or not at all. They may be replaced under the
 * same address, so that a browser revalidates each time. Like a file, it is never shown as a page.
 */
final class SmallDelivery {
  private SmallDelivery() {}

  static void send(
      byte[] bytes, String contentType, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    EntityTag etag = new EntityTag(version(bytes));
    response.setContentType(contentType);
    response.setHeader("ETag", etag.toString());
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", MediaDelivery.SANDBOX);
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    // Players on other sites read it by script; the secret is in the address.
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (etag.isAmong(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentLength(bytes.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes);
    }
  }

  /** The tag that distinguishes bytes from others. */
  static String version(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return Long.toHexString(sum.getValue()) + "-" + bytes.length;
  }
}
