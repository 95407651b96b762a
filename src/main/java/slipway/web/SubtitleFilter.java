package slipway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.photo.Photos;
import slipway.subtitle.SubtitleFile;
import slipway.subtitle.SubtitleFormat;
import slipway.subtitle.SubtitleLocale;
import slipway.subtitle.Subtitles;

/**
 * Serves {@code /<tree_id>/<photo_id>/<token>/subtitles.<locale>.<format>}, and the same with
 * {@code .stripped} before the format, to whoever knows the photo's token. A filter, so that every
 * other path goes on.
 */
public final class SubtitleFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH =
      Pattern.compile(
          "/(\\d{1,9})/(\\d{1,18})/([A-Za-z0-9]{32})/subtitles\\.([A-Za-z0-9_-]{2,"
              + SubtitleLocale.MAX_LENGTH
              + "})(\\.stripped)?\\.(vtt|websrt|json)");

  private final transient Photos photos;
  private final transient Subtitles subtitles;

  /** Serves those subtitles of these photos. */
  public SubtitleFilter(Photos photos, Subtitles subtitles) {
    this.photos = photos;
    this.subtitles = subtitles;
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
    Optional<SubtitleFile> file = find(path);
    if (file.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    SubtitleFormat format = SubtitleFormat.valueOf(path.group(6).toUpperCase(Locale.ROOT));
    String text = file.get().as(format, path.group(5) != null);
    SmallDelivery.send(
        text.getBytes(StandardCharsets.UTF_8),
        format.contentType() + "; charset=utf-8",
        request,
        response);
  }

  private Optional<SubtitleFile> find(Matcher path) {
    long photoId = Long.parseLong(path.group(2));
    return photos
        .find(photoId, path.group(3))
        .filter(photo -> photo.treeId() == Integer.parseInt(path.group(1)))
        .flatMap(photo -> SubtitleLocale.of(path.group(4)))
        .flatMap(locale -> subtitles.find(photoId, locale));
  }
}
