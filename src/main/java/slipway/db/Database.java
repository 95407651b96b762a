package slipway.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;
import slipway.disk.Durable;
import slipway.disk.Reserve;
import slipway.disk.UseOfReserve;
import slipway.health.Loop;
import slipway.secret.OwnerOnly;

/**
 * The one database: migrated at opening, read through a few connections, written through one {@link
 * Writer}.
 *
 * <p>SQLite in WAL mode with {@code synchronous=FULL}: what {@link #write} returned is on the disk.
 */
public final class Database implements AutoCloseable, Loop, Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** How long a write waits for its end, and closing for the writes under way. */
  public static final Duration MOST_WAIT = Duration.ofSeconds(30);

  /** How long {@link #check} takes at most for each of the two sides. */
  private static final Duration MOST_CHECK = Duration.ofSeconds(5);

  /**
   * More than deleting a photo writes, which is a thousand pages, and {@link FileGrowth} lets be.
   */
  private static final long RESERVE_BYTES = 8 << 20;

  private static final int READERS = 8;

  /** Of the readers, so many at most look at many rows. */
  private static final int SCANS = 4;

  private static final int MOST_SCANS_WAITING = 32;
  private static final int BUSY_MILLIS = 10_000;
  private static final Duration MOST_WAIT_TO_READ = Duration.ofSeconds(10);

  /** Pages in the write-ahead log before they are copied to the file: those written often, once. */
  private static final int CHECKPOINT_PAGES = 4000;

  private final ReaderConnections readers;
  private final Writer writer;
  private final Reserve reserve;
  private final LogLimit log;
  private final Scans scans = new Scans(SCANS, MOST_SCANS_WAITING, MOST_WAIT_TO_READ);

  /** Keeps the write-ahead log in use, so that it is not read anew after a failed commit. */
  private final Handle keeper;

  /** The writer takes the lock as its transaction begins. */
  private Database(Path file, UnaryOperator<DataSource> driver, LogLimit log, Reserve reserve) {
    this.log = log;
    this.reserve = reserve;
    DataSource reading = driver.apply(source(file, TransactionMode.DEFERRED));
    DataSource writing = driver.apply(source(file, TransactionMode.IMMEDIATE));
    Flyway.configure().dataSource(reading).load().migrate();
    this.keeper = Jdbi.open(reading);
    keeper.select("select count(*) from identity").mapTo(Long.class).one();
    this.readers = new ReaderConnections(reading::getConnection, READERS, MOST_WAIT_TO_READ);
    QuotaCheck quota = new QuotaCheck(file.toAbsolutePath().getParent());
    Upkeep upkeep = new FileUpkeep(log, new FileGrowth(file), reserve);
    this.writer = new Writer(writing::getConnection, MOST_WAIT, upkeep, quota::named);
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

  /** The same with connections of what is made of the driver's. */
  static Database open(Path file, long mostLog, UnaryOperator<DataSource> driver)
      throws IOException {
    if (!Files.exists(file)) {
      OwnerOnly.create(file); // SQLite gives its log the same permissions.
      Durable.syncFolder(file.toAbsolutePath().getParent());
    }
    Reserve reserve = reserve(file);
    boolean isGiven = reserve.giveIfFull();
    boolean isLogLeft = LogLimit.ofDatabase(file) > 0;
    Database database =
        new Database(file, driver, new LogLimit(file, mostLog, BUSY_MILLIS), reserve);
    if (isGiven || (isLogLeft && !reserve.isWhole())) {
      database.emptyLog();
    }
    return database;
  }

  /** What is kept free beside that database. */
  static Reserve reserve(Path file) {
    return new Reserve(file.resolveSibling("reserve"), RESERVE_BYTES);
  }

  /** On a full disk the room that the log took is what the reserve is taken from again. */
  private void emptyLog() {
    try {
      writer.writeOnReserve(tx -> null);
    } catch (NotWrittenException | UnknownOutcomeException e) {
      LOG.warn("The database's log could not be emptied", e);
    }
  }

  private static DataSource source(Path file, TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setTransactionMode(mode);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setWalAutocheckpoint(CHECKPOINT_PAGES);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false); // Else each statement is followed by a query for them.
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /**
   * Has the driver unpack its library, for which it runs a program; else it does so at first use.
   */
  public static void loadDriver() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IllegalStateException("SQLite's library cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** Has JDBC, which keeps drivers for the whole JVM, forget those of the application. */
  public static void forgetDrivers() {
    for (Driver driver : DriverManager.drivers().toList()) {
      if (driver.getClass().getClassLoader() == Database.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          throw new IllegalStateException("A database driver cannot be signed off", e);
        }
      }
    }
  }

  /**
   * Runs a query on one of the readers' connections; it sees every write that has returned.
   *
   * @throws slipway.health.BusyException when none is free in time
   */
  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    log.beginRead();
    try {
      return readers.read(query);
    } finally {
      log.endRead();
    }
  }

  /**
   * Runs a query that may look at many rows, such as that of a list. Only some do so at a time.
   *
   * @throws slipway.health.BusyException when too many want to
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
   * Runs the work in a transaction and returns once it is durable. Works that wait at the same time
   * share one commit; where one throws, it alone fails, and the others are run again: what a work
   * changes besides the database must come to the same when it is run twice.
   *
   * <p>It waits {@link #MOST_WAIT} at most. What a work throws, be it an Error, ends that work
   * only.
   *
   * @throws X what the work threw; it was rolled back then
   * @throws NotWrittenException when the database cannot take the write now; nothing was written
   * @throws UnknownOutcomeException when the commit failed, or did not end in time
   */
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    return UseOfReserve.isAllowed() ? writeThoughFull(work) : writer.write(work);
  }

  /**
   * Like {@link #write}, for what makes room or takes a permission away, without {@link
   * UseOfReserve}: where the disk is full, it is done again on the room that is kept in reserve.
   */
  public <T, X extends Exception> T writeThoughFull(HandleCallback<T, X> work) throws X {
    try {
      return writer.write(work);
    } catch (NotWrittenException e) {
      if (!e.isDiskFull()) {
        throw e;
      }
      return writer.writeOnReserve(work);
    } catch (UnknownOutcomeException e) {
      if (!e.isDiskFull()) {
        throw e;
      }
      try {
        return writer.writeOnReserve(work);
      } catch (NotWrittenException again) {
        throw stillUnknown(e, again);
      }
    }
  }

  /** That the second attempt wrote nothing does not say what became of the first. */
  private static UnknownOutcomeException stillUnknown(
      UnknownOutcomeException first, NotWrittenException again) {
    first.addSuppressed(again);
    return first;
  }

  /**
   * Runs one statement in a transaction and returns once it is durable: for what is done most.
   *
   * @param values for its parameters, in their order
   * @return how many rows it changed
   * @throws NotWrittenException when the database cannot take the write now; nothing was written
   * @throws UnknownOutcomeException when the commit failed, or did not end in time
   * @throws RuntimeException when the statement failed
   */
  public int execute(String sql, Object... values) {
    if (!UseOfReserve.isAllowed()) {
      return writer.execute(sql, values);
    }
    try {
      return writer.execute(sql, values);
    } catch (NotWrittenException e) {
      if (!e.isDiskFull()) {
        throw e;
      }
      return writer.executeOnReserve(sql, values);
    } catch (UnknownOutcomeException e) {
      if (!e.isDiskFull()) {
        throw e;
      }
      try {
        return writer.executeOnReserve(sql, values);
      } catch (NotWrittenException again) {
        throw stillUnknown(e, again);
      }
    }
  }

  /**
   * Has something run once it is sure of all writes that have failed so far whether they hold: what
   * a read tells then is what is on the disk. If the process ends before, the next one reads it.
   *
   * @param then short, as it runs on the writer's thread; it must not write to the database
   */
  public void whenSettled(Runnable then) {
    writer.whenSettled(then);
  }

  /**
   * Asks the database something simple.
   *
   * @throws RuntimeException when it does not answer within seconds
   */
  public void check() {
    writer.write(tx -> null, MOST_CHECK);
    read(handle -> handle.select("select 1").mapTo(Integer.class).one());
  }

  /**
   * Writes something that changes nothing, and flushes it, so that a full disk shows.
   *
   * @throws RuntimeException when it cannot within seconds
   */
  public void checkDisk() {
    writer.write(tx -> tx.execute(Doubt.SETTLE), MOST_CHECK);
  }

  /** Takes what the reserve lacks of its room, for {@link #writeThoughFull} on a full disk. */
  public void takeReserve() {
    reserve.take();
  }

  @Override
  public String loopName() {
    return "writer";
  }

  @Override
  public boolean isWell() {
    return writer.isWell();
  }

  /**
   * Waits for the writes under way, {@link #MOST_WAIT} at most, then closes every connection.
   *
   * @throws slipway.health.StillAtWorkException when one of them does not end
   */
  @Override
  public void close() {
    try (keeper;
        readers) {
      writer.close();
    }
  }
}
