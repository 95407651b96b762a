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
        a.photo_count, a.hidden, a.notified, u.username, u.display_name
      from album a left join app_user u on u.user_id = a.user_id""";

  private final Database database;
  private final Clock clock;
  private final TextLimits limits;
  private final DeletedAlbums deleted;

  /**
   * The albums of that database.
   *
   * @param limits the limits to which longer texts in earlier rows are cut
   */
  public Albums(Database database, Clock clock, TextLimits limits) {
    this.limits = limits;
    this.database = database;
    this.clock = clock;
    this.deleted = new DeletedAlbums(database);
  }

  /** What a list of albums is ordered by. */
  public enum AlbumOrder {
    CREATED("a.created_at"),
    /** The platform's name of {@link #CREATED}. */
    CREATION_DATE("a.created_at"),
    TITLE("a.title_folded", "a.title"),
    /** When it was changed last, or made. */
    EDITING_DATE("coalesce(a.edited_at, a.created_at)"),
    /** In the order of their creation, as albums have no other position. */
    SORTKEY("a.album_id");

    private final List<String> columns;

    AlbumOrder(String... columns) {
      this.columns = List.of(columns);
    }

    private String sql(boolean ascending) {
      return OrderBy.sql(columns, "a.album_id", ascending);
    }
  }

  /**
   * Adds an album.
   *
   * @param title plain text
   * @param description text with safe tags only
   * @param userId owner; null for none
   * @param hidden whether it is left out of lists
   * @param notified whether its owner is told by e-mail of files that visitors send into it
   */
  public Album add(
      String title, CleanHtml description, Long userId, boolean hidden, boolean notified) {
    String folded = Folding.fold(title);
    long id =
        database.write(
            tx ->
                tx.createQuery(
                        """
                        insert into album
                          (token, title, description, user_id, created_at, title_folded, hidden,
                            notified)
                        values (?, ?, ?, ?, ?, ?, ?, ?) returning album_id""")
                    .bind(0, PhotoToken.random())
                    .bind(1, title)
                    .bind(2, description.html())
                    .bind(3, userId)
                    .bind(4, clock.millis())
                    .bind(5, folded)
                    .bind(6, hidden)
                    .bind(7, notified)
                    .mapTo(Long.class)
                    .one());
    return find(id).orElseThrow();
  }

  /**
   * Changes an album; null leaves a field as it is.
   *
   * @return whether there is one of that number
   */
  public boolean update(
      long albumId, String title, CleanHtml description, Boolean hidden, Boolean notified) {
    String folded = title == null ? null : Folding.fold(title);
    return 1
        == database.write(
            tx ->
                tx.createUpdate(
                        """
                        update album set title = coalesce(:title, title),
                          title_folded = coalesce(:folded, title_folded),
                          description = coalesce(:description, description),
                          hidden = coalesce(:hidden, hidden),
                          notified = coalesce(:notified, notified), edited_at = :now
                        where album_id = :id""")
                    .bind("title", title)
                    .bind("folded", folded)
                    .bind("description", description == null ? null : description.html())
                    .bind("hidden", hidden)
                    .bind("notified", notified)
                    .bind("now", clock.millis())
                    .bind("id", albumId)
                    .execute());
  }

  /**
   * Deletes an album; its photos stay.
   *
   * @return whether there was one of that number
   */
  public boolean delete(long albumId) {
    return deleted.add(albumId);
  }

  /** The album of that number. */
  public Optional<Album> find(long albumId) {
    Publications.catchUp(database, clock.millis());
    ListShare share = ListShare.of(limits, 1);
    return database.read(
        handle ->
            share
                .bind(handle.createQuery(COLUMNS + " where a.album_id = :id"))
                .bind("id", albumId)
                .map(RowReader.to(row -> album(row, share)))
                .findOne());
  }

  static String pageSql(AlbumFilter.Condition condition, AlbumOrder order, boolean ascending) {
    return COLUMNS + condition.where() + order.sql(ascending) + " limit :size offset :offset";
  }

  /** A page of the albums that pass a filter. */
  public Page<Album> page(
      AlbumFilter filter, AlbumOrder order, boolean ascending, int size, long offset) {
    Publications.catchUp(database, clock.millis());
    AlbumFilter.Condition condition = filter.condition();
    ListShare share = ListShare.of(limits, size);
    return database.scan(
        handle ->
            new Page<>(
                share
                    .bind(handle.createQuery(pageSql(condition, order, ascending)))
                    .bindMap(condition.values())
                    .bind("size", size)
                    .bind("offset", offset)
                    .map(RowReader.to(row -> album(row, share)))
                    .list(),
                handle
                    .createQuery("select count(*) from album a" + condition.where())
                    .bindMap(condition.values())
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
            row.textOrEmpty("display_name"),
            row.flag("notified")),
        row.instant("created_at"),
        row.number("photo_count"),
        row.flag("hidden"));
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
