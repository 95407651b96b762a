package slipway.db;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
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
import slipway.db.RowReader.RowMapping;
import slipway.disk.Durable;
import slipway.disk.Reserve;
import slipway.disk.UseOfReserve;
import slipway.secret.OwnerOnly;

/**
 * A file on this machine: SQLite in WAL mode with {@code synchronous=FULL}, read through a few
 * connections, written through one {@link Writer}.
 */
final class SqliteEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

  /** How long {@link #check} takes at most for each of the two sides. */
  private static final Duration MOST_CHECK = Duration.ofSeconds(5);

  /**
   * More than the thousand pages that deleting a photo writes, and than {@link FileGrowth} allows.
   */
  private static final long RESERVE_BYTES = 8 << 20;

  private static final int READERS = 8;

  private static final int BUSY_MILLIS = 10_000;
  private static final Duration MOST_WAIT_TO_READ = Duration.ofSeconds(10);

  /**
   * Pages in the write-ahead log before they are copied to the file, so that pages written often
   * are copied once.
   */
  private static final int CHECKPOINT_PAGES = 4000;

  private final ReaderConnections readers;
  private final Writer writer;
  private final Reserve reserve;
  private final LogLimit log;

  /** Keeps the write-ahead log in use, so that it is not read again after a failed commit. */
  private final Handle keeper;

  /** The writer takes the lock as its transaction begins. */
  private SqliteEngine(
      Path file,
      UnaryOperator<DataSource> driver,
      Consumer<DataSource> tables,
      LogLimit log,
      Reserve reserve) {
    this.log = log;
    this.reserve = reserve;
    DataSource reading = driver.apply(source(file, TransactionMode.DEFERRED));
    DataSource writing = driver.apply(source(file, TransactionMode.IMMEDIATE));
    tables.accept(reading);
    this.keeper = Jdbi.open(reading);
    keeper.select("select count(*) from identity").mapTo(Long.class).one();
    this.readers = new ReaderConnections(reading::getConnection, READERS, MOST_WAIT_TO_READ);
    QuotaCheck quota = new QuotaCheck(file.toAbsolutePath().getParent());
    Upkeep upkeep = new FileUpkeep(log, new FileGrowth(file), reserve);
    this.writer = new Writer(writing::getConnection, Database.MOST_WAIT, upkeep, quota::named);
  }

  /**
   * Opens the file, making it and its tables where they are missing.
   *
   * @param file the database file; its folder must exist
   * @param mostLog the bound of the write-ahead log, in bytes
   * @param driver wraps the driver's connections
   */
  static SqliteEngine open(Path file, long mostLog, UnaryOperator<DataSource> driver)
      throws IOException {
    return open(file, mostLog, driver, SqliteEngine::migrate);
  }

  /**
   * The same with another way to see to its tables.
   *
   * @param tables makes them where they are missing, or brings them up to date
   */
  static SqliteEngine open(
      Path file, long mostLog, UnaryOperator<DataSource> driver, Consumer<DataSource> tables)
      throws IOException {
    if (!Files.exists(file)) {
      OwnerOnly.create(file); // SQLite gives its log the same permissions.
      Durable.syncFolder(file.toAbsolutePath().getParent());
    }
    Reserve reserve = reserve(file);
    boolean isGiven = reserve.giveIfFull();
    boolean isLogLeft = LogLimit.ofDatabase(file) > 0;
    SqliteEngine database =
        new SqliteEngine(file, driver, tables, new LogLimit(file, mostLog, BUSY_MILLIS), reserve);
    if (isGiven || (isLogLeft && !reserve.isWhole())) {
      database.emptyLog();
    }
    return database;
  }

  private static void migrate(DataSource source) {
    if (SchemaVersion.isNewest(source)) {
      return;
    }
    MigrateResult result = Flyway.configure().dataSource(source).load().migrate();
    if (result.migrationsExecuted > 0) {
      LOG.info(
          "The database was {} version {}",
          result.initialSchemaVersion == null
              ? "created, in"
              : "migrated from version " + result.initialSchemaVersion + " to",
          result.targetSchemaVersion);
    }
  }

  /** Checks the file, its log and the log's index. */
  static void requireAccess(Path file) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path one = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(one) && !(Files.isReadable(one) && Files.isWritable(one))) {
        throw new AccessDeniedException(one.toString());
      }
    }
  }

  /** The file that reserves disk space beside that database. */
  static Reserve reserve(Path file) {
    return new Reserve(file.resolveSibling("reserve"), RESERVE_BYTES);
  }

  /** On a full disk the reserve is refilled from the space that the log took. */
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
    config.setGetGeneratedKeys(false); // Otherwise each statement is followed by a query for them.
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /**
   * Has the driver unpack its library, for which it runs a program; else it does so at first use.
   */
  static void loadDriver() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IllegalStateException("SQLite's library cannot be loaded: " + e.getMessage(), e);
    }
  }

  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    log.beginRead();
    try {
      return readers.read(query);
    } finally {
      log.endRead();
    }
  }

  @Override
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    return UseOfReserve.isAllowed() ? writeThoughFull(work) : writer.write(work);
  }

  /** Every write is as durable. */
  @Override
  public <T, X extends Exception> T soft(HandleCallback<T, X> work) throws X {
    return write(work);
  }

  @Override
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

  /** That the second attempt wrote nothing does not say what happened to the first. */
  private static UnknownOutcomeException stillUnknown(
      UnknownOutcomeException first, NotWrittenException again) {
    first.addSuppressed(again);
    return first;
  }

  @Override
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

  /** One writer does all of them. */
  @Override
  public <T> List<T> alone(RowMapping<T> mapping, String sql, Object... values) {
    return write(tx -> Plain.query(tx, mapping, sql, values));
  }

  /** There is one writer. */
  @Override
  public String lock() {
    return "";
  }

  @Override
  public String skipLocked() {
    return "";
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  /** The database's clock is this machine's. */
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void whenSettled(Runnable then) {
    writer.whenSettled(then);
  }

  /** The writer settles what has failed before it does anything else. */
  @Override
  public void settle() {
    check();
  }

  @Override
  public void check() {
    writer.write(tx -> null, MOST_CHECK);
    read(handle -> handle.select("select 1").mapTo(Integer.class).one());
  }

  @Override
  public void checkDisk() {
    writer.write(tx -> tx.execute(Doubt.SETTLE), MOST_CHECK);
  }

  @Override
  public void takeReserve() {
    reserve.take();
  }

  @Override
  public boolean isWell() {
    return writer.isWell();
  }

  @Override
  public void close() {
    try (keeper;
        readers) {
      writer.close();
    }
  }
}
