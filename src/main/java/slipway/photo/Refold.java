package slipway.photo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.details.CleanHtml;
import slipway.details.Folding;
import slipway.details.PhotoText;

/** Folds names that were stored before names were folded, each kind in steps. */
enum Refold {
  USERS {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      List<Map<String, Object>> rows =
          after(tx, "user_id, username, display_name from app_user", "user_id", position, most);
      for (Map<String, Object> row : rows) {
        String name = Folding.fold((String) row.get("username"));
        tx.createUpdate(
                """
                update app_user set username_folded = :name, display_name_folded = :displayName,
                  username_shared = exists (select 1 from app_user o
                    where o.username_folded = :name and o.user_id <> :id and not o.username_shared)
                where user_id = :id""")
            .bind("name", name)
            .bind("displayName", Folding.fold((String) row.get("display_name")))
            .bind("id", row.get("user_id"))
            .execute();
      }
      return next(rows, "user_id", most);
    }
  },

  ALBUMS {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      List<Map<String, Object>> rows =
          after(
              tx,
              "album_id, substr(title, 1, 500) as title from album",
              "album_id",
              position,
              most);
      for (Map<String, Object> row : rows) {
        tx.execute(
            "update album set title_folded = ? where album_id = ?",
            Folding.fold((String) row.get("title")),
            row.get("album_id"));
      }
      return next(rows, "album_id", most);
    }
  },

  TAGS {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      return TagTwins.name(tx, position, most);
    }
  },

  TWINS {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      return TagTwins.merge(tx, most);
    }
  },

  /** Also their words, some of which are folded differently now. */
  TITLES {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      int some = Math.min(most, PHOTOS);
      List<Map<String, Object>> rows =
          after(
              tx,
              "photo_id, substr(title, 1, 200) as title from photo",
              "photo_id",
              position,
              some);
      for (Map<String, Object> row : rows) {
        long photoId = ((Number) row.get("photo_id")).longValue();
        PhotoTitles.put(tx, photoId, (String) row.get("title"));
        PhotoIndex.refold(tx, photoId);
      }
      return next(tx, rows, some, "photo_by_title");
    }
  },

  EMAILS {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      List<Map<String, Object>> rows =
          after(tx, "user_id, email from app_user", "user_id", position, most);
      for (Map<String, Object> row : rows) {
        tx.execute(
            "update app_user set email_folded = ? where user_id = ?",
            Folding.fold((String) row.get("email")),
            row.get("user_id"));
      }
      return next(rows, "user_id", most);
    }
  },

  DESCRIPTIONS {
    @Override
    Optional<String> step(Handle tx, String position, int most) {
      String columns =
          "photo_id, substr(description, 1, " + PhotoText.SORTED_HTML + ") as html from photo";
      List<Map<String, Object>> rows = after(tx, columns, "photo_id", position, most);
      for (Map<String, Object> row : rows) {
        CleanHtml html = CleanHtml.stored((String) row.get("html"));
        if (!html.isEmpty()) {
          tx.execute(
              "update photo set description_folded = ? where photo_id = ?",
              PhotoText.descriptionFolded(html),
              row.get("photo_id"));
        }
      }
      return next(tx, rows, most, "photo_by_words");
    }
  };

  /** Photos of a step, at most: each has up to 500 words. */
  private static final int PHOTOS = 50;

  /**
   * Folds some more names within the caller's transaction.
   *
   * @param position where the step before ended; empty for the start
   * @param most how many rows a step is, at most
   * @return where it ended; empty when all are done
   */
  abstract Optional<String> step(Handle tx, String position, int most);

  /** Whether there are still names of this kind that are not folded. */
  boolean isUnfinished(Handle handle) {
    return handle
        .createQuery("select 1 from refold where what = ?")
        .bind(0, name())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static List<Map<String, Object>> after(
      Handle tx, String columns, String id, String position, int most) {
    return tx.createQuery(
            "select " + columns + " where " + id + " > ? order by " + id + " limit " + most)
        .bind(0, position.isEmpty() ? 0 : Long.parseLong(position))
        .mapToMap()
        .list();
  }

  /** Of photos; after the last, none is sorted any more by the index of before. */
  private static Optional<String> next(
      Handle tx, List<Map<String, Object>> rows, int most, String indexBefore) {
    Optional<String> next = next(rows, "photo_id", most);
    if (next.isEmpty()) {
      tx.execute("drop index if exists " + indexBefore);
    }
    return next;
  }

  private static Optional<String> next(List<Map<String, Object>> rows, String id, int most) {
    return rows.size() < most
        ? Optional.empty()
        : Optional.of(rows.get(rows.size() - 1).get(id).toString());
  }
}
