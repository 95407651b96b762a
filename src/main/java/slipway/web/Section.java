package slipway.web;

import java.util.List;
import java.util.Optional;
import slipway.details.CleanHtml;
import slipway.photo.PhotoFilter;
import slipway.photo.user.User;

/**
 * A part of the gallery: everything, or an album, a tag or a user.
 *
 * @param title for people, plain text
 * @param description empty for none
 * @param path its address below the context path, with a query if it has one
 * @param filter the photos in it
 */
public record Section(String title, CleanHtml description, String path, PhotoFilter filter) {
  /** The section of a path such as {@code /album/12}, {@code /user/7}, or {@code /tag} and name. */
  static Optional<Section> of(GalleryData shown, PageSite site, String path, String tag) {
    if (path.equals("/")) {
      return Optional.of(new Section(site.name(), CleanHtml.NONE, "/", PhotoFilter.PUBLISHED));
    }
    if (path.equals("/tag")) {
      return Optional.ofNullable(tag).flatMap(shown.tags()::find).map(Section::ofTag);
    }
    if (path.matches("/album/\\d{1,18}")) {
      return shown
          .albums()
          .find(number(path))
          .filter(album -> !album.hidden())
          .map(
              album ->
                  new Section(
                      album.title(),
                      album.description(),
                      path,
                      PhotoFilter.PUBLISHED.of(album.albumId(), null, null)));
    }
    if (path.matches("/user/\\d{1,18}")) {
      return shown.users().find(number(path)).map(user -> ofUser(user, path));
    }
    return Optional.empty();
  }

  private static Section ofTag(String tag) {
    return new Section(
        tag, CleanHtml.NONE, Links.tag(tag), PhotoFilter.PUBLISHED.tagged(List.of(tag), true));
  }

  private static Section ofUser(User user, String path) {
    return new Section(
        user.shownName(),
        CleanHtml.NONE,
        path,
        PhotoFilter.PUBLISHED.of(null, user.userId(), null));
  }

  private static long number(String path) {
    return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Whether it is the whole gallery. */
  public boolean isAll() {
    return path.equals("/");
  }
}
