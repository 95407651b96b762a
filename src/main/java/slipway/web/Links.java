package slipway.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import slipway.photo.Photo;
import slipway.photo.RenditionSize;

/** Addresses of pages and files, below the context path. */
public final class Links {
  private static final int VERSION_DIGITS = 8;

  private Links() {}

  /** A photo's page: of a published one by its number, else with its token. */
  public static String page(Photo photo) {
    return photo.published() ? "/photo/" + photo.photoId() : pageByToken(photo);
  }

  /** A photo's page, for those who may know its token. */
  static String pageByToken(Photo photo) {
    return "/photo/" + photo.photoId() + "/" + photo.token();
  }

  /** A photo's file: {@code original} or the name of a rendition. Its content may change. */
  public static String file(Photo photo, String name) {
    return photo.path(name);
  }

  /** A rendition of a photo. */
  public static String file(Photo photo, RenditionSize size) {
    return file(photo, size.id());
  }

  /** The query that tells the copy of a video from those which it had. */
  static String videoVersion(Photo photo) {
    return "v=" + photo.videoVersion();
  }

  /** The query that distinguishes a rendition from earlier ones. */
  static String renditionVersion(Photo photo) {
    return "v=" + photo.renditionVersion();
  }

  /** The query that distinguishes an original from earlier ones; the end of a name is random. */
  static String originalVersion(Photo photo) {
    String key = photo.mediaKey();
    return "v=" + key.substring(Math.max(0, key.length() - VERSION_DIGITS));
  }

  /** The page of a tag: in the query, as servers refuse some characters in a path. */
  public static String tag(String tag) {
    return "/tag?name=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
