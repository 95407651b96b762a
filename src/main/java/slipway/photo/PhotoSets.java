package slipway.photo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The sets of photos that a filter asks for; a photo must be in each. */
final class PhotoSets {
  private final List<PhotoSet> sets = new ArrayList<>();

  private PhotoSets() {}

  static List<PhotoSet> of(PhotoFilter filter) {
    PhotoSets all = new PhotoSets();
    all.number("photo", "photo_id", filter.photoId());
    all.number("photo_album", "album_id", filter.albumId());
    all.number("photo", "user_id", filter.userId());
    if (filter.uploadToken() != null) {
      all.add("photo", "x.upload_token = ?", filter.uploadToken());
    }
    all.tags(filter.tags(), filter.everyTag());
    Words.of(filter.search()).forEach(all::word);
    return List.copyOf(all.sets);
  }

  /** The photos of the days asked for, which may be few; their order's index tells the same. */
  static Optional<PhotoSet> days(PhotoFilter filter) {
    return filter.from() == null || filter.until() == null
        ? Optional.empty()
        : Optional.of(
            new PhotoSet(
                "photo",
                "x.published_at >= ? and x.published_at < ?",
                List.of(filter.from().toEpochMilli(), filter.until().toEpochMilli())));
  }

  private void number(String table, String column, Long value) {
    if (value != null) {
      add(table, "x." + column + " = ?", value);
    }
  }

  private void tags(List<String> tags, boolean every) {
    if (every) {
      tags.forEach(tag -> add("photo_tag", "x.tag = ?", tag));
    } else if (!tags.isEmpty()) {
      String marks = String.join(", ", Collections.nCopies(tags.size(), "?"));
      add("photo_tag", "x.tag in (" + marks + ")", tags.toArray());
    }
  }

  /** A word in the index that begins with the one asked for. */
  private void word(String word) {
    String end = word + Character.toString(Character.MAX_CODE_POINT);
    add("photo_word", "x.word >= ? and x.word < ?", word, end);
  }

  private void add(String table, String condition, Object... values) {
    sets.add(new PhotoSet(table, condition, List.of(values)));
  }
}
