package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.subtitle.SubtitleFile;
import slipway.subtitle.SubtitleFormat;
import slipway.subtitle.SubtitleLocale;
import slipway.subtitle.Subtitles;

/**
 * Serves {@code subtitles.<locale>.<format>} of photos, and the same with {@code .stripped} before
 * the format.
 */
public final class SubtitleFilter extends PhotoFileFilter {
  private static final long serialVersionUID = 1L;
  private static final String NAME =
      "subtitles\\.(?<locale>[A-Za-z0-9_-]{2,"
          + SubtitleLocale.MAX_LENGTH
          + "})(?<stripped>\\.stripped)?\\.(?<format>vtt|websrt|json)";

  private final transient Subtitles subtitles;

  /** Serves those subtitles of these photos. */
  public SubtitleFilter(Photos photos, Subtitles subtitles) {
    super(photos, NAME);
    this.subtitles = subtitles;
  }

  @Override
  boolean send(Photo photo, Matcher name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<SubtitleFile> file =
        SubtitleLocale.of(name.group("locale"))
            .flatMap(locale -> subtitles.find(photo.photoId(), locale));
    if (file.isPresent()) {
      SubtitleFormat format = SubtitleFormat.valueOf(name.group("format").toUpperCase(Locale.ROOT));
      String text = file.get().as(format, name.group("stripped") != null);
      SmallDelivery.send(
          text.getBytes(StandardCharsets.UTF_8),
          format.contentType() + "; charset=utf-8",
          request,
          response);
    }
    return file.isPresent();
  }
}
