package slipway.db.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.postgresql.PGConnection;
import slipway.health.BusyException;

/**
 * Connections of one kind, which all callers share. A connection that was idle for half a second is
 * tested before it is used; where one is lost none the less, what it was to do is done again by a
 * new one: a restart of the server fails nobody's request.
 */
final class Pool implements AutoCloseable {
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);
  private static final Duration MOST_VALIDATION = Duration.ofSeconds(2);

  /** The pool itself tries to connect more often than that while it is empty. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * A node that stops within a transaction does not hold its locks for long. The unique name of the
   * connection is what {@link Doubts} asks the server about. No statement is compiled: the compiler
   * of one with many conditions, which are estimated to be costly, takes seconds.
   */
  private static final String BEGINNING =
      """
      set lock_timeout = '10s';
      set idle_in_transaction_session_timeout = '60s';
      set jit = off;
      select set_config('application_name', 'slipway ' || pg_backend_pid() || ' '
        || (extract(epoch from clock_timestamp()) * 1000000)::bigint, false)""";

  private static final String READERS =
      """
      set default_transaction_isolation = 'read committed';
      set synchronous_commit = off;
      """;

  /**
   * A standby accepts no writes and no serializable transactions: such a connection is of no use.
   */
  private static final String WRITERS =
      """
      do $$ begin
        if pg_is_in_recovery() then
          raise exception 'a standby takes no writes' using errcode = 'read_only_sql_transaction';
        end if;
      end $$;
      set default_transaction_isolation = 'serializable';
      """;

  private final HikariDataSource connections;
  private final Jdbi jdbi;

  /** Why the last attempt got no connection; null if it got one. */
  private volatile SQLException lastFailure;

  private volatile long failedAt;

  /** Whether a caller is waiting for a server that was unreachable before. */
  private final AtomicBoolean isAwaited = new AtomicBoolean();

  private Pool(PostgresAddress address, String name, int most, String session) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(new DriverSource(address.url(), address.forRequests()));
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionInitSql(session + BEGINNING);
    config.setConnectionTimeout(address.mostWait().toMillis());
    config.setValidationTimeout(MOST_VALIDATION.toMillis());
    config.setIdleTimeout(LONGEST_IDLE.toMillis());
    config.setMaxLifetime(LONGEST_LIFE.toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setInitializationFailTimeout(-1);
    // The isolation of a session before the statement above. If it is not set, the pool learns it
    // once, from its first connection: if that breaks at that moment, the pool has none and sets up
    // no other connection.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    this.connections = new HikariDataSource(config);
    this.jdbi = Jdbi.create(() -> new QueueingConnection(connection()));
    // Failures there log no values, as tokens are among them.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    jdbi.registerArgument(new TextArguments());
  }

  /**
   * Connections for queries, each of which sees what was committed when it began, and for single
   * statements whose answers wait for no flush.
   */
  static Pool ofReaders(PostgresAddress address) {
    int most = address.connections() - ofWriters(address.connections());
    return new Pool(address, "slipway-db-readers", most, READERS);
  }

  /**
   * Connections for tasks: together they have the same effect as if they had run one after another,
   * as with the one writer of a file; where they would not, one is run again.
   */
  static Pool ofWriters(PostgresAddress address) {
    int most = ofWriters(address.connections());
    return new Pool(address, "slipway-db-writers", most, WRITERS);
  }

  /** Readers cannot keep writers waiting, nor can tasks keep the readers that they need waiting. */
  private static int ofWriters(int all) {
    return all / 2;
  }

  /** Uses a connection, which closing gives back. */
  Handle open() {
    return jdbi.open();
  }

  /**
   * The same without JDBI. While the server is unreachable, one caller at a time waits for it now
   * and then, and all others fail at once, as they would only fill the container's threads.
   */
  Connection connection() throws SQLException {
    SQLException away = lastFailure;
    if (away == null || !isEmpty()) {
      return awaited();
    }
    if (System.nanoTime() - failedAt < PAUSE_NANOS || !isAwaited.compareAndSet(false, true)) {
      throw new SQLTransientConnectionException("The database was unreachable a moment ago", away);
    }
    try {
      return awaited();
    } finally {
      isAwaited.set(false);
    }
  }

  private Connection awaited() throws SQLException {
    try {
      Connection connection = connections.getConnection();
      lastFailure = null;
      return connection;
    } catch (SQLException e) {
      failedAt = System.nanoTime();
      lastFailure = e;
      throw e;
    }
  }

  private boolean isEmpty() {
    return connections.getHikariPoolMXBean().getTotalConnections() == 0;
  }

  /** The name by which the server knows a connection, even a lost one. */
  static String name(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class).getParameterStatus("application_name");
    } catch (SQLException e) {
      return null;
    }
  }

  /** Whether the failure means that there are connections, but none was free in time. */
  BusyException busy(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLTransientConnectionException && e.getCause() == null && isFull()) {
        return new BusyException("Too many tasks use the database");
      }
    }
    return null;
  }

  private boolean isFull() {
    return connections.getHikariPoolMXBean().getTotalConnections()
        >= connections.getMaximumPoolSize();
  }

  /** Closes all connections as they are returned: the server is another one now. */
  void renew() {
    connections.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    connections.close();
  }
}
