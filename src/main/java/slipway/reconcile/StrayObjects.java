package slipway.reconcile;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;

/**
 * The objects of a bucket that no row knew, as they were noted, and how far the bucket was looked
 * at. Time is that for which the service ran. For many threads.
 */
public final class StrayObjects {
  private static final Logger LOG = LoggerFactory.getLogger(StrayObjects.class);

  private final Database database;

  /** Those of a database. */
  public StrayObjects(Database database) {
    this.database = database;
  }

  /** The first 8 hex digits of the names before which all were looked at; empty at first. */
  String mark() {
    return database.read(
        handle ->
            handle
                .createQuery("select mark from bucket_sweep")
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }

  /** Moves the mark. */
  void mark(String next) {
    write("update bucket_sweep set mark = ?", next);
  }

  /** Lets time pass. */
  void pass(Duration ran) {
    write("update bucket_sweep set ran_seconds = ran_seconds + ?", ran.toSeconds());
  }

  private void write(String sql, Object value) {
    database.write(
        tx -> {
          begin(tx);
          return tx.execute(sql, value);
        });
  }

  private static void begin(Handle tx) {
    tx.execute("insert into bucket_sweep values (1, '', 0) on conflict do nothing");
  }

  /** Notes some, unless they are noted. */
  void note(Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    database.write(
        tx -> {
          begin(tx);
          PreparedBatch batch =
              tx.prepareBatch(
                  "insert into stray_object select cast(? as text), ran_seconds from bucket_sweep"
                      + " where true on conflict do nothing");
          names.forEach(batch::add);
          return batch.execute();
        });
  }

  /** Notes one that could not be deleted, as far as that is possible: its row is gone. */
  public void left(String name) {
    try {
      note(List.of(name));
    } catch (RuntimeException e) {
      LOG.warn("The object {} could not be deleted, and nothing will do that later", name, e);
    }
  }

  /** Some of those that were noted so long ago. */
  List<String> due(Duration grace, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select name from stray_object, bucket_sweep"
                        + " where noted_seconds <= ran_seconds - ? order by name limit ?")
                .bind(0, grace.toSeconds())
                .bind(1, most)
                .mapTo(String.class)
                .list());
  }

  /** Forgets one that was deleted, or is known after all. */
  void forget(String name) {
    database.execute("delete from stray_object where name = ?", name);
  }

  /** How many there are. */
  int count() {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from stray_object").mapTo(Integer.class).one());
  }
}
