package slipway.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import slipway.db.RowReader.RowMapping;
import slipway.disk.UseOfReserve;
import slipway.health.Loop;

/** The one database, in the {@link Engine} it was opened with. All engines run the same SQL. */
public final class Database implements AutoCloseable, Loop, Reading {
  /** How long a write waits for its end, and closing for the writes under way. */
  public static final Duration MOST_WAIT = Duration.ofSeconds(30);

  /** How many queries that look at many rows run at a time. */
  private static final int SCANS = 4;

  /** How many of these may take long. */
  private static final int LONG_SCANS = 3;

  private static final int MOST_SCANS_WAITING = 32;
  private static final Duration MOST_WAIT_TO_SCAN = Duration.ofSeconds(10);

  private final Engine engine;
  private final Scans scans = new Scans(SCANS, MOST_SCANS_WAITING, MOST_WAIT_TO_SCAN);
  private final Scans longScans = new Scans(LONG_SCANS, MOST_SCANS_WAITING, MOST_WAIT_TO_SCAN);

  /** A database over an open engine, which is closed with it. */
  public Database(Engine engine) {
    this.engine = engine;
  }

  /**
   * Opens the SQLite file, making it and its tables where they are missing.
   *
   * @param file the database file; its folder must exist
   */
  public static Database open(Path file) throws IOException {
    return open(file, LogLimit.MOST_BYTES);
  }

  /** The same with another bound of the write-ahead log, in bytes. */
  static Database open(Path file, long mostLog) throws IOException {
    return open(file, mostLog, source -> source);
  }

  /** The same with connections that wrap those of the driver. */
  static Database open(Path file, long mostLog, UnaryOperator<DataSource> driver)
      throws IOException {
    return new Database(SqliteEngine.open(file, mostLog, driver));
  }

  /**
   * Checks that the SQLite file and those beside it, as far as they are there, may be read and
   * written: the driver would not say which may not.
   *
   * @throws java.nio.file.AccessDeniedException names the one that may not
   */
  public static void requireAccess(Path file) throws IOException {
    SqliteEngine.requireAccess(file);
  }

  /**
   * Makes the driver unpack its library, for which it runs a program; otherwise it does so at first
   * use.
   */
  public static void loadDriver() {
    SqliteEngine.loadDriver();
  }

  /** Removes the application's drivers from JDBC, which keeps them for the whole JVM. */
  public static void forgetDrivers() {
    for (Driver driver : DriverManager.drivers().toList()) {
      if (driver.getClass().getClassLoader() == Database.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          throw new IllegalStateException("A database driver cannot be deregistered", e);
        }
      }
    }
  }

  /**
   * Runs a query on a connection of its own; it sees every write that has returned. It is run again
   * where its connection was lost, so that it must have no effect but its result.
   *
   * @throws slipway.health.BusyException when none is free in time
   */
  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    return engine.read(query);
  }

  /**
   * Runs a query that may look at many rows, such as that of a list. Only a few of these run at a
   * time.
   *
   * @throws slipway.health.BusyException when too many run already
   */
  public <T, X extends Exception> T scan(HandleCallback<T, X> query) throws X {
    scans.begin();
    try {
      return read(query);
    } finally {
      scans.end();
    }
  }

  /**
   * Like {@link #scan}, for a query that may take seconds, as it looks for rows among many others.
   * However many of these are requested, there is a turn for the others.
   *
   * @throws slipway.health.BusyException when too many run already
   */
  public <T, X extends Exception> T scanLong(HandleCallback<T, X> query) throws X {
    longScans.begin();
    try {
      return scan(query);
    } finally {
      longScans.end();
    }
  }

  /**
   * Runs the work in a transaction and returns once it is durable. Tasks that wait at the same time
   * share one commit; where one throws, it alone fails, and the others are run again: what a task
   * changes besides the database must come to the same when it is run twice.
   *
   * <p>It waits {@link #MOST_WAIT} at most. What a task throws, even an Error, ends that task only.
   *
   * @throws X what the work threw; it was rolled back then
   * @throws NotWrittenException when the database cannot take the write now; nothing was written
   * @throws UnknownOutcomeException when the commit failed, or did not end in time
   */
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    return engine.write(work);
  }

  /**
   * Like {@link #write}, for what makes room or takes a permission away, without {@link
   * UseOfReserve}: where the disk is full, it is done again on the room that is kept in reserve.
   */
  public <T, X extends Exception> T writeThoughFull(HandleCallback<T, X> work) throws X {
    return engine.writeThoughFull(work);
  }

  /**
   * Like {@link #write}, for changes that may be lost if the database itself crashes. It is faster
   * where nodes share the database.
   */
  public <T, X extends Exception> T soft(HandleCallback<T, X> work) throws X {
    return engine.soft(work);
  }

  /**
   * Runs one statement in a transaction and returns once it is durable: for the most frequent
   * writes.
   *
   * @param values for its parameters, in their order
   * @return how many rows it changed
   * @throws NotWrittenException when the database cannot take the write now; nothing was written
   * @throws UnknownOutcomeException when the commit failed, or did not end in time
   * @throws RuntimeException when the statement failed
   */
  public int execute(String sql, Object... values) {
    return engine.execute(sql, values);
  }

  /**
   * Runs one statement that changes rows, as a transaction of its own, and gives the rows that it
   * returns. It may be lost if the database itself crashes. Where other transactions are changing a
   * row that it changes, it waits for them and goes by the result: one statement reads and changes
   * a row as if it were alone.
   *
   * @param values for its parameters, in their order
   * @throws NotWrittenException when the database cannot take it now; nothing was written
   * @throws UnknownOutcomeException when the answer was lost
   */
  public <T> List<T> alone(RowMapping<T> mapping, String sql, Object... values) {
    return engine.alone(mapping, sql, values);
  }

  /**
   * The end of a query that locks its rows until the transaction ends; empty where there is one
   * writer only.
   */
  public String lock() {
    return engine.lock();
  }

  /** The same for a query that leaves out the rows that others have locked. */
  public String skipLocked() {
    return engine.skipLocked();
  }

  /**
   * Whether writes run one after another, so that a row which all of them change delays none of
   * them.
   */
  public boolean hasOneWriter() {
    return engine.hasOneWriter();
  }

  /** The time of the database's clock, which is the same for all nodes. */
  public Instant now() {
    return engine.now();
  }

  /**
   * Runs something once the outcome of all writes that have failed so far is known: from then on a
   * read gives what is on the disk. If the process ends before that, the next one reads it.
   *
   * @param then short, as others wait for its thread; it must not write to the database
   */
  public void whenSettled(Runnable then) {
    engine.whenSettled(then);
  }

  /**
   * Settles the outcome of all writes that have failed so far: from now on a read gives what is on
   * the disk, and none of those writes takes effect after the next one. For callers that may wait a
   * moment; {@link #whenSettled} is for the others.
   *
   * @throws RuntimeException when that cannot be told yet
   */
  public void settle() {
    engine.settle();
  }

  /**
   * Checks that the database answers a simple query.
   *
   * @throws RuntimeException when it does not answer within seconds
   */
  public void check() {
    engine.check();
  }

  /**
   * Writes something that changes nothing, and flushes it, so that a full disk shows.
   *
   * @throws RuntimeException when it cannot within seconds
   */
  public void checkDisk() {
    engine.checkDisk();
  }

  /** Refills the reserve of disk space that {@link #writeThoughFull} uses on a full disk. */
  public void takeReserve() {
    engine.takeReserve();
  }

  @Override
  public String loopName() {
    return "writer";
  }

  @Override
  public boolean isWell() {
    return engine.isWell();
  }

  /**
   * Waits for the writes under way, {@link #MOST_WAIT} at most, then closes every connection.
   *
   * @throws slipway.health.StillAtWorkException when one of them does not end
   */
  @Override
  public void close() {
    engine.close();
  }
}
