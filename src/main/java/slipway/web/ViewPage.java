package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.photo.ListedPhoto;
import slipway.photo.PhotoFilter;
import slipway.photo.viewlink.ViewLink;
import slipway.photo.viewlink.ViewLinks;

/**
 * What a link shows until it ends: {@code /view/<link>}, of an album also {@code
 * /view/<link>/<photo_id>}, and the files of a photo, {@code /view/<link>/<photo_id>/<name>}. Its
 * address is a secret: it is never logged, nobody may keep what is there, and no other site or
 * search engine gets to know it.
 */
public final class ViewPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String ORIGINAL = "original";
  private static final Pattern PATH =
      Pattern.compile("/(?<link>[^/]+)(?:/(?<photo>\\d{1,18})(?:/(?<file>[^/]+))?)?");

  private final transient PageSite site;
  private final transient GalleryData shown;
  private final transient PhotoView view;
  private final transient Gallery gallery;
  private final transient ViewLinks links;
  private final transient List<PhotoFileFilter> files;
  private final transient Clock clock;

  /**
   * What links of that site show.
   *
   * @param files what sends the files of photos
   */
  public ViewPage(
      PageSite site,
      GalleryData shown,
      PhotoView view,
      Gallery gallery,
      ViewLinks links,
      List<PhotoFileFilter> files,
      Clock clock) {
    this.site = site;
    this.shown = shown;
    this.view = view;
    this.gallery = gallery;
    this.links = links;
    this.files = List.copyOf(files);
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpServletResponse unkept = UnkeptResponse.of(response);
    Matcher path = PATH.matcher(Objects.requireNonNullElse(request.getPathInfo(), ""));
    Optional<ViewLink> link = path.matches() ? links.find(path.group("link")) : Optional.empty();
    if (link.isEmpty()) {
      Message.notFound(site, request).send(unkept);
    } else if (!clock.instant().isBefore(link.get().until())) {
      Message.ended(site, request).send(unkept);
    } else if (path.group("photo") == null) {
      show(new ViewAddresses(link.get()), request, unkept);
    } else {
      show(
          photo(link.get(), Long.parseLong(path.group("photo"))),
          path.group("file"),
          new ViewAddresses(link.get()),
          request,
          unkept);
    }
  }

  private void show(
      ViewAddresses addresses, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ViewLink link = addresses.link();
    if (link.album() == null) {
      view.show(photo(link, link.photo().photoId()), addresses, request, response);
    } else {
      gallery.show(Section.ofLink(link.album(), addresses), request).send(response);
    }
  }

  private void show(
      Optional<ListedPhoto> photo,
      String file,
      ViewAddresses addresses,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (file == null) {
      view.show(photo, addresses, request, response);
    } else if (photo.isEmpty() || !send(photo.get(), file, addresses, request, response)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** The photo of that number, if the link shows it. */
  private Optional<ListedPhoto> photo(ViewLink link, long photoId) {
    PhotoFilter all = PhotoFilter.PUBLISHED.unpublished(true).photo(photoId);
    if (link.album() != null) {
      return shown.lists().find(all.of(link.album().albumId(), null, null));
    }
    return link.photo().photoId() == photoId ? shown.lists().find(all) : Optional.empty();
  }

  private boolean send(
      ListedPhoto photo,
      String file,
      ViewAddresses addresses,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (file.equals(ORIGINAL) && !addresses.hasOriginal(photo.photo())) {
      return false;
    }
    for (PhotoFileFilter each : files) {
      if (each.sendNamed(photo.photo(), file, request, response)) {
        return true;
      }
    }
    return false;
  }
}
