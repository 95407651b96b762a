package slipway.web;

import slipway.photo.Photo;
import slipway.photo.RenditionVersion;
import slipway.photo.viewlink.ViewLink;

/**
 * Where whoever has a link finds what it shows: below the link, as the tokens of photos do not end.
 */
record ViewAddresses(ViewLink link) implements PhotoAddresses {
  /** What the paths of links begin with. */
  static final String PATH = "/view/";

  /** The path of what it shows. */
  String path() {
    return PATH + link.text();
  }

  @Override
  public String page(Photo photo) {
    return link.album() == null ? path() : path() + "/" + photo.photoId();
  }

  /** A video that has no other version is played from its original. */
  @Override
  public boolean hasOriginal(Photo photo) {
    return link.hasOriginals()
        || (photo.isVideo() && photo.videoVersion() == RenditionVersion.NONE);
  }

  @Override
  public String file(Photo photo, String name) {
    return path() + "/" + photo.photoId() + "/" + name;
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "ViewAddresses[]";
  }
}
