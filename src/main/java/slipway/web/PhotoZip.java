package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import slipway.media.DownloadName;
import slipway.media.Media;
import slipway.net.FairShare;
import slipway.net.LateOutput;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoFilter;
import slipway.photo.PhotoOrder;
import slipway.rendition.KeptFiles;

/**
 * The originals of a section of the gallery in one zip: {@code /zip/album/12}, {@code /zip/user/7},
 * {@code /zip/tag?name=sea}. It contains only what the public sees, and is sent as it is made,
 * without a thread that waits for its reader.
 */
public final class PhotoZip extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int PAGE = 100;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final String RETRY_SECONDS = "60";
  private static final String TYPE = "application/zip";

  private final transient PageSite site;
  private final transient GalleryData shown;
  private final transient SectionFinder sections;
  private final transient KeptFiles files;
  private final transient ZipBounds bounds;
  private final transient Function<HttpServletRequest, String> address;
  private final transient FairShare running;

  /**
   * The zips of that site.
   *
   * @param address whom a request is counted for
   */
  public PhotoZip(
      PageSite site,
      GalleryData shown,
      KeptFiles files,
      ZipBounds bounds,
      Function<HttpServletRequest, String> address) {
    this.site = site;
    this.shown = shown;
    this.sections = new SectionFinder(site, shown);
    this.files = files;
    this.bounds = bounds;
    this.address = address;
    this.running = new FairShare(bounds::atOnce, bounds.atOnceOfAddress(), 1);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
    Optional<Section> section = sections.find(path, request, response);
    if (section.isEmpty()) {
      return;
    }
    if (section.get().isAll()) {
      Message.notFound(site, request).send(response);
      return;
    }
    long count = shown.lists().count(section.get().filter());
    List<Photo> photos = bounds.take(count) ? photos(section.get()) : List.of();
    if (photos.isEmpty() || photos.stream().mapToLong(Photo::size).sum() > bounds.bytes()) {
      Message.tooLarge(site, request).send(response);
      return;
    }
    describe(section.get(), response);
    if (request.getMethod().equals("GET")) {
      start(photos, request, response);
    }
  }

  private List<Photo> photos(Section section) {
    List<Photo> photos = new ArrayList<>();
    List<ListedPhoto> page;
    do {
      page = shown.lists().page(section.filter(), PhotoOrder.PUBLISHED, true, PAGE, photos.size());
      page.forEach(listed -> photos.add(listed.photo()));
    } while (page.size() == PAGE && photos.size() < bounds.files());
    return photos;
  }

  private static void describe(Section section, HttpServletResponse response) {
    response.setContentType(TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        "Content-Disposition",
        "attachment; filename*=UTF-8''"
            + DownloadName.encoded(section.title().replaceAll("[/\\\\]", "-"), TYPE));
  }

  private void start(List<Photo> photos, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String caller = address.apply(request);
    if (!running.claim(caller, 1)) {
      response.reset();
      response.setHeader("Retry-After", RETRY_SECONDS);
      response.sendError(TOO_MANY_REQUESTS);
      return;
    }
    send(new ZipStream(photos, this::open, () -> running.release(caller, 1)), response);
  }

  private static void send(InputStream zip, HttpServletResponse response) throws IOException {
    OutputStream out = response.getOutputStream();
    if (out instanceof LateOutput late) {
      late.later(zip, Optional.empty(), true);
      return;
    }
    try (zip) {
      zip.transferTo(out);
    }
  }

  /** The photo at its turn, which may be long after the first one's. */
  private Optional<Media> open(Photo listed) throws IOException {
    Optional<Photo> photo = seen(listed.photoId());
    if (photo.isEmpty()) {
      return Optional.empty();
    }
    Optional<KeptFiles.Opened> opened = files.original(photo.get());
    if (opened.isEmpty() && seen(listed.photoId()).isPresent()) {
      throw new IOException("The file of photo " + listed.photoId() + " is not there");
    }
    return opened.map(KeptFiles.Opened::file);
  }

  /** The photo, if the public sees it now and may download it. */
  private Optional<Photo> seen(long photoId) {
    return shown
        .lists()
        .find(PhotoFilter.PUBLISHED.photo(photoId))
        .map(ListedPhoto::photo)
        .filter(photo -> !photo.isHeld());
  }
}
