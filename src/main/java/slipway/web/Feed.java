package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoOrder;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;

/**
 * The latest photos of the gallery or a section of it, for feed readers, in Atom (RFC 4287): {@code
 * /feed}, {@code /feed/album/12}, {@code /feed/user/7}, {@code /feed/tag?name=sea}. A closed site
 * has none.
 */
public final class Feed extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String TYPE = "application/atom+xml";
  private static final int ENTRIES = 50;

  private final transient PageSite site;
  private final transient GalleryData shown;
  private final transient SectionFinder sections;

  /** The feeds of that site. */
  public Feed(PageSite site, GalleryData shown) {
    this.site = site;
    this.shown = shown;
    this.sections = new SectionFinder(site, shown);
  }

  /** The feed of a section of the gallery, below the context path. */
  public static String of(Section section) {
    return "/feed" + (section.isAll() ? "" : section.path());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
    Optional<Section> section = sections.find(path, request, response);
    if (section.isEmpty()) {
      return;
    }
    // Photos without a title get the language's word for a photo.
    response.setHeader("Vary", "Accept-Language");
    write(section.get(), request).send(TYPE, request, response);
  }

  private XmlAnswer write(Section section, HttpServletRequest request) throws IOException {
    List<ListedPhoto> photos =
        shown.lists().page(section.filter(), PhotoOrder.PUBLISHED, false, ENTRIES, 0).stream()
            .filter(listed -> !listed.photo().isHeld())
            .toList();
    XmlAnswer feed =
        new XmlAnswer("feed", ATOM)
            .leaf("id", site.address(request, section.path()))
            .leaf("title", title(section))
            .leaf("updated", newest(photos).toString())
            .open("author")
            .leaf("name", site.name())
            .close();
    BrandFile logo = site.branding().logo();
    if (logo != null) {
      feed.leaf("logo", site.address(request, Assets.PATH + logo.path()));
    }
    feed.leaf("link", "", "rel", "self", "href", site.address(request, of(section)))
        .leaf("link", "", "rel", "alternate", "href", site.address(request, section.path()));
    Texts texts = Texts.of(request);
    for (ListedPhoto listed : photos) {
      entry(feed, section, listed, site.address(request, ""), texts);
    }
    return feed;
  }

  /** As the page is called: in a reader it stands among those of other sites. */
  private String title(Section section) {
    return section.isAll() ? site.name() : section.title() + " · " + site.name();
  }

  /** That of the newest entry; of an empty feed, a moment that does not change. */
  private static Instant newest(List<ListedPhoto> photos) {
    return photos.stream()
        .map(listed -> listed.photo().publishedAt())
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static void entry(
      XmlAnswer feed, Section section, ListedPhoto listed, String origin, Texts texts)
      throws IOException {
    Photo photo = listed.photo();
    String page = origin + section.addresses().page(photo);
    String published = photo.publishedAt().toString();
    feed.open("entry")
        .leaf("id", page)
        .leaf("title", texts.name(photo))
        .leaf("published", published)
        .leaf("updated", published)
        .leaf("link", "", "rel", "alternate", "href", address(photo, page));
    if (!listed.ownerName().isEmpty()) {
      feed.open("author").leaf("name", listed.ownerName()).close();
    }
    for (String tag : listed.tags()) {
      feed.leaf("category", "", "term", tag);
    }
    feed.leaf(
            "link",
            "",
            "rel",
            "enclosure",
            "type",
            photo.contentType(),
            "length",
            Long.toString(photo.size()),
            "href",
            origin + Links.file(photo, "original"))
        .leaf("content", html(listed, origin), "type", "html")
        .close();
  }

  private static String address(Photo photo, String page) {
    return photo.absoluteUrl() == null ? page : photo.absoluteUrl();
  }

  /** A picture that is not made yet is left out, as readers keep the first version of an entry. */
  private static String html(ListedPhoto listed, String origin) {
    Photo photo = listed.photo();
    String picture =
        listed.renditions().state() == RenditionState.DONE
            ? "<p><img src=\""
                + origin
                + PhotoAddresses.PUBLIC.picture(photo, RenditionSize.LARGE)
                + "\" alt=\"\"></p>"
            : "";
    return picture + photo.description().html();
  }
}
