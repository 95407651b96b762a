package slipway.stray;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;

/**
 * The objects of a bucket that are to be deleted: those that no row knew, once they have been noted
 * for a while, and those of photos that were deleted, at once. Time is that for which the service
 * ran. For many threads.
 */
public final class StrayObjects {
  private static final Logger LOG = LoggerFactory.getLogger(StrayObjects.class);

  /** Before any time of service by more than a grace time is long. */
  private static final long LONG_AGO = -(1L << 40);

  private final Database database;

  /** Those of a database. */
  public StrayObjects(Database database) {
    this.database = database;
  }

  /** Lets time pass. */
  public void pass(Duration ran) {
    database.write(
        tx -> {
          begin(tx);
          return tx.execute(
              "update bucket_sweep set ran_seconds = ran_seconds + ?", ran.toSeconds());
        });
  }

  /** There is a row of the bucket from then on. */
  public static void begin(Handle tx) {
    tx.execute(
        "insert into bucket_sweep (id, mark, ran_seconds) values (1, '', 0) on conflict do nothing");
  }

  /** Notes some, unless they are noted. */
  public void note(Collection<String> names) {
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

  /**
   * Notes, in the transaction after which no row has them any more, some that are to be deleted as
   * somebody wants them gone: nobody waits for a row that may know them.
   */
  public static void noteGone(Handle tx, Collection<String> names) {
    for (String name : names) {
      tx.execute(
          "insert into stray_object values (?, ?)"
              + " on conflict (name) do update set noted_seconds = excluded.noted_seconds",
          name,
          LONG_AGO);
    }
  }

  /** Notes one that could not be deleted, as far as that is possible: its row is gone. */
  public void left(String name) {
    try {
      note(List.of(name));
    } catch (RuntimeException e) {
      LOG.warn("The object {} could not be deleted, and is found by a later sweep only", name, e);
    }
  }

  /** Some of those that are to be deleted now, as they were noted so long ago. */
  public List<String> due(Duration grace, int most) {
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

  /** Forgets some that were deleted, or are known after all. */
  public void forget(Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    database.write(
        tx -> {
          PreparedBatch batch = tx.prepareBatch("delete from stray_object where name = ?");
          names.forEach(batch::add);
          return batch.execute();
        });
  }

  /** How many there are. */
  public int count() {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from stray_object").mapTo(Integer.class).one());
  }
}
