package slipway.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import slipway.media.Media;
import slipway.net.LateOutput;

/** A picture that answers a call in place of a reply. It is sent as its reader takes it. */
public final class Picture {
  private final String type;
  private final boolean isFinal;
  private final long length;
  private final PictureBytes source;

  /** Gives the bytes; closing the stream closes what they come from. */
  @FunctionalInterface
  private interface PictureBytes {
    InputStream open();
  }

  private Picture(String type, boolean isFinal, long length, PictureBytes source) {
    this.type = type;
    this.isFinal = isFinal;
    this.length = length;
    this.source = source;
  }

  /**
   * A picture in memory.
   *
   * @param type its MIME type
   * @param isFinal whether the same call gives the same again, so that a browser may keep it
   */
  public static Picture of(byte[] bytes, String type, boolean isFinal) {
    return new Picture(type, isFinal, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * A picture in a file that never changes.
   *
   * @param file closed when it is sent
   * @param type its MIME type
   */
  public static Picture of(Media file, String type) {
    return new Picture(type, true, file.size(), () -> file.stream(0, file.size()));
  }

  /** Answers with it, now or when the request was worked on. */
  void sendTo(HttpServletResponse response) throws IOException {
    InputStream bytes = source.open();
    boolean isOnItsWay = false;
    try {
      response.setContentType(type);
      response.setHeader("Cache-Control", isFinal ? "private, max-age=3600" : "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      response.setContentLengthLong(length);
      OutputStream out = response.getOutputStream();
      if (length > LateOutput.AT_ONCE_BYTES && out instanceof LateOutput late) {
        late.later(bytes, true);
        isOnItsWay = true;
      } else {
        bytes.transferTo(out);
      }
    } finally {
      if (!isOnItsWay) {
        bytes.close();
      }
    }
  }
}
