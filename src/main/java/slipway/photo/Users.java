package slipway.photo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import slipway.db.Database;

/** The site's users: the owners of photos and credentials. */
public final class Users {
  private final Database database;
  private final Clock clock;

  /** The users of that database. */
  public Users(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Adds a user.
   *
   * @param username unique on the site
   * @return the new user's number; empty when there is one of that name already
   */
  public Optional<Long> tryAdd(String username, String displayName, String email) {
    return database.write(
        tx ->
            tx.createQuery(
                    """
                    insert into app_user (username, display_name, email, created_at)
                    values (?, ?, ?, ?) on conflict do nothing returning user_id""")
                .bind(0, username)
                .bind(1, displayName)
                .bind(2, email)
                .bind(3, clock.millis())
                .mapTo(Long.class)
                .findOne());
  }

  /** The same, where there is no user of that name. */
  public long add(String username, String displayName, String email) {
    return tryAdd(username, displayName, email)
        .orElseThrow(() -> new IllegalStateException("There is a user of that name already"));
  }

  /** Whether there is a user of that number. */
  public boolean exists(long userId) {
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from app_user where user_id = ?")
                .bind(0, userId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** The user of that number. */
  public Optional<User> find(long userId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from app_user where user_id = ?")
                .bind(0, userId)
                .map((row, context) -> user(row))
                .findOne());
  }

  /** The user of that name. */
  public Optional<User> find(String username) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from app_user where username = ?")
                .bind(0, username)
                .map((row, context) -> user(row))
                .findOne());
  }

  /**
   * A page of the users, by name.
   *
   * @param search what username or display name begin with, without regard to case; empty for all
   */
  public Page<User> page(String search, boolean ascending, int size, long offset) {
    String where =
        """
        from app_user where (:search = '' or lower(username) like :pattern escape '!'
          or lower(display_name) like :pattern escape '!')""";
    String text = search.toLowerCase(Locale.ROOT);
    String pattern = text.replaceAll("([!%_])", "!$1") + "%";
    String order = " order by username" + (ascending ? "" : " desc");
    return database.read(
        handle ->
            new Page<>(
                handle
                    .createQuery("select * " + where + order + " limit :size offset :offset")
                    .bind("search", text)
                    .bind("pattern", pattern)
                    .bind("size", size)
                    .bind("offset", offset)
                    .map((row, context) -> user(row))
                    .list(),
                handle
                    .createQuery("select count(*) " + where)
                    .bind("search", text)
                    .bind("pattern", pattern)
                    .mapTo(Long.class)
                    .one()));
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getLong("user_id"),
        row.getString("username"),
        row.getString("display_name"),
        row.getString("email"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
