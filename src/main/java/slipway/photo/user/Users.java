package slipway.photo.user;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.details.Folding;
import slipway.photo.OrderBy;
import slipway.photo.Page;

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
   * @return the new user's number; empty when there is one of that name already
   */
  public Optional<Long> tryAdd(NewUser user) {
    return database.write(tx -> tryAdd(tx, user));
  }

  private Optional<Long> tryAdd(Handle tx, NewUser user) {
    return tx.createQuery(
            """
            insert into app_user (username, display_name, email, timezone, site_admin, notified,
              created_at, username_folded, display_name_folded, email_folded)
            values (:username, :displayName, :email, :timezone, :siteAdmin, :notified,
              :now, :usernameFolded, :displayNameFolded, :emailFolded)
            on conflict do nothing returning user_id""")
        .bindMethods(user)
        .bind("now", clock.millis())
        .bind("usernameFolded", Folding.fold(user.username()))
        .bind("displayNameFolded", Folding.fold(user.displayName()))
        .bind("emailFolded", Folding.fold(user.email()))
        .mapTo(Long.class)
        .findOne();
  }

  /** Adds a user of whom nothing else is known. */
  public Optional<Long> tryAdd(String username, String displayName, String email) {
    return tryAdd(new NewUser(username, displayName, email, NewUser.UTC, false, true));
  }

  /** The number of the user of that name, who is added if there is none. */
  public long findOrAdd(Handle tx, NewUser user) {
    return find(tx, user.username())
        .map(User::userId)
        .or(() -> tryAdd(tx, user))
        .orElseThrow(() -> new IllegalStateException("There is a user of that name already"));
  }

  /**
   * Changes a user.
   *
   * @return whether there is one of that number, and no other of the new name
   */
  public boolean update(long userId, UserChange change) {
    return database.write(
        tx ->
            tx.createUpdate(
                        """
                        update app_user set username = coalesce(:username, username),
                          username_folded = coalesce(:usernameFolded, username_folded),
                          username_shared = username_shared
                            and coalesce(:usernameFolded = username_folded, true),
                          display_name = coalesce(:displayName, display_name),
                          display_name_folded = coalesce(:displayNameFolded, display_name_folded),
                          email = coalesce(:email, email),
                          email_folded = coalesce(:emailFolded, email_folded),
                          timezone = coalesce(:timezone, timezone),
                          site_admin = coalesce(:siteAdmin, site_admin),
                          notified = coalesce(:notified, notified)
                        where user_id = :userId and not exists (
                          select 1 from app_user other where other.user_id <> :userId
                            and (other.username_folded = :usernameFolded
                              or other.username = :username))""")
                    .bindMethods(change)
                    .bind("usernameFolded", folded(change.username()))
                    .bind("displayNameFolded", folded(change.displayName()))
                    .bind("emailFolded", folded(change.email()))
                    .bind("userId", userId)
                    .execute()
                > 0);
  }

  private static String folded(String text) {
    return text == null ? null : Folding.fold(text);
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
                .map(RowReader.to(Users::user))
                .findOne());
  }

  /** The user of exactly that name, else one whose name differs only in case. */
  public Optional<User> find(String username) {
    return database.read(handle -> find(handle, username));
  }

  private static Optional<User> find(Handle handle, String username) {
    return handle
        .createQuery(
            """
            select * from app_user where username = :name or username_folded = :folded
            order by case when username = :name then 0 else 1 end, user_id limit 1""")
        .bind("name", username)
        .bind("folded", Folding.fold(username))
        .map(RowReader.to(Users::user))
        .findOne();
  }

  /** What a list of users is ordered by. */
  public enum UserOrder {
    DISPLAY_NAME("display_name_folded"),
    USERNAME("username_folded", "username"),
    CREATION_DATE("created_at"),
    EMAIL("email_folded"),
    LAST_LOGIN("last_login_at"),
    SITE_ADMIN_P("site_admin", "username_folded");

    private final List<String> columns;

    UserOrder(String... columns) {
      this.columns = List.of(columns);
    }

    private String sql(boolean ascending) {
      return OrderBy.sql(columns, "user_id", ascending);
    }
  }

  /**
   * A page of the users.
   *
   * @param search what username or display name begin with, without regard to case; empty for all
   */
  public Page<User> page(String search, UserOrder order, boolean ascending, int size, long offset) {
    String text = Folding.search(search);
    return database.scan(
        handle ->
            new Page<>(
                handle
                    .createQuery(pageSql(text, order, ascending))
                    .bindMap(values(text))
                    .bind("size", size)
                    .bind("offset", offset)
                    .map(RowReader.to(Users::user))
                    .list(),
                handle
                    .createQuery("select count(*) " + from(text))
                    .bindMap(values(text))
                    .mapTo(Long.class)
                    .one()));
  }

  /** The statement that reads a page, for anyone who looks at its plan. */
  public static String pageSql(String search, UserOrder order, boolean ascending) {
    return "select * " + from(search) + order.sql(ascending) + " limit :size offset :offset";
  }

  private static String from(String search) {
    return search.isEmpty()
        ? "from app_user"
        : """
          from app_user where username_folded >= :text and username_folded < :end
            or display_name_folded >= :text and display_name_folded < :end""";
  }

  private static Map<String, String> values(String search) {
    return search.isEmpty() ? Map.of() : Map.of("text", search, "end", Folding.end(search));
  }

  private static User user(RowReader row) throws SQLException {
    return new User(
        row.number("user_id"),
        row.text("username"),
        row.text("display_name"),
        row.text("email"),
        row.instant("created_at"),
        row.text("timezone"),
        row.flag("site_admin"),
        row.flag("notified"));
  }
}
