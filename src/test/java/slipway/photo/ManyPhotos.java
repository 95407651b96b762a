package slipway.photo;

import slipway.db.Database;

/** More photos than a transaction changes at a time, made by one statement. */
public final class ManyPhotos {
  private ManyPhotos() {}

  /**
   * Adds photos, each with the tag {@code many} and in the album of number 1, which is added, too.
   *
   * @param publishedAt when they are published, in milliseconds; none is counted
   */
  public static void add(Database database, int count, long publishedAt) {
    String numbers =
        "with recursive ns(n) as (select 1 union all select n + 1 from ns where n < "
            + count
            + ") ";
    database.write(
        tx -> {
          tx.execute(
              "insert into album (album_id, token, title, title_folded, created_at)"
                  + " values (1, '', 'Album', 'album', 0)");
          tx.execute("insert into tag (tag, folded, photo_count) values ('many', 'many', 0)");
          tx.execute(
              numbers
                  + """
                  insert into photo (photo_id, token, tree_id, media_key, title, description,
                    published, filename, content_type, size, published_at, created_at)
                  select n, '', 1, substr('00000000000000000000000000000000' || n, length('' || n) + 1), '', '', true, 'a.jpg', 'image/jpeg', 1,
                    ?, 0 from ns""",
              publishedAt);
          if (database.hasOneWriter()) {
            // Elsewhere each row is counted by a trigger.
            tx.execute(
                "update photo_total set photos = photos + ?, published = published + ?",
                count,
                count);
          }
          tx.execute(numbers + "insert into photo_tag select n, 'many', 0 from ns");
          tx.execute(numbers + "insert into photo_album select n, 1 from ns");
          return null;
        });
  }
}
