package slipway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.media.MediaType;
import slipway.photo.Photos;
import slipway.section.VideoSections;

/**
 * Serves the thumbnails that sections have of their own, {@code
 * /<tree_id>/<photo_id>/<token>/section-<section_id>}, to whoever knows the photo's token. A
 * filter, so that every other path goes on.
 */
public final class SectionFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH =
      Pattern.compile("/(\\d{1,9})/(\\d{1,18})/([A-Za-z0-9]{32})/section-(\\d{1,18})");

  private final transient Photos photos;
  private final transient VideoSections sections;

  /** Serves those of the sections of these photos. */
  public SectionFilter(Photos photos, VideoSections sections) {
    this.photos = photos;
    this.sections = sections;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher path = PATH.matcher(request.getServletPath());
    if (!path.matches()) {
      chain.doFilter(request, response);
      return;
    }
    long photoId = Long.parseLong(path.group(2));
    Optional<byte[]> picture =
        photos
            .find(photoId, path.group(3))
            .filter(photo -> photo.treeId() == Integer.parseInt(path.group(1)))
            .flatMap(photo -> sections.thumbnail(photoId, Long.parseLong(path.group(4))));
    if (picture.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    SmallDelivery.send(picture.get(), MediaType.detect(picture.get()), request, response);
  }
}
