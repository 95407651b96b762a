package slipway.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.db.Database;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;

/**
 * A PostgreSQL server of this JVM, which starts at first use and ends with it. It flushes nothing.
 * Each test has a database of its own in it, a copy of one that was migrated once.
 */
public final class TestPostgres {
  private static final String TEMPLATE = "slipway_template";
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** What databases there are, by the files that they stand for. */
  private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();

  private static EmbeddedPostgres server;

  private TestPostgres() {}

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      server = start();
      execute("create database " + TEMPLATE);
      new Database(PostgresEngine.open(address(url(TEMPLATE)))).close();
    }
    return server;
  }

  private static EmbeddedPostgres start() {
    Path home = Build.newFolder("postgres", "server");
    try {
      return EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(Build.directory().resolve("postgres").toFile())
          .setDataDirectory(home)
          .setServerConfig("fsync", "off")
          .setServerConfig("full_page_writes", "off")
          .setServerConfig("synchronous_commit", "off")
          .setServerConfig("wal_level", "minimal")
          .setServerConfig("max_wal_senders", "0")
          .setServerConfig("shared_buffers", "32MB")
          .setServerConfig("max_connections", "200")
          .setServerConfig("autovacuum", "off")
          .setServerConfig("deadlock_timeout", "100ms")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String url(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  private static PostgresAddress address(String url) {
    return new PostgresAddress(url, null, null, CONNECTIONS, PATIENCE);
  }

  private static void execute(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The address of a new database, with the tables in it. */
  public static synchronized String newDatabase() {
    server();
    String name = "slipway_" + COUNT.incrementAndGet();
    execute("create database " + name + " template " + TEMPLATE);
    return url(name);
  }

  /** Opens the database that stands for a file, which is made at the first time. */
  static Database open(Path file) {
    forgetGone();
    return new Database(
        PostgresEngine.open(address(DATABASES.computeIfAbsent(file, each -> newDatabase()))));
  }

  /** Databases of tests that are over would fill the disk. */
  private static void forgetGone() {
    DATABASES
        .entrySet()
        .removeIf(
            each -> {
              boolean isGone = !Files.exists(each.getKey().toAbsolutePath().getParent());
              if (isGone) {
                String url = each.getValue();
                String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
                execute("drop database if exists " + name + " with (force)");
              }
              return isGone;
            });
  }
}
