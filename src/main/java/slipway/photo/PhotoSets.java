package slipway.photo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import slipway.details.Folding;
import slipway.details.Words;
import slipway.license.License;

/** The sets of photos that a filter names; a photo must be in each. */
final class PhotoSets {
  /** The condition as written in a partial index. */
  static final String AUDIO = "substr(x.content_type, 1, 6) = 'audio/'";

  /** As written in the partial index of the queue. */
  static final String WAITING = "x.rendition_state = " + RenditionState.WAITING.sql();

  /** As written in the partial index of the videos that are to be converted. */
  static final String QUEUED = "x.video_state = " + VideoState.QUEUED.sql();

  /** Most are published: a partial index has the others, in these words. */
  static final String UNPUBLISHED = "not x.published";

  private final List<PhotoSet> sets = new ArrayList<>();

  private final Handle handle;

  private PhotoSets(Handle handle) {
    this.handle = handle;
  }

  static List<PhotoSet> of(Handle handle, PhotoFilter filter) {
    PhotoSets all = new PhotoSets(handle);
    all.number("photo", "photo_id", filter.photoId());
    all.number("photo_album", "album_id", filter.of().albumId());
    all.number("photo", "user_id", filter.of().userId());
    if (filter.of().uploadToken() != null) {
      String token = filter.of().uploadToken();
      all.add(
          "photo",
          "substr(x.upload_token, 1, 16) = substr(?, 1, 16) and x.upload_token = ?",
          token,
          token);
    }
    all.license(filter.of().license());
    all.tags(filter.tagged().tags(), filter.tagged().every());
    all.like(filter.tagged().like());
    all.search(filter.search());
    all.kind(filter.kind());
    if (filter.audience() == PhotoFilter.Audience.UNPUBLISHED) {
      all.add("photo", UNPUBLISHED);
    }
    return List.copyOf(all.sets);
  }

  /** The photos of the time asked for, which may be few; their order's index tells the same. */
  static Optional<PhotoSet> period(PhotoFilter filter) {
    List<String> terms = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    if (filter.period().from() != null) {
      terms.add("x.published_at >= ?");
      values.add(filter.period().from().toEpochMilli());
    }
    if (filter.period().until() != null) {
      terms.add("x.published_at < ?");
      values.add(filter.period().until().toEpochMilli());
    }
    return terms.isEmpty()
        ? Optional.empty()
        : Optional.of(new PhotoSet("photo", String.join(" and ", terms), values));
  }

  private void number(String table, String column, Long value) {
    if (value != null) {
      add(table, "x." + column + " = ?", value);
    }
  }

  /** Those without one have no row: {@link PhotoQuery} asks that of each. */
  private void license(License license) {
    if (license != null && license != License.ALL_RIGHTS_RESERVED) {
      number("photo_license", "license_id", (long) license.id());
    }
  }

  private void tags(List<String> tags, boolean every) {
    if (every) {
      tags.forEach(tag -> anyOf(List.of(tag)));
    } else if (!tags.isEmpty()) {
      anyOf(tags);
    }
  }

  /** In their stored spelling, or as given if they have none. */
  private void anyOf(List<String> tags) {
    Set<String> spelled = new LinkedHashSet<>(tags);
    spelled.addAll(TagNames.of(handle, tags));
    String marks = String.join(", ", Collections.nCopies(spelled.size(), "?"));
    add("photo_tag", "x.tag in (" + marks + ")", spelled.toArray());
  }

  private void like(Long photoId) {
    if (photoId != null) {
      add(
          "photo_tag",
          "x.tag in (select t.tag from photo_tag t where t.photo_id = ?) and x.photo_id <> ?",
          photoId,
          photoId);
    }
  }

  /** What few photos are; what many are, {@link PhotoQuery} asks of each. */
  private void kind(PhotoFilter.FileKind kind) {
    if (kind.isNone()) {
      sets.add(PhotoSet.of(List.of()));
    }
    if (Boolean.TRUE.equals(kind.audio())) {
      add("photo", AUDIO);
    }
    if (Boolean.FALSE.equals(kind.encoded())) {
      String rest = "select x.photo_id from photo x where ";
      add(
          "photo",
          "x.video and x.photo_id in (" + rest + WAITING + " union all " + rest + QUEUED + ")");
    }
  }

  private void search(String text) {
    Set<String> words = Words.of(text);
    words.forEach(this::word);
    if (words.isEmpty() && !Folding.search(text).isEmpty()) {
      // No photo is found by what is no word.
      sets.add(PhotoSet.of(List.of()));
    }
  }

  /** A word in the index that begins with the one asked for. */
  private void word(String word) {
    add("photo_word", "x.word >= ? and x.word < ?", word, Folding.end(word));
  }

  private void add(String table, String condition, Object... values) {
    sets.add(new PhotoSet(table, condition, List.of(values)));
  }
}
