package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Finds the section of the gallery that a request is for. */
final class SectionFinder {
  private final PageSite site;
  private final GalleryData shown;

  SectionFinder(PageSite site, GalleryData shown) {
    this.site = site;
    this.shown = shown;
  }

  /**
   * The section; if there is none for the visitor, the request is answered. A closed site shows
   * nothing, except to those who know an album's token.
   *
   * @param path such as {@code /album/12}
   */
  Optional<Section> find(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Section> byToken = Section.byToken(shown, path);
    if (byToken.isPresent()) {
      return byToken;
    }
    if (!site.openTo().test(request)) {
      Message.closed(site, request).send(response);
      return Optional.empty();
    }
    Optional<Section> section = Section.of(shown, site, path, request.getParameter("name"));
    if (section.isEmpty()) {
      Message.notFound(site, request).send(response);
    }
    return section;
  }
}
