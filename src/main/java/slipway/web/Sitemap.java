package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.photo.PublishedNumbers;

/**
 * The pages of all published photos, for search engines (sitemaps.org, 0.9): {@code /sitemap.xml}
 * lists the parts, and {@code /sitemap/0.xml} and so on the pages, each of one range of numbers, so
 * that a part costs the same however many photos there are. A closed site has none.
 */
public final class Sitemap extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9";
  private static final String TYPE = "application/xml";

  /** What the protocol allows in an index. */
  private static final long MOST_PARTS = 50_000;

  private static final Pattern PART = Pattern.compile("/(0|[1-9]\\d{0,4})\\.xml");

  private final transient PageSite site;
  private final transient PublishedNumbers photos;

  /** The map of that site. */
  public Sitemap(PageSite site, PublishedNumbers photos) {
    this.site = site;
    this.photos = photos;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!site.openTo().test(request)) {
      Message.closed(site, request).send(response);
      return;
    }
    long parts = Math.min(MOST_PARTS, photos.largest() / PublishedNumbers.MOST + 1);
    if (request.getPathInfo() == null) {
      index(parts, site.address(request, "/sitemap/")).send(TYPE, request, response);
      return;
    }
    Matcher part = PART.matcher(request.getPathInfo());
    if (!part.matches() || Long.parseLong(part.group(1)) >= parts) {
      Message.notFound(site, request).send(response);
      return;
    }
    pages(Long.parseLong(part.group(1)), site.address(request, "/photo/"))
        .send(TYPE, request, response);
  }

  private static XmlAnswer index(long parts, String folder) throws IOException {
    XmlAnswer index = new XmlAnswer("sitemapindex", SITEMAPS);
    for (long part = 0; part < parts; part++) {
      index.open("sitemap").leaf("loc", folder + part + ".xml").close();
    }
    return index;
  }

  private XmlAnswer pages(long part, String folder) throws IOException {
    XmlAnswer pages = new XmlAnswer("urlset", SITEMAPS);
    long first = part * PublishedNumbers.MOST;
    for (PublishedNumbers.Published photo : photos.between(first, first + PublishedNumbers.MOST)) {
      pages
          .open("url")
          .leaf("loc", folder + photo.photoId())
          .leaf("lastmod", photo.publishedAt().toString())
          .close();
    }
    return pages;
  }
}
