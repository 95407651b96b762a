package slipway.subtitle;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * The subtitles of videos: rows, which go with the photo's. While the photo's file is a picture,
 * they are not read.
 */
public final class Subtitles {
  /** Languages of one photo. */
  public static final int MOST_OF_PHOTO = 50;

  private final Database database;

  /** The subtitles of that database. */
  public Subtitles(Database database) {
    this.database = database;
  }

  /** Those of a photo, by language. */
  public List<Subtitle> of(long photoId) {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select s.locale, s.is_default from photo_subtitle s
                    join photo p on p.photo_id = s.photo_id and p.video
                    where s.photo_id = ? order by s.locale""",
                    photoId)
                .map(RowReader.to(Subtitles::subtitle))
                .list());
  }

  private static Subtitle subtitle(RowReader row) throws SQLException {
    return new Subtitle(new SubtitleLocale(row.text("locale")), row.flag("is_default"));
  }

  /** The text of a photo's subtitles in a language; empty when there are none. */
  public Optional<SubtitleFile> find(long photoId, SubtitleLocale locale) {
    return database
        .read(
            handle ->
                handle
                    .select(
                        """
                        select s.content from photo_subtitle s
                        join photo p on p.photo_id = s.photo_id and p.video
                        where s.photo_id = ? and s.locale = ?""",
                        photoId,
                        locale.id())
                    .mapTo(String.class)
                    .findOne())
        .map(SubtitleFile::stored);
  }

  /**
   * Keeps the subtitles of a photo in a language, in place of those there were.
   *
   * @param isDefault whether they become the default, in place of others; null to leave that as it
   *     is
   * @return whether they are kept; not when the photo is gone, or has as many as it may
   */
  public boolean tryPut(long photoId, SubtitleLocale locale, SubtitleFile file, Boolean isDefault) {
    return database.write(
        tx -> {
          boolean put = put(tx, photoId, locale, file);
          if (put && isDefault != null) {
            tx.execute(
                """
                update photo_subtitle set is_default = (locale = ? and ?)
                where photo_id = ? and (? or locale = ?)""",
                locale.id(),
                isDefault,
                photoId,
                isDefault,
                locale.id());
          }
          return put;
        });
  }

  private static boolean put(Handle tx, long photoId, SubtitleLocale locale, SubtitleFile file) {
    return tx.createUpdate(
                """
                insert into photo_subtitle (photo_id, locale, is_default, content)
                select photo_id, :locale, false, :content from photo
                where photo_id = :photo and (select count(*) from photo_subtitle
                  where photo_id = :photo and locale <> :locale) < :most
                on conflict (photo_id, locale) do update set content = excluded.content""")
            .bind("locale", locale.id())
            .bind("content", file.webVtt())
            .bind("photo", photoId)
            .bind("most", MOST_OF_PHOTO)
            .execute()
        > 0;
  }

  /**
   * Deletes the subtitles of a photo in a language.
   *
   * @return whether there were any
   */
  public boolean delete(long photoId, SubtitleLocale locale) {
    return database.writeThoughFull(
        tx ->
            tx.execute(
                    "delete from photo_subtitle where photo_id = ? and locale = ?",
                    photoId,
                    locale.id())
                > 0);
  }
}
