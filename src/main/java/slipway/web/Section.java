package slipway.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.details.CleanHtml;
import slipway.photo.Album;
import slipway.photo.PhotoFilter;
import slipway.photo.user.User;

/**
 * A part of the gallery: everything, or an album, a tag or a user.
 *
 * @param title for people, plain text
 * @param description empty for none
 * @param path its address below the context path, with a query if it has one
 * @param filter the photos in it
 * @param addresses where whoever sees it finds its photos
 */
public record Section(
    String title,
    CleanHtml description,
    String path,
    PhotoFilter filter,
    PhotoAddresses addresses) {
  private static final Pattern BY_TOKEN = Pattern.compile("/album/(\\d{1,18})/([A-Za-z0-9]{32})");

  private Section(String title, CleanHtml description, String path, PhotoFilter filter) {
    this(title, description, path, filter, PhotoAddresses.PUBLIC);
  }

  /** The album of a path such as {@code /album/12/<token>}, also one that is hidden. */
  static Optional<Section> byToken(GalleryData shown, String path) {
    Matcher parts = BY_TOKEN.matcher(path);
    return parts.matches()
        ? shown
            .albums()
            .find(Long.parseLong(parts.group(1)))
            .filter(album -> album.hasToken(parts.group(2)))
            .map(album -> ofAlbum(album, path, PhotoAddresses.BY_TOKEN))
        : Optional.empty();
  }

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
          .map(album -> ofAlbum(album, path, PhotoAddresses.PUBLIC));
    }
    if (path.matches("/user/\\d{1,18}")) {
      return shown.users().find(number(path)).map(user -> ofUser(user, path));
    }
    return Optional.empty();
  }

  private static Section ofAlbum(Album album, String path, PhotoAddresses addresses) {
    return new Section(
        album.title(),
        album.description(),
        path,
        PhotoFilter.PUBLISHED.of(album.albumId(), null, null),
        addresses);
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

  /** All that is in an album, published or not, for whoever has a link to it. */
  static Section ofLink(Album album, ViewAddresses addresses) {
    return new Section(
        album.title(),
        album.description(),
        addresses.path(),
        PhotoFilter.PUBLISHED.of(album.albumId(), null, null).unpublished(true),
        addresses);
  }

  /** Whether everybody may see it who may look around. */
  public boolean isPublic() {
    return addresses.equals(PhotoAddresses.PUBLIC);
  }

  /** Whether it can be followed: not by a link that ends. */
  public boolean hasFeed() {
    return !(addresses instanceof ViewAddresses);
  }

  /** Whether it is the whole gallery. */
  public boolean isAll() {
    return path.equals("/");
  }
}
