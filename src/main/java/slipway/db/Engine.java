package slipway.db;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.HandleCallback;
import slipway.db.RowReader.RowMapping;
import slipway.health.BusyException;

/** What differs between the databases; all of them run the same SQL. */
public interface Engine extends Reading, AutoCloseable {
  /**
   * Runs a query on a connection of its own; it sees every write that has returned. It is run again
   * where its connection was lost, so that it must have no effect but its result.
   *
   * @throws BusyException when none is free in time
   */
  @Override
  <T, X extends Exception> T read(HandleCallback<T, X> query) throws X;

  /**
   * Runs the work in a transaction and returns once it is durable. It may be run more than once:
   * what it changes besides the database must come to the same then.
   *
   * @throws X what the work threw; it was rolled back then
   * @throws NotWrittenException when the database cannot take the write now; nothing was written
   * @throws UnknownOutcomeException when the commit failed, or did not end in time
   */
  <T, X extends Exception> T write(HandleCallback<T, X> work) throws X;

  /** Like {@link #write}; where the disk is full, on the room that is kept in reserve, if any. */
  <T, X extends Exception> T writeThoughFull(HandleCallback<T, X> work) throws X;

  /** Like {@link #write}, for changes that may be lost if the database itself crashes. */
  <T, X extends Exception> T soft(HandleCallback<T, X> work) throws X;

  /**
   * Runs one statement in a transaction and returns once it is durable.
   *
   * @param values for its parameters, in their order
   * @return how many rows it changed
   */
  int execute(String sql, Object... values);

  /**
   * Runs one statement that changes rows, as a transaction of its own, and gives the rows that it
   * returns. It may be lost if the database itself crashes. Where other transactions are changing a
   * row that it changes, it waits for them and goes by the result.
   *
   * @param values for its parameters, in their order
   */
  <T> List<T> alone(RowMapping<T> mapping, String sql, Object... values);

  /** The end of a query that locks its rows until the transaction ends; empty where none can. */
  String lock();

  /** The same for a query that leaves out the rows that are locked. */
  String skipLocked();

  /**
   * Whether writes run one after another, so that a row which all of them change delays none of
   * them.
   */
  boolean hasOneWriter();

  /** The time of the database's clock, which is the same for all who use it. */
  Instant now();

  /** Runs something, on another thread, once all writes that have failed so far are settled. */
  void whenSettled(Runnable then);

  /**
   * Settles the outcome of all writes that have failed so far: from now on a read gives it, and
   * none of those writes takes effect after the next one.
   *
   * @throws RuntimeException when that is not known within seconds
   */
  void settle();

  /**
   * Checks that the database answers a simple query.
   *
   * @throws RuntimeException when it does not answer within seconds
   */
  void check();

  /**
   * Writes something that changes nothing, and flushes it, so that a full disk shows.
   *
   * @throws RuntimeException when it cannot within seconds
   */
  void checkDisk();

  /** Refills the reserve of disk space, if there is one. */
  void takeReserve();

  /** False while it takes no writes. */
  boolean isWell();

  /**
   * Waits for the writes under way, {@link Database#MOST_WAIT} at most, then closes all.
   *
   * @throws slipway.health.StillAtWorkException when one of them does not end
   */
  @Override
  void close();
}
