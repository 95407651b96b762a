package slipway.db.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import slipway.db.Database;
import slipway.db.Engine;
import slipway.db.NotReadException;
import slipway.db.NotWrittenException;
import slipway.db.Plain;
import slipway.db.RowReader.RowMapping;
import slipway.db.UnknownOutcomeException;
import slipway.db.WriterMetrics;
import slipway.health.BusyException;
import slipway.health.StillAtWorkException;
import slipway.health.TextTooLongException;

/**
 * A PostgreSQL server, which any number of nodes may use. It has many writers and puts their
 * commits together by itself, so that each work is done on its caller's thread.
 */
public final class PostgresEngine implements Engine {
  /** How long {@link #check} waits for each answer. */
  private static final Duration MOST_CHECK = Duration.ofSeconds(3);

  private final Pool readers;
  private final Pool writers;
  private final Doubts doubts;
  private final WriterMetrics metrics = new WriterMetrics();
  private final WritesUnderWay writes = new WritesUnderWay();
  private volatile boolean takesWrites = true;

  /** One whose tables are up to date. */
  PostgresEngine(PostgresAddress address) {
    this.readers = Pool.ofReaders(address);
    this.writers = Pool.ofWriters(address);
    this.doubts = new Doubts(readers);
  }

  /**
   * Makes the tables where they are missing, or brings them up to date, and opens the database.
   *
   * @throws IllegalStateException when it cannot be reached or used, with a message that says why
   *     and nothing secret
   */
  public static PostgresEngine open(PostgresAddress address) {
    Schema.migrate(address);
    return new PostgresEngine(address);
  }

  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    Repeats repeats = new Repeats(readers, Database.MOST_WAIT);
    while (true) {
      try (Handle handle = readers.open()) {
        return query.withHandle(handle);
      } catch (Throwable e) {
        if (!isOfDatabase(e) || !SqlState.isTrouble(e)) {
          throw PostgresEngine.<X>same(e);
        }
        if (!repeats.isAnotherDue(e)) {
          throw notRead(e);
        }
      }
    }
  }

  private static boolean isOfDatabase(Throwable failure) {
    return failure instanceof JdbiException || failure instanceof SQLException;
  }

  private RuntimeException notRead(Throwable failure) {
    BusyException busy = readers.busy(failure);
    if (busy != null) {
      return busy;
    }
    return new NotReadException(
        SqlState.isTooSlow(failure)
            ? "The database did not answer in time"
            : "The database cannot be read now",
        failure);
  }

  @Override
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    return writes.in(() -> transaction(work, Durability.WHOLE));
  }

  @Override
  public <T, X extends Exception> T soft(HandleCallback<T, X> work) throws X {
    return writes.in(() -> transaction(work, Durability.SOFT));
  }

  /** There is no reserve on the server's disk. */
  @Override
  public <T, X extends Exception> T writeThoughFull(HandleCallback<T, X> work) throws X {
    return write(work);
  }

  private <T, X extends Exception> T transaction(HandleCallback<T, X> work, Durability durability)
      throws X {
    Repeats repeats = new Repeats(writers, Database.MOST_WAIT);
    while (true) {
      long start = System.nanoTime();
      PgTransaction<T, X> transaction = new PgTransaction<>(writers, work, durability);
      Throwable failure = transaction.run();
      if (failure == null) {
        metrics.committed(1, System.nanoTime() - start);
        takesWrites = true;
        return transaction.result();
      }
      if (!transaction.isUndone()) {
        throw unknown(transaction.connectionName(), failure);
      }
      if (!repeats.isAnotherDue(failure)) {
        throw refused(failure);
      }
    }
  }

  private UnknownOutcomeException unknown(String name, Throwable failure) {
    takesWrites = false;
    boolean isSettled = name != null && doubts.begin(name);
    return new UnknownOutcomeException("A commit failed", failure, isSettled);
  }

  /** What a task threw, or the failure of the database to accept it. */
  private <X extends Exception> RuntimeException refused(Throwable failure) throws X {
    if (failure instanceof Error) {
      return new NotWrittenException("A write ended in an error", failure);
    }
    if (isOfDatabase(failure) && SqlState.isTooLong(failure)) {
      return new TextTooLongException(failure);
    }
    if (!isOfDatabase(failure)
        || !(SqlState.isTrouble(failure) || SqlState.isToBeRepeated(failure))) {
      throw PostgresEngine.<X>same(failure);
    }
    BusyException busy = writers.busy(failure);
    if (busy != null) {
      return busy;
    }
    takesWrites = SqlState.isToBeRepeated(failure);
    if (SqlState.isStandby(failure)) {
      writers.renew();
      readers.renew();
    }
    return new NotWrittenException("The database does not accept writes now", failure);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Exception> X same(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (X) failure;
  }

  /** A single statement is a transaction of its own: one message and one answer. */
  @Override
  public int execute(String sql, Object... values) {
    return writes.in(
        () -> {
          Repeats repeats = new Repeats(writers, Database.MOST_WAIT);
          while (true) {
            String name = null;
            long start = System.nanoTime();
            try (Connection connection = writers.connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
              for (int i = 0; i < values.length; i++) {
                TextArguments.set(statement, i + 1, values[i]);
              }
              name = Pool.name(connection);
              int changed = statement.executeUpdate();
              metrics.committed(1, System.nanoTime() - start);
              takesWrites = true;
              return changed;
            } catch (SQLException e) {
              if (name != null && SqlState.isLost(e)) {
                throw unknown(name, e);
              }
              if (!repeats.isAnotherDue(e)) {
                throw statementFailed(e);
              }
            }
          }
        });
  }

  /** By a reading connection: each statement sees what is committed, and waits for no flush. */
  @Override
  public <T> List<T> alone(RowMapping<T> mapping, String sql, Object... values) {
    return writes.in(
        () -> {
          Repeats repeats = new Repeats(readers, Database.MOST_WAIT);
          while (true) {
            boolean isSent = false;
            try (Handle handle = readers.open()) {
              isSent = true;
              return Plain.query(handle, mapping, sql, values);
            } catch (RuntimeException e) {
              if (isSent && SqlState.isLost(e)) {
                throw new UnknownOutcomeException("The answer to a statement was lost", e, false);
              }
              if (!repeats.isAnotherDue(e)) {
                BusyException busy = readers.busy(e);
                throw busy != null ? busy : refused(e);
              }
            }
          }
        });
  }

  private RuntimeException statementFailed(SQLException failure) {
    return SqlState.isTrouble(failure)
            || SqlState.isToBeRepeated(failure)
            || SqlState.isTooLong(failure)
        ? refused(failure)
        : new IllegalStateException("A statement failed", failure);
  }

  @Override
  public String lock() {
    return " for update";
  }

  @Override
  public String skipLocked() {
    return " for update skip locked";
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  @Override
  public Instant now() {
    return read(
        handle ->
            Instant.ofEpochMilli(
                handle
                    .select("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
                    .mapTo(Long.class)
                    .one()));
  }

  @Override
  public void whenSettled(Runnable then) {
    doubts.whenSettled(then);
  }

  @Override
  public void settle() {
    if (!doubts.areSettled()) {
      throw new NotReadException("The database does not report the outcome of a commit yet", null);
    }
  }

  @Override
  public void check() {
    askSoon(readers, "select 1");
    checkDisk();
  }

  /** A full disk of the server shows when it is written to. */
  @Override
  public void checkDisk() {
    askSoon(writers, "update last_time set steady = steady");
  }

  private void askSoon(Pool pool, String sql) {
    try (Connection connection = pool.connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(MOST_CHECK.toMillis()));
      statement.execute();
      takesWrites = true;
    } catch (SQLException e) {
      throw new NotReadException("The database does not answer", e);
    }
  }

  @Override
  public void takeReserve() {
    // There is none.
  }

  @Override
  public boolean isWell() {
    return takesWrites;
  }

  @Override
  public void close() {
    boolean areOver = writes.end(Database.MOST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    doubts.close();
    readers.close();
    writers.close();
    if (!areOver) {
      throw new StillAtWorkException("The database is still busy with a write");
    }
  }
}
