package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.photo.ListedPhoto;
import slipway.photo.PhotoFilter;

/**
 * The page of one photo or video: {@code /photo/<photo_id>} of what is published, {@code
 * /photo/<photo_id>/<token>} of anything.
 */
public final class PhotoPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH = Pattern.compile("/(\\d{1,18})(?:/([A-Za-z0-9]{32}))?");

  private final transient PageSite site;
  private final transient GalleryData shown;
  private final transient PhotoView view;

  /** The photos' pages of that site. */
  public PhotoPage(PageSite site, GalleryData shown, PhotoView view) {
    this.site = site;
    this.shown = shown;
    this.view = view;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Matcher path = PATH.matcher(Objects.requireNonNullElse(request.getPathInfo(), ""));
    boolean isOpen = path.matches() && path.group(2) == null;
    if (isOpen && !site.openTo().test(request)) {
      Message.closed(site, request).send(response);
      return;
    }
    view.show(
        path.matches() ? find(path) : Optional.empty(),
        isOpen ? PhotoAddresses.PUBLIC : PhotoAddresses.BY_TOKEN,
        request,
        response);
  }

  private Optional<ListedPhoto> find(Matcher path) {
    long photoId = Long.parseLong(path.group(1));
    String token = path.group(2);
    if (token != null && shown.photos().find(photoId, token).isEmpty()) {
      return Optional.empty();
    }
    return shown.lists().find(PhotoFilter.PUBLISHED.photo(photoId).unpublished(token != null));
  }
}
