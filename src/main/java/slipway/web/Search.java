package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import slipway.photo.ListedPhoto;
import slipway.photo.PhotoFilter;
import slipway.photo.PhotoOrder;

/**
 * {@code /search?q=red+sails}: what is published with words in title, description or tags that
 * begin with each of those, the newest first. There are more such pages than a search engine should
 * know.
 */
public final class Search extends HttpServlet {
  /** How long what is searched for is at most, as in {@code photo/list}. */
  public static final int MOST_CHARS = 200;

  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final transient GalleryData shown;

  /** The search of that site. */
  public Search(PageSite site, GalleryData shown) {
    this.site = site;
    this.shown = shown;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Robots-Tag", "noindex");
    if (!site.openTo().test(request)) {
      Message.closed(site, request).send(response);
      return;
    }
    String words = Objects.requireNonNullElse(request.getParameter("q"), "").strip();
    if (words.codePointCount(0, words.length()) > MOST_CHARS) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    show(words, request).send(response);
  }

  private PageTemplate show(String words, HttpServletRequest request) {
    PhotoFilter found = PhotoFilter.PUBLISHED.search(words);
    long total = words.isEmpty() ? 0 : shown.lists().count(found);
    String path = "/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    PageLinks paging = PageLinks.of(request.getParameter("p"), total, path);
    return new PageTemplate(site, "search", request)
        .with("canSignOut", site.isByASession().test(request))
        .with("words", words)
        .with("paging", paging)
        .with("total", total)
        .with("addresses", PhotoAddresses.PUBLIC)
        .with("photos", total == 0 ? List.of() : page(found, paging.offset()));
  }

  private List<ListedPhoto> page(PhotoFilter found, long offset) {
    return shown.lists().page(found, PhotoOrder.PUBLISHED, false, PageLinks.SIZE, offset);
  }
}
