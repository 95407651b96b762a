package slipway.photo;

import java.time.Clock;
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
   * @return the new user's number
   */
  public long add(String username, String displayName, String email) {
    return database.write(
        tx ->
            tx.createQuery(
                    """
                    insert into app_user (username, display_name, email, created_at)
                    values (?, ?, ?, ?) returning user_id""")
                .bind(0, username)
                .bind(1, displayName)
                .bind(2, email)
                .bind(3, clock.millis())
                .mapTo(Long.class)
                .one());
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
}
