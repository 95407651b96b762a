package slipway.db.postgres;

import slipway.db.Database;

/** A PostgreSQL that has the tables of this version, which are not looked through once more. */
public final class MigratedServer {
  private MigratedServer() {}

  /** Opens it. To look through its tables takes three connections, each a process of the server. */
  public static Database open(PostgresAddress address) {
    return new Database(new PostgresEngine(address));
  }
}
