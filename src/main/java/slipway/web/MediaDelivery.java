package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import slipway.media.DownloadName;
import slipway.media.Media;
import slipway.net.EntityTag;
import slipway.net.LateOutput;

/**
 * Sends a stored file: whole, in part, or not at all when the browser has it (RFC 9110, 13 and 14).
 * A visitor's file is never shown as a page: its type is detected, sniffing is off, and a sandbox
 * keeps it from running anything.
 */
final class MediaDelivery {
  static final String SANDBOX =
      "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

  private final Media media;
  private final String contentType;
  private final EntityTag etag;
  private final boolean isFixed;
  private final String filename;
  private final AccelRedirect accel;

  /**
   * Sends a file.
   *
   * @param etag distinguishes it from earlier and later content of its address
   * @param isFixed whether the content of its address never changes, so that a browser need not
   *     revalidate
   * @param accel may send it in our place
   */
  MediaDelivery(
      Media media,
      String contentType,
      EntityTag etag,
      boolean isFixed,
      String filename,
      AccelRedirect accel) {
    this.media = media;
    this.contentType = contentType;
    this.etag = etag;
    this.isFixed = isFixed;
    this.filename = filename;
    this.accel = accel;
  }

  /** Answers the request; whether the file is still to be sent, and closed then. */
  boolean send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    describe(response);
    if (etag.isAmong(request.getHeader("If-None-Match"))) {
      takeRanges(response);
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return false;
    }
    ByteRange range = range(request);
    boolean isRefused = range != null && range.isUnsatisfiable();
    if (!isRefused && accel.leave(media, request, response)) {
      return false; // nginx itself announces that it accepts ranges.
    }
    takeRanges(response);
    if (range == null) {
      return copy(0, media.size(), request, response);
    }
    if (isRefused) {
      response.setHeader("Content-Range", "bytes */" + media.size());
      response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
      return false;
    }
    long last = range.first() + range.length() - 1;
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setHeader("Content-Range", "bytes " + range.first() + "-" + last + "/" + media.size());
    return copy(range.first(), range.length(), request, response);
  }

  private void describe(HttpServletResponse response) {
    response.setContentType(contentType);
    response.setHeader("ETag", etag.toString());
    response.setDateHeader("Last-Modified", media.modified().toEpochMilli());
    // The address holds a secret, so that only the visitor's own browser may keep the answer.
    response.setHeader("Cache-Control", isFixed ? "private, max-age=86400" : "private, no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", SANDBOX);
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader(
        "Content-Disposition",
        "inline; filename*=UTF-8''" + DownloadName.encoded(filename, contentType));
  }

  private static void takeRanges(HttpServletResponse response) {
    response.setHeader("Accept-Ranges", "bytes");
  }

  /**
   * A range counts only for GET (RFC 9110, 14.2), and for the file its sender has the start of
   * (13.1.5).
   */
  private ByteRange range(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      return null;
    }
    String ifRange = request.getHeader("If-Range");
    return ifRange == null || ifRange.equals(etag.toString())
        ? ByteRange.of(request.getHeader("Range"), media.size())
        : null;
  }

  private boolean copy(
      long first, long length, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentLengthLong(length);
    if (request.getMethod().equals("HEAD")) {
      return false;
    }
    OutputStream out = response.getOutputStream();
    if (length > LateOutput.AT_ONCE_BYTES && out instanceof LateOutput late) {
      late.later(media.stream(first, length), media.part(first, length), true);
      return true;
    }
    media.copy(first, length, out);
    return false;
  }
}
