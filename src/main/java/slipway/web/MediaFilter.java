package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import slipway.media.Media;
import slipway.media.MediaStore;
import slipway.media.MediaType;
import slipway.net.EntityTag;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionSize;
import slipway.photo.ViewCounts;
import slipway.photo.WebVideo;
import slipway.rendition.KeptFiles;

/**
 * Serves {@code /<tree_id>/<photo_id>/<token>/original}, {@code .../<rendition>} and {@code
 * .../video_medium} to anyone who knows the photo's token. A filter, so that every other path
 * continues to the container's own files.
 */
public final class MediaFilter extends PhotoFileFilter {
  private static final long serialVersionUID = 1L;
  private static final String NAME =
      Arrays.stream(RenditionSize.values())
          .map(RenditionSize::id)
          .collect(Collectors.joining("|", "(?<file>original|" + WebVideo.NAME + "|", ")"));
  private static final String ORIGINAL = "original";
  private static final int HEAD_BYTES = 16;

  private final transient RenditionQueue renditions;
  private final transient KeptFiles kept;
  private final transient ViewCounts views;
  private final transient AccelRedirect accel;
  private final transient SentOn sentOn;

  /**
   * Serves these photos from that store, with a placeholder for renditions that are not there.
   *
   * @param accel may send files in our place
   * @param isSentOn whether browsers are redirected to the store for originals, where possible
   */
  public MediaFilter(
      Photos photos,
      MediaStore media,
      RenditionQueue renditions,
      ViewCounts views,
      AccelRedirect accel,
      boolean isSentOn,
      Clock clock) {
    super(photos, NAME);
    this.sentOn = new SentOn(isSentOn, clock);
    this.views = views;
    this.accel = accel;
    this.renditions = renditions;
    this.kept = new KeptFiles(photos, media);
  }

  @Override
  boolean send(Photo photo, Matcher name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String file = name.group("file");
    if (file.equals(ORIGINAL)) {
      return sendOriginal(photo, request, response);
    }
    if (file.equals(WebVideo.NAME)) {
      return sendVideo(photo, request, response);
    }
    RenditionSize size = RenditionSize.valueOf(file.toUpperCase(Locale.ROOT));
    sendRendition(photo, size, request, response);
    return true;
  }

  private boolean sendOriginal(
      Photo found, HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<KeptFiles.Opened> opened = kept.original(found);
    if (opened.isEmpty()) {
      return false;
    }
    Photo photo = opened.get().photo();
    Media file = opened.get().file();
    if (sentOn.send(photo, file, request, response)) {
      file.close();
    } else {
      deliver(
          file,
          open ->
              new MediaDelivery(
                  open,
                  photo.contentType(),
                  new EntityTag(photo.mediaKey()),
                  Links.originalVersion(photo).equals(request.getQueryString()),
                  photo.filename(),
                  accel),
          request,
          response);
    }
    if (photo.isVideo() && isFromTheStart(request)) {
      views.count(photo.photoId());
    }
    return true;
  }

  private boolean sendVideo(Photo found, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<KeptFiles.Opened> opened = kept.video(found);
    if (opened.isEmpty()) {
      return false;
    }
    Photo photo = opened.get().photo();
    deliver(
        opened.get().file(),
        open ->
            new MediaDelivery(
                open,
                WebVideo.TYPE,
                KeptFiles.videoTag(photo),
                Links.videoVersion(photo).equals(request.getQueryString()),
                photo.filename(),
                accel),
        request,
        response);
    if (isFromTheStart(request)) {
      views.count(photo.photoId());
    }
    return true;
  }

  /** Players that continue, or that look at the file first, ask for other parts. */
  private static boolean isFromTheStart(HttpServletRequest request) {
    String range = request.getHeader("Range");
    return request.getMethod().equals("GET") && (range == null || range.strip().equals("bytes=0-"));
  }

  private void sendRendition(
      Photo photo, RenditionSize size, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<KeptFiles.Opened> opened = kept.open(photo, size);
    if (opened.isEmpty()) {
      sendPlaceholder(photo, size, request, response);
      return;
    }
    Photo now = opened.get().photo();
    deliver(
        opened.get().file(),
        open ->
            new MediaDelivery(
                open,
                type(open),
                KeptFiles.tag(now, size),
                Links.renditionVersion(now).equals(request.getQueryString()),
                size.id(),
                accel),
        request,
        response);
  }

  private interface DeliveryFactory {
    MediaDelivery of(Media open) throws IOException;
  }

  private static void deliver(
      Media open, DeliveryFactory factory, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean isOnItsWay = false;
    try {
      isOnItsWay = factory.of(open).send(request, response);
    } finally {
      if (!isOnItsWay) {
        open.close();
      }
    }
  }

  private void sendPlaceholder(
      Photo photo, RenditionSize size, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<RenditionQueue.Status> status = renditions.status(photo.photoId());
    if (status.isPresent()) {
      Placeholder.send(photo, size, status.get(), request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND); // It was deleted just now.
    }
  }

  /** A rendition is a JPEG or a PNG. */
  private static String type(Media rendition) throws IOException {
    return MediaType.detect(rendition.head(HEAD_BYTES));
  }
}
