package slipway.db;

import java.util.Optional;

/** The name that a database and its media folder have in common. */
public final class Identity {
  private Identity() {}

  /** A database's name; empty when it has none yet. */
  public static Optional<String> read(Reading database) {
    return database.read(
        handle ->
            handle
                .createQuery("select identity from identity where identity is not null")
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Gives the database its name, unless another node has given it one by now; durable on return.
   *
   * @return the name that it has now
   */
  public static String write(Database database, String identity) {
    database.execute("update identity set identity = ? where identity is null", identity);
    return read(database).orElseThrow();
  }
}
