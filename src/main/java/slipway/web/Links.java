package slipway.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import slipway.photo.Photo;
import slipway.photo.RenditionSize;

/** Addresses of pages and files, below the context path. */
public final class Links {
  private Links() {}

  /** A photo's page: of a published one by its number, else with its token. */
  public static String page(Photo photo) {
    return "/photo/" + photo.photoId() + (photo.published() ? "" : "/" + photo.token());
  }

  /** A photo's file: {@code original} or the name of a rendition. */
  public static String file(Photo photo, String name) {
    return "/" + photo.treeId() + "/" + photo.photoId() + "/" + photo.token() + "/" + name;
  }

  /** A rendition of a photo. */
  public static String file(Photo photo, RenditionSize size) {
    return file(photo, size.id());
  }

  /** The page of a tag: in the query, as servers refuse some characters in a path. */
  public static String tag(String tag) {
    return "/tag?name=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
