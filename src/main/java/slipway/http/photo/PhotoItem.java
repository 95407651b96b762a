package slipway.http.photo;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.details.Tags;
import slipway.http.Reply;
import slipway.http.SiteFields;
import slipway.http.Timestamps;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.RenditionSize;

/** A photo as a list has it. */
final class PhotoItem {
  private final Map<String, String> attributes = new LinkedHashMap<>();

  private final SiteFields site;

  private PhotoItem(SiteFields site) {
    this.site = site;
  }

  static Reply.Item of(ListedPhoto listed, SiteFields site) {
    Photo photo = listed.photo();
    PhotoItem item = new PhotoItem(site);
    item.identity(listed);
    item.dates(photo);
    item.original(photo);
    if (photo.width() != null && photo.height() != null) {
      for (RenditionSize size : RenditionSize.values()) {
        item.rendition(photo, size);
      }
    }
    Map<String, String> children = new LinkedHashMap<>();
    children.put("content", photo.description().html());
    children.put("content_text", photo.description().text());
    return new Reply.Item("photo", item.attributes, children);
  }

  private void identity(ListedPhoto listed) {
    Photo photo = listed.photo();
    put("photo_id", photo.photoId());
    put("title", photo.title());
    put("tree_id", photo.treeId());
    put("token", photo.token());
    put("published_p", photo.published() ? 1 : 0);
    put("one", site.path() + "/photo/" + photo.photoId());
    put("video_p", photo.isVideo() ? 1 : 0);
    put("user_id", photo.userId() == null ? "" : photo.userId());
    put("username", listed.username());
    put("display_name", listed.displayName());
    put("tags", Tags.format(listed.tags()));
    put("album_id", listed.albumIds().stream().map(String::valueOf).collect(joining(",")));
  }

  private void dates(Photo photo) {
    put("creation_date_ansi", Timestamps.format(photo.createdAt()));
    put("publish_date_ansi", Timestamps.format(photo.publishedAt()));
    put("original_date_ansi", Timestamps.format(photo.takenAt()));
  }

  private void original(Photo photo) {
    put("original_width", photo.width() == null ? "" : photo.width());
    put("original_height", photo.height() == null ? "" : photo.height());
    put("original_size", photo.size());
    put("original_type", photo.contentType());
    put("original_download", address(photo, "original"));
  }

  private void rendition(Photo photo, RenditionSize size) {
    RenditionSize.Dimensions dimensions = size.of(photo.width(), photo.height());
    put(size.id() + "_width", dimensions.width());
    put(size.id() + "_height", dimensions.height());
    put(size.id() + "_download", address(photo, size.id()));
  }

  private String address(Photo photo, String file) {
    return site.path()
        + "/"
        + photo.treeId()
        + "/"
        + photo.photoId()
        + "/"
        + photo.token()
        + "/"
        + file;
  }

  private void put(String name, Object value) {
    attributes.put(name, value.toString());
  }
}
