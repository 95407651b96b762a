package slipway.photo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.RowReader;
import slipway.details.Folding;

/**
 * Merges tags that were stored before and are the same when folded. The spelling on the photo that
 * came first stays, and the photos of the others get it.
 */
final class TagTwins {
  private TagTwins() {}

  /** A {@link Refold} step that names the tags, and notes those to merge. */
  static Optional<String> name(Handle tx, String position, int most) {
    String last = position;
    for (int i = 0; i < most; i++) {
      Optional<String> tag = next(tx, last);
      if (tag.isEmpty()) {
        return Optional.empty();
      }
      name(tx, tag.get());
      last = tag.get();
    }
    return Optional.of(last);
  }

  /** The next of the tags that photos have, looked up in their index: few, on many photos. */
  private static Optional<String> next(Handle tx, String tag) {
    return tx.createQuery("select tag from photo_tag where tag > ? order by tag limit 1")
        .bind(0, tag)
        .mapTo(String.class)
        .findOne();
  }

  private static void name(Handle tx, String tag) {
    String folded = Folding.fold(tag);
    Optional<String> other =
        tx.createQuery("select tag from tag where folded = ? and tag <> ?")
            .bind(0, folded)
            .bind(1, tag)
            .mapTo(String.class)
            .findOne();
    if (other.isEmpty()) {
      set(tx, tag, folded);
    } else if (first(tx, other.get()) < first(tx, tag)) {
      note(tx, tag, other.get());
    } else {
      tx.execute("update tag set folded = null where tag = ?", other.get());
      set(tx, tag, folded);
      tx.execute("update tag_twin set spelling = ? where spelling = ?", tag, other.get());
      note(tx, other.get(), tag);
    }
  }

  private static void set(Handle tx, String tag, String folded) {
    tx.execute(
        """
        insert into tag (tag, folded, photo_count) values (?, ?, 0)
        on conflict (tag) do update set folded = excluded.folded""",
        tag,
        folded);
  }

  private static long first(Handle tx, String tag) {
    return tx.createQuery("select min(photo_id) from photo_tag where tag = ?")
        .bind(0, tag)
        .mapTo(Long.class)
        .findOne()
        .orElse(Long.MAX_VALUE);
  }

  private static void note(Handle tx, String tag, String spelling) {
    tx.execute(
        """
        insert into tag_twin (tag, spelling) values (?, ?)
        on conflict (tag) do update set spelling = excluded.spelling""",
        tag,
        spelling);
  }

  /** A {@link Refold} step that gives some photos the spelling that stays. */
  static Optional<String> merge(Handle tx, int most) {
    int left = most;
    while (left > 0) {
      Optional<Map.Entry<String, String>> twin =
          tx.createQuery("select tag, spelling from tag_twin order by tag limit 1")
              .map(RowReader.to(row -> Map.entry(row.text("tag"), row.text("spelling"))))
              .findOne();
      if (twin.isEmpty()) {
        return Optional.empty();
      }
      String tag = twin.get().getKey();
      left -= 1 + merge(tx, tag, spelling(tx, tag, twin.get().getValue()), left);
    }
    return Optional.of("");
  }

  /** The spelling that remains, as the photos of the noted one may be gone. */
  private static String spelling(Handle tx, String tag, String noted) {
    String folded = Folding.fold(tag);
    Optional<String> now =
        tx.createQuery("select tag from tag where folded = ?")
            .bind(0, folded)
            .mapTo(String.class)
            .findOne();
    if (now.isEmpty()) {
      set(tx, noted, folded);
    }
    return now.orElse(noted);
  }

  private static int merge(Handle tx, String tag, String spelling, int most) {
    if (tag.equals(spelling)) {
      tx.execute("delete from tag_twin where tag = ?", tag);
      return 0;
    }
    List<Long> photos =
        tx.createQuery("select photo_id from photo_tag where tag = ? limit " + most)
            .bind(0, tag)
            .mapTo(Long.class)
            .list();
    photos.forEach(photoId -> respell(tx, photoId, tag, spelling));
    if (photos.size() < most) {
      tx.execute("delete from tag_twin where tag = ?", tag);
      TagNames.forget(tx, tag);
    }
    return photos.size();
  }

  private static void respell(Handle tx, long photoId, String tag, String spelling) {
    PhotoIndex.countAtOnce(tx, photoId);
    int respelled =
        tx.execute(
            """
            update photo_tag set tag = ? where photo_id = ? and tag = ? and not exists
              (select 1 from photo_tag x where x.photo_id = ? and x.tag = ?)""",
            spelling,
            photoId,
            tag,
            photoId,
            spelling);
    if (respelled == 0) {
      tx.execute("delete from photo_tag where photo_id = ? and tag = ?", photoId, tag);
    }
    PhotoIndex.count(tx, photoId, tag, -1);
    PhotoIndex.count(tx, photoId, spelling, respelled);
  }
}
