package slipway.photo;

import org.jdbi.v3.core.Handle;
import slipway.db.Plain;
import slipway.details.Folding;

/** The sort keys of lists of photos by title. */
final class PhotoTitles {
  /** How many characters count for sorting. */
  private static final int MOST = 200;

  private PhotoTitles() {}

  /** Notes a photo's title within the caller's transaction, in place of the one before. */
  static void put(Handle tx, long photoId, String title) {
    Plain.later(
        tx,
        """
        insert into photo_title (photo_id, folded) values (?, ?)
        on conflict (photo_id) do update set folded = excluded.folded\
        """,
        photoId,
        Folding.start(title, MOST));
  }
}
