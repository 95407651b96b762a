package slipway.photo;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.Folding;
import slipway.details.TextLimits;

/** The site's albums. */
public final class Albums {
  private static final String COLUMNS =
      """
      select a.album_id, a.token, substr(a.title, 1, :titleChars) as title,
        substr(a.description, 1, :descriptionChars) as description, a.user_id, a.created_at,
        a.photo_count, u.username, u.display_name from album a left join app_user u on u.user_id = a.user_id""";

  private final Database database;
  private final Clock clock;
  private final TextLimits limits;

  /**
   * The albums of that database.
   *
   * @param limits what may be longer in rows of before, and is cut
   */
  public Albums(Database database, Clock clock, TextLimits limits) {
    this.limits = limits;
    this.database = database;
    this.clock = clock;
  }

  /** What a list of albums is ordered by. */
  public enum AlbumOrder {
    CREATED,
    /** The platform's name of {@link #CREATED}. */
    CREATION_DATE,
    TITLE;

    private String sql(boolean ascending) {
      String direction = ascending ? "" : " desc";
      String columns =
          this == TITLE
              ? "a.title_folded" + direction + ", a.title" + direction
              : "a.created_at" + direction;
      return " order by " + columns + ", a.album_id" + direction;
    }
  }

  /**
   * Adds an album.
   *
   * @param title plain text
   * @param description text with safe tags only
   * @param userId owner; null for none
   */
  public Album add(String title, CleanHtml description, Long userId) {
    String folded = Folding.fold(title);
    long id =
        database.write(
            tx ->
                tx.createQuery(
                        """
                        insert into album
                          (token, title, description, user_id, created_at, title_folded)
                        values (?, ?, ?, ?, ?, ?) returning album_id""")
                    .bind(0, PhotoToken.random())
                    .bind(1, title)
                    .bind(2, description.html())
                    .bind(3, userId)
                    .bind(4, clock.millis())
                    .bind(5, folded)
                    .mapTo(Long.class)
                    .one());
    return find(id).orElseThrow();
  }

  /**
   * Changes an album; null leaves a thing as it is.
   *
   * @return whether there is one of that number
   */
  public boolean update(long albumId, String title, CleanHtml description) {
    String folded = title == null ? null : Folding.fold(title);
    return 1
        == database.write(
            tx ->
                tx.createUpdate(
                        """
                        update album set title = coalesce(:title, title),
                          title_folded = coalesce(:folded, title_folded),
                          description = coalesce(:description, description)
                        where album_id = :id""")
                    .bind("title", title)
                    .bind("folded", folded)
                    .bind("description", description == null ? null : description.html())
                    .bind("id", albumId)
                    .execute());
  }

  /**
   * Deletes an album; its photos stay.
   *
   * @return whether there was one of that number
   */
  public boolean delete(long albumId) {
    return 1 == database.write(tx -> tx.execute("delete from album where album_id = ?", albumId));
  }

  /** The album of that number. */
  public Optional<Album> find(long albumId) {
    PhotoIndex.catchUp(database, clock.millis());
    ListShare share = ListShare.of(limits, 1);
    return database.read(
        handle ->
            share
                .bind(handle.createQuery(COLUMNS + " where a.album_id = :id"))
                .bind("id", albumId)
                .map(RowReader.to(row -> album(row, share)))
                .findOne());
  }

  /**
   * A page of the albums.
   *
   * @param userId owner; null for any
   * @param search what the title holds, without regard to case; empty for anything
   */
  public Page<Album> page(
      Long userId, String search, AlbumOrder order, boolean ascending, int size, long offset) {
    String where =
        """
        where (:userId is null or a.user_id = :userId)
          and (:search = '' or a.title_folded like :pattern escape '!')""";
    PhotoIndex.catchUp(database, clock.millis());
    String text = Folding.search(search);
    String pattern = "%" + text.replaceAll("([!%_])", "!$1") + "%";
    ListShare share = ListShare.of(limits, size);
    return database.scan(
        handle ->
            new Page<>(
                share
                    .bind(
                        handle.createQuery(
                            COLUMNS
                                + " "
                                + where
                                + order.sql(ascending)
                                + " limit :size offset :offset"))
                    .bind("userId", userId)
                    .bind("search", text)
                    .bind("pattern", pattern)
                    .bind("size", size)
                    .bind("offset", offset)
                    .map(RowReader.to(row -> album(row, share)))
                    .list(),
                handle
                    .createQuery("select count(*) from album a " + where)
                    .bind("userId", userId)
                    .bind("search", text)
                    .bind("pattern", pattern)
                    .mapTo(Long.class)
                    .one()));
  }

  private static Album album(RowReader row, ListShare share) throws SQLException {
    return new Album(
        row.number("album_id"),
        row.text("token"),
        share.title(row.text("title")),
        share.description(CleanHtml.stored(row.text("description"))),
        new AlbumOwner(
            row.numberOrNull("user_id"),
            row.textOrEmpty("username"),
            row.textOrEmpty("display_name")),
        row.instant("created_at"),
        row.number("photo_count"));
  }

  /** Whether there is an album of that number. */
  public boolean exists(long albumId) {
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from album where album_id = ?")
                .bind(0, albumId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** Whether there is an album of each of those numbers. */
  public boolean exist(List<Long> albumIds) {
    return albumIds.stream().allMatch(this::exists);
  }
}
