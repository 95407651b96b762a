package slipway.web;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code (ISO/IEC 18004) as an SVG path of its dark squares.
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
      for (int x = 0; x < squares.getWidth(); x++) {
        int run = run(squares, x, y);
        if (run > 0) {
          path.append("M%d %dh%dv1h-%dz".formatted(x + QUIET, y + QUIET, run, run));
          x += run;
        }
      }
    }
    return new QrCode(squares.getWidth() + 2 * QUIET, path.toString());
  }

  /** How many dark squares there are from here to the right. */
  private static int run(ByteMatrix squares, int x, int y) {
    int end = x;
    while (end < squares.getWidth() && squares.get(end, y) == 1) {
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
