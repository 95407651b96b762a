package slipway.http.photo;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.details.Tags;
import slipway.http.Reply;
import slipway.http.SiteFields;
import slipway.http.Timestamps;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.Popularity;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;
import slipway.photo.VideoState;
import slipway.photo.WebVideo;

/** A photo as a list has it. */
final class PhotoItem {
  private final Map<String, String> attributes = new LinkedHashMap<>();

  private final SiteFields site;

  private PhotoItem(SiteFields site) {
    this.site = site;
  }

  /**
   * An item as its caller may see it.
   *
   * @param albumIds the albums that the caller may know of
   */
  static Reply.Item of(ListedPhoto listed, List<Long> albumIds, SiteFields site) {
    Photo photo = listed.photo();
    PhotoItem item = new PhotoItem(site);
    item.identity(listed);
    item.albums(albumIds);
    item.dates(photo);
    item.counts(listed);
    item.kind(listed);
    HeldPhoto.describe(photo, item.attributes);
    item.original(photo);
    if (photo.width() != null && photo.height() != null) {
      for (RenditionSize size : RenditionSize.values()) {
        RenditionSize.Dimensions own = listed.renditions().dimensions().get(size);
        item.rendition(
            photo,
            size,
            own == null ? size.of(photo.width(), photo.height()) : own,
            listed.renditions().bytes().get(size));
      }
    }
    item.videos(photo, listed.renditions().video());
    Map<String, String> children = new LinkedHashMap<>();
    children.put("tags", String.join(",", listed.tags()));
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
    put("absolute_url", photo.absoluteUrl() == null ? "" : photo.absoluteUrl());
    put("user_id", photo.userId() == null ? "" : photo.userId());
    put("username", listed.username());
    put("display_name", listed.displayName());
    put("user_url", site.userUrl(photo.userId()));
    put("tags", Tags.format(listed.tags()));
    put("license_id", listed.license().id());
  }

  private void albums(List<Long> ids) {
    put("album_id", ids.stream().map(String::valueOf).collect(joining(",")));
    put("number_of_albums", ids.size());
  }

  private void dates(Photo photo) {
    date("creation_date", photo.createdAt());
    put("creation_date_epoch", Timestamps.epoch(photo.createdAt()));
    date("publish_date", photo.publishedAt());
    put("publish_date_epoch", Timestamps.epoch(photo.publishedAt()));
    date("original_date", photo.takenAt());
  }

  private void date(String name, Instant moment) {
    put(name + "_ansi", Timestamps.format(moment));
    put(name + "__date", Timestamps.date(moment));
    put(name + "__time", Timestamps.time(moment));
  }

  private void counts(ListedPhoto listed) {
    Popularity popularity = listed.popularity();
    put("view_count", popularity.views());
    put("number_of_comments", popularity.comments());
    put("number_of_tags", listed.tags().size());
    put("number_of_ratings", popularity.ratings());
    put("photo_rating", popularity.ratings() == 0 ? "" : popularity.rating());
  }

  /** Every photo has a file, so none is text only. */
  private void kind(ListedPhoto listed) {
    Photo photo = listed.photo();
    boolean isWaiting =
        listed.renditions().state() == RenditionState.WAITING
            || listed.renditions().video().state() == VideoState.QUEUED;
    put("video_p", photo.isVideo() ? 1 : 0);
    put("audio_p", photo.contentType().startsWith("audio/") ? 1 : 0);
    put("text_only_p", 0);
    put("promoted_p", 0);
    put("subtitles_p", listed.tracks().subtitles() ? 1 : 0);
    put("sections_p", listed.tracks().sections() ? 1 : 0);
    put("video_encoded_p", photo.isVideo() && !isWaiting ? 1 : 0);
    put("video_length", seconds(photo.durationMillis()));
  }

  private static String seconds(Long millis) {
    return millis == null ? "" : BigDecimal.valueOf(millis, 3).toPlainString();
  }

  private void original(Photo photo) {
    put("original_width", photo.width() == null ? "" : photo.width());
    put("original_height", photo.height() == null ? "" : photo.height());
    put("original_size", photo.size());
    put("original_type", photo.contentType());
    put("original_download", address(photo, "original"));
  }

  private void rendition(
      Photo photo, RenditionSize size, RenditionSize.Dimensions dimensions, Long bytes) {
    put(size.id() + "_width", dimensions.width());
    put(size.id() + "_height", dimensions.height());
    put(size.id() + "_size", bytes == null ? "" : bytes);
    put(size.id() + "_download", address(photo, size.id()));
  }

  /** The file that browsers play, under the names that players look for. */
  private void videos(Photo photo, WebVideo copy) {
    if (copy.isMade()) {
      for (String name : PlayableVideo.names(copy)) {
        video(name, copy.width(), copy.height(), copy.bytes());
        put(name + "_download", address(photo, WebVideo.NAME));
      }
      return;
    }
    for (String name : PlayableVideo.names(photo, copy.state())) {
      video(name, photo.width(), photo.height(), photo.size());
      put(name + "_download", address(photo, "original"));
    }
  }

  private void video(String name, Integer width, Integer height, long bytes) {
    put(name + "_width", width == null ? "" : width);
    put(name + "_height", height == null ? "" : height);
    put(name + "_size", bytes);
  }

  private String address(Photo photo, String file) {
    return site.path() + photo.path(file);
  }

  private void put(String name, Object value) {
    attributes.put(name, value.toString());
  }
}
