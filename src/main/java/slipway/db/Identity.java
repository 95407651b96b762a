package slipway.db;

import java.util.Optional;

/** The name by which a database and the media folder that belongs to it know each other. */
public final class Identity {
  private final Database database;

  /** That of a database. */
  public Identity(Database database) {
    this.database = database;
  }

  /** The name; empty when it has none yet. */
  public Optional<String> read() {
    return database.read(
        handle ->
            handle
                .createQuery("select identity from identity where identity is not null")
                .mapTo(String.class)
                .findOne());
  }

  /** Gives the database its name; durable on return. */
  public void write(String identity) {
    database.execute("update identity set identity = ?", identity);
  }
}
