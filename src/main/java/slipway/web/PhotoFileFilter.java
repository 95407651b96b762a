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
import slipway.photo.Photo;
import slipway.photo.Photos;

/**
 * Serves files of photos, {@code /<tree_id>/<photo_id>/<token>/<name>}, to anyone who knows the
 * photo's token. A filter, so that every other path continues.
 */
public abstract class PhotoFileFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Pattern name;
  private final transient Pattern path;
  private final transient Photos photos;

  /**
   * Serves files of these photos.
   *
   * @param name what the names of the files match
   */
  PhotoFileFilter(Photos photos, String name) {
    this.photos = photos;
    this.name = Pattern.compile(name);
    this.path =
        Pattern.compile(
            "/(?<tree>\\d{1,9})/(?<photo>\\d{1,18})/(?<token>[A-Za-z0-9]{32})/(?:" + name + ")");
  }

  /**
   * Sends a file.
   *
   * @param name what its name matched, with the groups of {@link #PhotoFileFilter}'s pattern
   * @return whether there is such a file
   */
  abstract boolean send(
      Photo photo, Matcher name, HttpServletRequest request, HttpServletResponse response)
      throws IOException;

  /**
   * Sends a file to whoever may have it for another reason than that photo's token.
   *
   * @return whether there is such a file, and its name is one of these
   */
  final boolean sendNamed(
      Photo photo, String file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Matcher asked = name.matcher(file);
    return asked.matches() && send(photo, asked, request, response);
  }

  @Override
  protected final void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher asked = path.matcher(request.getServletPath());
    if (!asked.matches()) {
      chain.doFilter(request, response);
      return;
    }
    Optional<Photo> photo =
        photos
            .find(Long.parseLong(asked.group("photo")), asked.group("token"))
            .filter(found -> found.treeId() == Integer.parseInt(asked.group("tree")));
    if (photo.isEmpty() || !send(photo.get(), asked, request, response)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
