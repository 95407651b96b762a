package slipway.web;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A QR code (ISO/IEC 18004) as an SVG path through its dark squares, to be drawn by a stroke as
 * wide as a square: half as many bytes as their outlines are.
 *
 * @param size units of its side, a quiet zone of four on every side included
 * @param path value of {@code d}
 */
public record QrCode(int size, String path) {
  private static final int QUIET = 4;

  /** The query of a page's address that asks for its code instead, as a picture. */
  private static final String QUERY = "qr";

  /** Whether a request asks for the code of a page's address rather than the page. */
  static boolean isAskedFor(HttpServletRequest request) {
    return QUERY.equals(request.getQueryString());
  }

  /** Answers with it as a picture, which is as secret as what it says. */
  void send(HttpServletResponse response) throws IOException {
    String svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d">\
        <rect width="100%%" height="100%%" fill="#fff"/>\
        <path d="%2$s" stroke="#000" shape-rendering="crispEdges"/></svg>"""
            .formatted(size, path);
    byte[] body = svg.getBytes(StandardCharsets.UTF_8);
    response.setContentType("image/svg+xml");
    response.setHeader("Content-Security-Policy", "default-src 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The code of a text, such as an address. */
  static QrCode of(String text) {
    ByteMatrix squares = squares(text);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < squares.getHeight(); y++) {
      path.append("M%d %d.5".formatted(QUIET, y + QUIET));
      for (int x = 0; x < squares.getWidth(); ) {
        int light = run(squares, x, y, 0);
        int dark = run(squares, x + light, y, 1);
        path.append(light > 0 && dark > 0 ? "m" + light + " 0" : "")
            .append(dark > 0 ? "h" + dark : "");
        x += light + dark;
      }
    }
    return new QrCode(squares.getWidth() + 2 * QUIET, path.toString());
  }

  /** How many squares of a kind there are from here to the right: 1 for dark ones. */
  private static int run(ByteMatrix squares, int x, int y, int kind) {
    int end = x;
    while (end < squares.getWidth() && squares.get(end, y) == kind) {
      end++;
    }
    return end - x;
  }

  private static ByteMatrix squares(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("Too long for a QR code", e);
    }
  }
}
