package slipway.photo;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import slipway.db.Plain;
import slipway.details.Words;

/**
 * What is derived from a photo's row, tags and albums: the words it is found by, and how many
 * photos of each tag and album the public sees. A table of words rather than a database's own
 * full-text search, which no two databases share.
 */
final class PhotoIndex {
  private PhotoIndex() {}

  /**
   * Adds a new photo that the public sees to the counts, after its row, tags and albums are
   * written.
   */
  static void countNew(Handle tx, long photoId, boolean hasTags, boolean hasAlbums) {
    if (hasTags) {
      countTags(tx, photoId, 1);
    }
    if (hasAlbums) {
      countAlbums(tx, photoId, 1);
    }
  }

  /**
   * Adds a photo to the counts again, after its row, tags and albums have changed. One that the
   * public sees stays visible even if the clock was set back.
   */
  static void recount(Handle tx, long photoId, long now) {
    tx.execute(
        "update photo set counted = (published and (counted or published_at <= ?))"
            + " where photo_id = ?",
        now,
        photoId);
    count(tx, photoId, 1);
  }

  /** Removes a photo from the counts, before its row, tags or albums change. */
  static void uncount(Handle tx, long photoId) {
    if (!Uncounted.remove(tx, photoId)) {
      count(tx, photoId, -1);
    }
  }

  /** Counts a photo now that was to be counted later, before its tags change one by one. */
  static void countAtOnce(Handle tx, long photoId) {
    if (Uncounted.remove(tx, photoId)) {
      count(tx, photoId, 1);
    }
  }

  /** Adds or removes one tag, which has a row, in the counts, if the public sees the photo. */
  static void count(Handle tx, long photoId, String tag, int change) {
    tx.execute(
        """
        update tag set photo_count = photo_count + ? where tag = ?
          and exists (select 1 from photo p where p.photo_id = ? and p.counted)\
        """,
        change,
        tag,
        photoId);
  }

  /** Adds words to a photo that has none of them. */
  static void add(Handle tx, long photoId, Collection<String> words) {
    if (words.isEmpty()) {
      return;
    }
    Plain.laterEach(
        tx,
        "insert into photo_word (photo_id, word) values (?, ?) on conflict do nothing",
        words.stream().map(word -> new Object[] {photoId, word}).toList());
  }

  /** Changes the words of a photo; those that stay are not written again. */
  static void replace(Handle tx, long photoId, Set<String> words) {
    Set<String> before =
        new HashSet<>(
            tx.createQuery("select word from photo_word where photo_id = ?")
                .bind(0, photoId)
                .mapTo(String.class)
                .list());
    List<String> gone = before.stream().filter(word -> !words.contains(word)).toList();
    if (gone.size() == before.size()) {
      tx.execute("delete from photo_word where photo_id = ?", photoId);
    } else {
      remove(tx, photoId, gone);
    }
    add(tx, photoId, words.stream().filter(word -> !before.contains(word)).toList());
  }

  private static void remove(Handle tx, long photoId, Collection<String> words) {
    if (words.isEmpty()) {
      return;
    }
    PreparedBatch batch = tx.prepareBatch("delete from photo_word where photo_id = ? and word = ?");
    words.forEach(word -> batch.add(photoId, word));
    batch.execute();
  }

  /** Writes again those words of a photo that were folded otherwise before; few, and short. */
  static void refold(Handle tx, long photoId) {
    List<String> old =
        tx.createQuery("select word from photo_word where photo_id = ?")
            .bind(0, photoId)
            .mapTo(String.class)
            .filter(Words::isFoldedOtherwise)
            .list();
    remove(tx, photoId, old);
    add(tx, photoId, Words.of(String.join(" ", old)));
  }

  private static void count(Handle tx, long photoId, int change) {
    countTags(tx, photoId, change);
    countAlbums(tx, photoId, change);
  }

  private static void countTags(Handle tx, long photoId, int change) {
    Plain.execute(
        tx,
        """
        insert into tag (tag, photo_count)
        select t.tag, ? from photo_tag t join photo p on p.photo_id = t.photo_id
          where p.photo_id = ? and p.counted
        on conflict (tag) do update set photo_count = tag.photo_count + excluded.photo_count\
        """,
        change,
        photoId);
  }

  private static void countAlbums(Handle tx, long photoId, int change) {
    Plain.execute(
        tx,
        """
        update album set photo_count = photo_count + ? where album_id in
          (select x.album_id from photo_album x join photo p on p.photo_id = x.photo_id
            where p.photo_id = ? and p.counted)\
        """,
        change,
        photoId);
  }
}
