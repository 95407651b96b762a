package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import slipway.media.MediaType;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.section.VideoSections;

/** Serves the thumbnails that sections have of their own, {@code section-<section_id>}. */
public final class SectionFilter extends PhotoFileFilter {
  private static final long serialVersionUID = 1L;

  private final transient VideoSections sections;

  /** Serves those of the sections of these photos. */
  public SectionFilter(Photos photos, VideoSections sections) {
    super(photos, "section-(?<section>\\d{1,18})");
    this.sections = sections;
  }

  @Override
  boolean send(Photo photo, Matcher name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<byte[]> picture =
        sections.thumbnail(photo.photoId(), Long.parseLong(name.group("section")));
    if (picture.isPresent()) {
      SmallDelivery.send(picture.get(), MediaType.detect(picture.get()), request, response);
    }
    return picture.isPresent();
  }
}
