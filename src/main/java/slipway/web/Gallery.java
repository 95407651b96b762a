package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import slipway.photo.Album;
import slipway.photo.AlbumFilter;
import slipway.photo.Albums;
import slipway.photo.PhotoOrder;
import slipway.photo.TagLists;

/** The pages of published photos: everything, an album, a tag or a user. */
public final class Gallery extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int ALBUMS = 12;
  private static final int TAGS = 24;

  private final transient PageSite site;
  private final transient GalleryData shown;
  private final transient SectionFinder sections;
  private final transient ZipBounds zips;

  /**
   * The gallery of that site.
   *
   * @param zips what may be downloaded in one
   */
  public Gallery(PageSite site, GalleryData shown, ZipBounds zips) {
    this.site = site;
    this.shown = shown;
    this.zips = zips;
    this.sections = new SectionFinder(site, shown);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    Optional<Section> section = sections.find(path, request, response);
    if (section.isEmpty()) {
      return;
    }
    show(section.get(), request).send(response);
  }

  /** The page of a section, for whoever may see it. */
  PageTemplate show(Section section, HttpServletRequest request) {
    long total = shown.lists().count(section.filter());
    PageLinks paging = PageLinks.of(request.getParameter("p"), total, section.path());
    return new PageTemplate(site, "gallery", request)
        .with("section", section)
        .with("canSignOut", site.isByASession().test(request))
        .with("canSearch", site.openTo().test(request))
        .with("canZip", !section.isAll() && section.hasFeed() && zips.take(total))
        .with("link", section.addresses() instanceof ViewAddresses view ? view.link() : null)
        .with("paging", paging)
        .with("total", total)
        .with("address", site.address(request, paging.to(paging.number())))
        .with(
            "photos",
            shown
                .lists()
                .page(
                    section.filter(), PhotoOrder.PUBLISHED, false, PageLinks.SIZE, paging.offset()))
        .with("albums", section.isAll() && paging.number() == 1 ? albums() : List.of())
        .with("tags", section.isAll() && paging.number() == 1 ? tags() : List.of());
  }

  private List<Album> albums() {
    return shown
        .albums()
        .page(AlbumFilter.PUBLIC, Albums.AlbumOrder.CREATED, false, ALBUMS, 0)
        .items()
        .stream()
        .filter(album -> album.photoCount() > 0)
        .toList();
  }

  private List<TagLists.TagCount> tags() {
    return shown.tags().page("", true, TagLists.TagOrder.COUNT, false, TAGS, 0).items();
  }
}
