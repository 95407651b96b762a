package slipway.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import slipway.media.Media;
import slipway.net.EntityTag;
import slipway.net.FilePart;
import slipway.net.LateOutput;

/** A picture that answers a call in place of a reply. It is sent at the pace of its reader. */
public final class Picture {
  private final String type;
  private final EntityTag tag;
  private final long length;
  private final PictureBytes source;
  private final Optional<FilePart> part;

  /** Gives the bytes; closing the stream closes what they come from. */
  @FunctionalInterface
  private interface PictureBytes {
    InputStream open() throws IOException;
  }

  private Picture(
      String type, EntityTag tag, long length, PictureBytes source, Optional<FilePart> part) {
    this.type = type;
    this.tag = tag;
    this.length = length;
    this.source = source;
    this.part = part;
  }

  /**
   * A picture in memory.
   *
   * @param type its MIME type
   * @param tag its ETag; null when the same call may soon give another picture, so that no cache
   *     may keep this one
   */
  public static Picture of(byte[] bytes, String type, EntityTag tag) {
    return new Picture(
        type, tag, bytes.length, () -> new ByteArrayInputStream(bytes), Optional.empty());
  }

  /**
   * A picture in a file.
   *
   * @param file closed when it is sent
   * @param type its MIME type
   * @param tag its ETag
   */
  public static Picture of(Media file, String type, EntityTag tag) {
    long size = file.size();
    return new Picture(type, tag, size, () -> file.stream(0, size), file.part(0, size));
  }

  /** Answers that the picture in the browser's cache is current. */
  public static Picture known(EntityTag tag) {
    return new Picture(null, tag, 0, InputStream::nullInputStream, Optional.empty());
  }

  /** Answers with it, now or after the request was handled. */
  void sendTo(HttpServletResponse response) throws IOException {
    // The address holds a secret, and the next request may get another picture.
    response.setHeader("Cache-Control", tag == null ? "no-store" : "private, no-cache");
    if (tag != null) {
      response.setHeader("ETag", tag.toString());
    }
    if (type == null) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    InputStream bytes = source.open();
    boolean isOnItsWay = false;
    try {
      response.setContentType(type);
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      response.setContentLengthLong(length);
      OutputStream out = response.getOutputStream();
      if (length > LateOutput.AT_ONCE_BYTES && out instanceof LateOutput late) {
        late.later(bytes, part, true);
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
