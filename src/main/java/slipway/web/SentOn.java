package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import slipway.media.DownloadName;
import slipway.media.Media;
import slipway.photo.Photo;

/**
 * Redirects browsers to the store for public originals: raster pictures and videos. The store's
 * answers lack our headers, which other types need.
 */
final class SentOn {
  private static final String SVG = "image/svg";

  private final boolean isOn;
  private final Clock clock;

  /** Whether to do so, if the store has addresses. */
  SentOn(boolean isOn, Clock clock) {
    this.isOn = isOn;
    this.clock = clock;
  }

  /**
   * Answers with an address of the file.
   *
   * @return whether it did
   */
  boolean send(Photo photo, Media file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Of what the store answers, a browser may keep it.
    if (response instanceof UnkeptResponse) {
      return false;
    }
    if (!isOn || !request.getMethod().equals("GET") || !isPublic(photo) || !isTame(photo)) {
      return false;
    }
    String disposition =
        "inline; filename*=UTF-8''" + DownloadName.encoded(photo.filename(), photo.contentType());
    Optional<URI> address = file.address(photo.contentType(), disposition);
    if (address.isEmpty()) {
      return false;
    }
    response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
    response.setHeader("Location", address.get().toString());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setContentLength(0);
    return true;
  }

  /** An address of the store is for whoever gets it, so that its time must have come, too. */
  private boolean isPublic(Photo photo) {
    return photo.published() && !photo.publishedAt().isAfter(clock.instant());
  }

  private static boolean isTame(Photo photo) {
    String type = photo.contentType();
    return photo.isVideo() || type.startsWith("image/") && !type.startsWith(SVG);
  }
}
