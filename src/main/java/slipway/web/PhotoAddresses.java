package slipway.web;

import slipway.photo.Photo;
import slipway.photo.RenditionSize;
import slipway.photo.WebVideo;

/** Where those who see a page find photos' pages and files, below the context path. */
public interface PhotoAddresses {
  /** For whoever sees what is published. */
  PhotoAddresses PUBLIC = Links::page;

  /** For whoever may know the tokens of photos. */
  PhotoAddresses BY_TOKEN = Links::pageByToken;

  /** The page of a photo. */
  String page(Photo photo);

  /** Whether they may have the original of a photo. */
  default boolean hasOriginal(Photo photo) {
    return true;
  }

  /** A file of a photo: {@code original} or any other that it has. What is there may change. */
  default String file(Photo photo, String name) {
    return Links.file(photo, name);
  }

  /** A rendition as it is now, which browsers may keep: another one has another address. */
  default String picture(Photo photo, RenditionSize size) {
    return file(photo, size.id()) + "?" + Links.renditionVersion(photo);
  }

  /** The original as it is now; the same holds for it. */
  default String original(Photo photo) {
    return file(photo, "original") + "?" + Links.originalVersion(photo);
  }

  /** The copy of a video that every browser plays, as it is now; the same holds for it. */
  default String video(Photo photo) {
    return file(photo, WebVideo.NAME) + "?" + Links.videoVersion(photo);
  }
}
