package slipway.token;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import slipway.db.Database;
import slipway.harness.TestedDatabase;

/** The registries that a test of tokens runs on, each with the database that it is for. */
public enum TestedRegistry {
  MEMORY(TestedDatabase.SQLITE),
  SQL(TestedDatabase.POSTGRES);

  private final TestedDatabase database;

  TestedRegistry(TestedDatabase database) {
    this.database = database;
  }

  /** The one that is for that database. */
  public static TokenRegistry on(TestedDatabase database, Database opened, Clock clock) {
    return (database == TestedDatabase.SQLITE ? MEMORY : SQL).of(opened, clock);
  }

  Database open(Path file) throws IOException {
    return database.open(file);
  }

  /** A new registry, as after a restart. */
  TokenRegistry of(Database opened, Clock clock) {
    if (this == MEMORY) {
      return new MemoryTokenRegistry(opened, clock);
    }
    SqlTokenRegistry registry = new SqlTokenRegistry(opened, clock, UUID.randomUUID().toString());
    // No node has a row here: all before are gone.
    registry.settleUses();
    return registry;
  }
}
