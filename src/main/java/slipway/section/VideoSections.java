package slipway.section;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.details.CleanHtml;

/**
 * The sections of videos: rows, which go with the photo's. Sections that begin after the end of the
 * file, or belong to a picture, since the file was replaced, are not read.
 */
public final class VideoSections {
  /** Sections of one video. */
  public static final int MOST_OF_PHOTO = 100;

  private static final String FITTING =
      """
      from photo_section s join photo p on p.photo_id = s.photo_id and p.video
        and s.start_millis <= coalesce(p.duration_millis, s.start_millis)
      """;

  private static final String COLUMNS =
      "select s.section_id, s.start_millis, s.title, s.description, s.has_thumbnail " + FITTING;

  private final Database database;

  /** The sections of that database. */
  public VideoSections(Database database) {
    this.database = database;
  }

  /** Those of a video, by where they begin. */
  public List<VideoSection> of(long photoId) {
    return database.read(
        handle ->
            handle
                .select(
                    COLUMNS + "where s.photo_id = ? order by s.start_millis, s.section_id", photoId)
                .map(RowReader.to(VideoSections::section))
                .list());
  }

  /** The section of that number, if it is one of that video. */
  public Optional<VideoSection> find(long photoId, long sectionId) {
    return database.read(
        handle ->
            handle
                .select(COLUMNS + "where s.section_id = ? and s.photo_id = ?", sectionId, photoId)
                .map(RowReader.to(VideoSections::section))
                .findOne());
  }

  private static VideoSection section(RowReader row) throws SQLException {
    return new VideoSection(
        row.number("section_id"),
        row.number("start_millis"),
        row.text("title"),
        CleanHtml.stored(row.text("description")),
        row.flag("has_thumbnail"));
  }

  /**
   * Adds a section.
   *
   * @return its number; empty when the photo is gone, or has as many as it may
   */
  public Optional<Long> tryAdd(
      long photoId, long startMillis, String title, CleanHtml description) {
    return database.write(
        tx ->
            tx.createQuery(
                    """
                    insert into photo_section (photo_id, start_millis, title, description)
                    select photo_id, :start, :title, :html from photo where photo_id = :photo
                      and (select count(*) from photo_section where photo_id = :photo) < :most
                    returning section_id""")
                .bind("start", startMillis)
                .bind("title", title)
                .bind("html", description.html())
                .bind("photo", photoId)
                .bind("most", MOST_OF_PHOTO)
                .mapTo(Long.class)
                .findOne());
  }

  /**
   * Changes a section.
   *
   * @return whether the video has one of that number
   */
  public boolean change(long photoId, long sectionId, SectionChange change) {
    String html = change.description() == null ? null : change.description().html();
    return database.execute(
            """
            update photo_section set start_millis = coalesce(?, start_millis),
              title = coalesce(?, title), description = coalesce(?, description)
            where section_id = ? and photo_id = ?""",
            change.startMillis(),
            change.title(),
            html,
            sectionId,
            photoId)
        > 0;
  }

  /**
   * Gives a section a picture of its own, in place of the one it has.
   *
   * @param picture a JPEG or PNG, small
   * @return whether the video has one of that number
   */
  public boolean setThumbnail(long photoId, long sectionId, byte[] picture) {
    return database.execute(
            """
            update photo_section set has_thumbnail = true, thumbnail = ?
            where section_id = ? and photo_id = ?""",
            picture,
            sectionId,
            photoId)
        > 0;
  }

  /** The picture of a section's own; empty when it has none, or there is no such section. */
  public Optional<byte[]> thumbnail(long photoId, long sectionId) {
    return database.read(
        handle ->
            handle
                .select(
                    "select s.thumbnail "
                        + FITTING
                        + "where s.section_id = ? and s.photo_id = ? and s.has_thumbnail",
                    sectionId,
                    photoId)
                .mapTo(byte[].class)
                .findOne());
  }

  /**
   * Deletes a section.
   *
   * @return whether the video had one of that number
   */
  public boolean delete(long photoId, long sectionId) {
    return database.writeThoughFull(
        tx ->
            tx.execute(
                    "delete from photo_section where section_id = ? and photo_id = ?",
                    sectionId,
                    photoId)
                > 0);
  }
}
