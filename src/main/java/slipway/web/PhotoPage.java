package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoFilter;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionState;
import slipway.rendition.WebVideos;
import slipway.section.VideoSections;
import slipway.subtitle.Subtitles;

/**
 * The page of one photo or video: {@code /photo/<photo_id>} of what is published, {@code
 * /photo/<photo_id>/<token>} of anything.
 */
public final class PhotoPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String LOOK = "Slipway-Look";
  private static final Pattern PATH = Pattern.compile("/(\\d{1,18})(?:/([A-Za-z0-9]{32}))?");

  private final transient PageSite site;
  private final transient GalleryData shown;
  private final transient Subtitles subtitles;
  private final transient VideoSections sections;
  private final transient WebVideos videos;

  /** The photos' pages of that site. */
  public PhotoPage(
      PageSite site,
      GalleryData shown,
      Subtitles subtitles,
      VideoSections sections,
      WebVideos videos) {
    this.videos = videos;
    this.site = site;
    this.shown = shown;
    this.subtitles = subtitles;
    this.sections = sections;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Matcher path = PATH.matcher(Objects.requireNonNullElse(request.getPathInfo(), ""));
    if (path.matches() && path.group(2) == null && !site.openTo().test(request)) {
      Message.closed(site, request).send(response);
      return;
    }
    Optional<ListedPhoto> photo = path.matches() ? find(path) : Optional.empty();
    // It may be deleted between the two.
    Optional<RenditionQueue.Status> status =
        photo.flatMap(found -> shown.renditions().status(found.photo().photoId()));
    Optional<WebVideos.VideoStanding> video = photo.flatMap(found -> videos.of(found.photo()));
    if (status.isEmpty() || video.isEmpty()) {
      Message.notFound(site, request).send(response);
      return;
    }
    show(photo.get(), status.get().state(), path.group(2) == null, request)
        .with("video", video.get())
        .send(response);
    count(photo.get().photo(), request);
  }

  /**
   * A video is looked at where it is played: its file is requested then. A page that is open and
   * looks what has been made since is no other view.
   */
  private void count(Photo photo, HttpServletRequest request) {
    boolean isAgain = request.getHeader(LOOK) != null;
    if (!photo.isVideo() && !isAgain && request.getMethod().equals("GET")) {
      shown.views().count(photo.photoId());
    }
  }

  private Optional<ListedPhoto> find(Matcher path) {
    long photoId = Long.parseLong(path.group(1));
    String token = path.group(2);
    if (token != null && shown.photos().find(photoId, token).isEmpty()) {
      return Optional.empty();
    }
    return shown.lists().find(PhotoFilter.PUBLISHED.photo(photoId).unpublished(token != null));
  }

  private PageTemplate show(
      ListedPhoto listed, RenditionState rendition, boolean isOpen, HttpServletRequest request) {
    Photo photo = listed.photo();
    return new PageTemplate(site, "photo", request)
        .with("listed", listed)
        .with("canSignOut", site.isByASession().test(request))
        .with("canSearch", site.openTo().test(request))
        .with("isOpen", isOpen)
        .with("origin", site.address(request, ""))
        .with("text", photo.description().text())
        .with("rendition", rendition)
        .with("subtitles", photo.isVideo() ? subtitles.of(photo.photoId()) : List.of())
        .with("sections", photo.isVideo() ? sections.of(photo.photoId()) : List.of())
        .with("newer", isOpen ? shown.neighbours().newer(photo).orElse(null) : null)
        .with("older", isOpen ? shown.neighbours().older(photo).orElse(null) : null);
  }
}
