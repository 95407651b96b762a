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
 * Connections that all of one kind share. One that was idle for half a second is tried before it is
 * given out, so that a server which was restarted costs nobody an answer.
 */
final class Pool implements AutoCloseable {
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);
  private static final Duration MOST_VALIDATION = Duration.ofSeconds(2);

  /** The pool itself tries to connect more often than that while it is empty. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * No node that has stopped in a transaction holds its locks for long. The name tells this
   * connection from all others there ever were, which {@link Doubts} asks the server for.
   */
  private static final String BEGINNING =
      """
      set lock_timeout = '10s';
      set idle_in_transaction_session_timeout = '60s';
      select set_config('application_name', 'slipway ' || pg_backend_pid() || ' '
        || (extract(epoch from clock_timestamp()) * 1000000)::bigint, false)""";

  private static final String READERS =
      """
      set default_transaction_isolation = 'read committed';
      set synchronous_commit = off;
      """;

  /**
   * A standby takes no writes, and nothing else that is serializable: such a connection is none.
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

  /** Why there was no connection the last time; null where there was one. */
  private volatile SQLException lastFailure;

  private volatile long failedAt;

  /** Whether somebody waits for a server that was away before. */
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
    // What a session has before the statement above. Unsaid, the pool takes it from its first
    // connection, once: where that one breaks just then, it has none, and no other is set up.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    this.connections = new HikariDataSource(config);
    this.jdbi = Jdbi.create(() -> new QueueingConnection(connection()));
    // What fails there tells the log no values: tokens are among them.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    jdbi.registerArgument(new TextArguments());
  }

  /**
   * Connections for queries, of which each sees what is committed as it begins, and for statements
   * by themselves whose answers wait for no flush.
   */
  static Pool ofReaders(PostgresAddress address) {
    int most = address.connections() - ofWriters(address.connections());
    return new Pool(address, "slipway-db-readers", most, READERS);
  }

  /**
   * Connections for tasks: what they do together comes to the same as if they had been done one
   * after the other, as the one writer of a file does; where it would not, one is done again.
   */
  static Pool ofWriters(PostgresAddress address) {
    int most = ofWriters(address.connections());
    return new Pool(address, "slipway-db-writers", most, WRITERS);
  }

  /** Readers cannot keep writers from their turn, nor tasks those that they read by. */
  private static int ofWriters(int all) {
    return all / 2;
  }

  /** Uses a connection, which closing gives back. */
  Handle open() {
    return jdbi.open();
  }

  /**
   * The same without JDBI. While the server is away, one who asks now and then waits for it, and
   * all others are told at once: they would only fill the container's threads.
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

  /** The name by which the server knows a connection, be that lost. */
  static String name(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class).getParameterStatus("application_name");
    } catch (SQLException e) {
      return null;
    }
  }

  /** Whether what was thrown is that there are connections, but none that was free in time. */
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

  /** Gives up all connections as they are given back: the server is another now. */
  void renew() {
    connections.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    connections.close();
  }
}
