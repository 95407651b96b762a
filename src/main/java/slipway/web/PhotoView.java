package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionState;
import slipway.rendition.WebVideos;
import slipway.section.VideoSections;
import slipway.subtitle.Subtitles;

/** Shows one photo or video to whoever may see it, for whatever reason. */
public final class PhotoView {
  private static final String LOOK = "Slipway-Look";

  private final PageSite site;
  private final GalleryData shown;
  private final Subtitles subtitles;
  private final VideoSections sections;
  private final WebVideos videos;

  /** Shows photos of that site. */
  public PhotoView(
      PageSite site,
      GalleryData shown,
      Subtitles subtitles,
      VideoSections sections,
      WebVideos videos) {
    this.site = site;
    this.shown = shown;
    this.subtitles = subtitles;
    this.sections = sections;
    this.videos = videos;
  }

  /**
   * Answers with the page of a photo.
   *
   * @param photo empty where there is none for whoever asks
   * @param addresses where they find its files
   */
  void show(
      Optional<ListedPhoto> photo,
      PhotoAddresses addresses,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // It may be deleted between the two.
    Optional<RenditionQueue.Status> status =
        photo.flatMap(found -> shown.renditions().status(found.photo().photoId()));
    Optional<WebVideos.VideoStanding> video = photo.flatMap(found -> videos.of(found.photo()));
    if (status.isEmpty() || video.isEmpty()) {
      Message.notFound(site, request).send(response);
      return;
    }
    page(photo.get(), status.get().state(), addresses, request)
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

  private PageTemplate page(
      ListedPhoto listed,
      RenditionState rendition,
      PhotoAddresses addresses,
      HttpServletRequest request) {
    Photo photo = listed.photo();
    boolean isOpen = addresses.equals(PhotoAddresses.PUBLIC);
    return new PageTemplate(site, "photo", request)
        .with("listed", listed)
        .with("addresses", addresses)
        .with("link", addresses instanceof ViewAddresses view ? view.link() : null)
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
