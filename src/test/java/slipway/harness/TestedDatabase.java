package slipway.harness;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import slipway.db.Database;

/** The databases that a test of what is kept in one runs on. */
public enum TestedDatabase {
  SQLITE,
  POSTGRES;

  /**
   * Opens a database, making it where it is missing.
   *
   * @param file the database's file, or what another stands for
   */
  public Database open(Path file) throws IOException {
    if (this == POSTGRES) {
      return TestPostgres.open(file);
    }
    return NewDatabase.open(file);
  }

  /** Has inserts into a table fail with that message. */
  public void refuseRows(Database database, String table, String message) {
    database.write(
        tx -> {
          if (this == POSTGRES) {
            tx.execute(
                "create function refuse_rows() returns trigger language plpgsql as $$"
                    + " begin raise exception '"
                    + message
                    + "'; end $$");
          }
          return tx.execute(
              "create trigger refuse_rows before insert on "
                  + table
                  + (this == POSTGRES
                      ? " execute function refuse_rows()"
                      : " begin select raise(abort, '" + message + "'); end"));
        });
  }

  /** Ends that. */
  public void takeRows(Database database, String table) {
    database.write(
        tx -> {
          if (this == SQLITE) {
            return tx.execute("drop trigger refuse_rows");
          }
          tx.execute("drop trigger refuse_rows on " + table);
          return tx.execute("drop function refuse_rows()");
        });
  }

  /** Leaves out a test of SQLite's own ways, such as its plans: other planners go by statistics. */
  public void assumeSqlite() {
    Assumptions.assumeTrue(this == SQLITE, "SQLite only");
  }
}
