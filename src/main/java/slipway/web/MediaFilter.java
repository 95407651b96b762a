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
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.Photo;
import slipway.photo.Photos;

/**
 * Serves {@code /<tree_id>/<photo_id>/<token>/original} to whoever knows the photo's token. A
 * filter, so that every other path goes on to the container's own files.
 */
public final class MediaFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH =
      Pattern.compile("/(\\d{1,9})/(\\d{1,18})/([A-Za-z0-9]{32})/original");

  private final transient Photos photos;
  private final transient MediaStore media;

  /** Serves these photos from that store. */
  public MediaFilter(Photos photos, MediaStore media) {
    this.photos = photos;
    this.media = media;
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
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    Optional<Photo> photo =
        photos
            .find(Long.parseLong(path.group(2)), path.group(3))
            .filter(found -> found.treeId() == Integer.parseInt(path.group(1)));
    if (photo.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    send(photo.get(), request, response);
  }

  private void send(Photo photo, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    MediaKey key = new MediaKey(photo.treeId(), photo.mediaKey());
    Optional<Media> file = media.open(key);
    if (file.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try (Media open = file.get()) {
      new Delivery(open, photo.contentType(), photo.mediaKey(), photo.filename())
          .send(request, response);
    }
  }
}
