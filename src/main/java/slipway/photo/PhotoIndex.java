package slipway.photo;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import slipway.db.Database;

/**
 * What is derived from a photo's row, tags and albums: the words it is found by, and how many
 * photos of each tag and album the public sees. A table of words rather than a database's own
 * full-text search, which no two databases share.
 */
final class PhotoIndex {
  private PhotoIndex() {}

  /** Takes a photo in again, after its row, tags and albums have changed. */
  static void add(Handle tx, long photoId, long now) {
    tx.execute(
        "update photo set counted = (published and published_at <= ?) where photo_id = ?",
        now,
        photoId);
    add(tx, photoId, text(tx, photoId), true);
  }

  /**
   * Takes a photo in, after its row, tags and albums are written.
   *
   * @param text that it is found by, as {@link #text(List, String, String)} has it
   * @param counted whether its row may say that it is counted
   */
  static void add(Handle tx, long photoId, String text, boolean counted) {
    if (counted) {
      count(tx, photoId, 1);
    }
    Set<String> words = Words.of(text);
    if (words.isEmpty()) {
      return;
    }
    PreparedBatch batch = tx.prepareBatch("insert into photo_word (photo_id, word) values (?, ?)");
    words.forEach(word -> batch.add(photoId, word));
    batch.execute();
  }

  /** The text that a photo is found by. */
  static String text(List<String> tags, String title, String description) {
    return String.join(" ", tags) + " " + title + " " + Markup.text(description);
  }

  /** Takes a photo out, before its row, tags or albums change. */
  static void remove(Handle tx, long photoId) {
    tx.execute("delete from photo_word where photo_id = ?", photoId);
    count(tx, photoId, -1);
    tx.execute(
        """
        delete from tag where photo_count <= 0
          and tag in (select tag from photo_tag where photo_id = ?)""",
        photoId);
  }

  /** Counts the photos whose publication has come since; for those who are to read counts. */
  static void catchUp(Database database, long now) {
    if (database.read(handle -> toCount(handle, now)).isEmpty()) {
      return;
    }
    database.write(
        tx -> {
          for (long photoId : toCount(tx, now)) {
            tx.execute("update photo set counted = true where photo_id = ?", photoId);
            count(tx, photoId, 1);
          }
          return null;
        });
  }

  private static List<Long> toCount(Handle handle, long now) {
    return handle
        .createQuery(
            """
            select photo_id from photo
            where published and not counted and published_at <= ?""")
        .bind(0, now)
        .mapTo(Long.class)
        .list();
  }

  private static void count(Handle tx, long photoId, int change) {
    tx.execute(
        """
        insert into tag (tag, photo_count)
        select t.tag, ? from photo_tag t join photo p on p.photo_id = t.photo_id
          where p.photo_id = ? and p.counted
        on conflict (tag) do update set photo_count = tag.photo_count + excluded.photo_count""",
        change,
        photoId);
    tx.execute(
        """
        update album set photo_count = photo_count + ? where album_id in
          (select x.album_id from photo_album x join photo p on p.photo_id = x.photo_id
            where p.photo_id = ? and p.counted)""",
        change,
        photoId);
  }

  private static String text(Handle tx, long photoId) {
    List<String> tags =
        tx.createQuery("select tag from photo_tag where photo_id = ? order by position")
            .bind(0, photoId)
            .mapTo(String.class)
            .list();
    return tx.createQuery("select title, description from photo where photo_id = ?")
        .bind(0, photoId)
        .map((row, context) -> text(tags, row.getString(1), row.getString(2)))
        .one();
  }
}
