package slipway.photo;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What is derived from a photo's row and tags: the words it is found by, and the tags' counts. A
 * table of words rather than a database's own full-text search, which no two databases share.
 */
final class PhotoIndex {
  private PhotoIndex() {}

  /** Takes a photo in, after its row and tags are written. */
  static void add(Handle tx, long photoId) {
    count(tx, photoId, 1);
    Set<String> words = Words.of(text(tx, photoId));
    if (words.isEmpty()) {
      return;
    }
    PreparedBatch batch = tx.prepareBatch("insert into photo_word (photo_id, word) values (?, ?)");
    words.forEach(word -> batch.add(photoId, word));
    batch.execute();
  }

  /** Takes a photo out, before its row or tags change. */
  static void remove(Handle tx, long photoId) {
    tx.execute("delete from photo_word where photo_id = ?", photoId);
    count(tx, photoId, -1);
    tx.execute(
        """
        delete from tag where photo_count <= 0
          and tag in (select tag from photo_tag where photo_id = ?)""",
        photoId);
  }

  private static void count(Handle tx, long photoId, int change) {
    tx.execute(
        """
        insert into tag (tag, photo_count)
        select t.tag, ? from photo_tag t join photo p on p.photo_id = t.photo_id
          where p.photo_id = ? and p.published
        on conflict (tag) do update set photo_count = tag.photo_count + excluded.photo_count""",
        change,
        photoId);
  }

  private static String text(Handle tx, long photoId) {
    String titleAndDescription =
        tx.createQuery("select title, description from photo where photo_id = ?")
            .bind(0, photoId)
            .map((row, context) -> row.getString(1) + " " + Markup.text(row.getString(2)))
            .one();
    List<String> tags =
        tx.createQuery("select tag from photo_tag where photo_id = ? order by position")
            .bind(0, photoId)
            .mapTo(String.class)
            .list();
    return String.join(" ", tags) + " " + titleAndDescription;
  }
}
