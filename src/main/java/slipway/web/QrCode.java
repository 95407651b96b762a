package slipway.web;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code (ISO/IEC 18004) as an SVG path through its dark squares, to be drawn by a stroke as
 * wide as a square: half as many bytes as their outlines are.
 *
 * @param size units of its side, a quiet zone of four on every side included
 * @param path value of {@code d}
 */
public record QrCode(int size, String path) {
  private static final int QUIET = 4;

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
