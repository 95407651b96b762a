package slipway.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import slipway.db.Database;
import slipway.db.postgres.KeptEngines;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;

/**
 * A PostgreSQL server of this JVM, which starts at first use and ends with it, on a copy of files
 * that are made once a build. It flushes nothing. Each test has a database of its own in it: a copy
 * of one that was migrated once, or one that an earlier test has left, which is emptied.
 */
public final class TestPostgres {
  private static final String TEMPLATE = "slipway_template";
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** What databases there are, by the files that they stand for. */
  private static final Map<Path, Place> DATABASES = new ConcurrentHashMap<>();

  private static final String PROGRAM = "/postgres-linux-x86_64.txz";
  private static final String PLATFORM =
      System.getProperty("os.name") + " " + System.getProperty("os.arch");

  /** Those of tests that are over. */
  private static final Deque<Place> LEFT = new ArrayDeque<>();

  /** Fails where there are not the tables of a new one; rows are deleted where they are few. */
  private static final String EMPTY =
      """
      set session_replication_role = replica;
      drop function if exists refuse_rows() cascade;
      do $$
      declare
        named text;
      begin
        if (select count(*) from pg_class where relnamespace = 'public'::regnamespace) <> %d then
          raise exception 'A test has changed the tables';
        end if;
        for named in select relname from pg_class where relkind = 'r'
            and relnamespace = 'public'::regnamespace and relname not like 'flyway%%' loop
          if pg_relation_size(named::regclass) > 32768 then
            execute format('truncate %%I cascade', named);
          elsif pg_relation_size(named::regclass) > 0 then
            execute format('delete from %%I', named);
          end if;
        end loop;
        perform setval(seqrelid::regclass, 1, false) from pg_sequence;
        insert into identity values (null);
        insert into last_time values (null, null);
        insert into photo_total values (0, 0, 0);
      end $$""";

  private static final String OTHERS =
      """
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()""";

  private static EmbeddedPostgres server;

  /** Each connection is a process of the server. */
  private static Connection administration;

  private static long relations;

  private TestPostgres() {}

  /** A database. */
  private static final class Place {
    private final String name = "slipway_" + COUNT.incrementAndGet();
    private final KeptEngines engines = new KeptEngines(address(url(name)));

    /** Whether there may be connections of others. */
    private boolean isTold;

    /** The one that empties it. */
    private Connection own;

    Place to(boolean isToldNow) {
      isTold = isToldNow;
      return this;
    }

    String told() {
      return url(name);
    }

    boolean isEmptied() {
      try {
        if (own == null) {
          own = server.getDatabase("postgres", name).getConnection();
        }
        try (Statement statement = own.createStatement()) {
          if (isTold || engines.areLent()) {
            engines.close();
            statement.execute(OTHERS);
          }
          statement.execute(EMPTY.formatted(relations));
        }
        return true;
      } catch (SQLException e) {
        return false;
      }
    }

    void drop() {
      engines.close();
      execute("drop database if exists " + name + " with (force)");
    }
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      Path home = Build.newFolder("postgres", "server");
      try {
        Build.copy(made(), home);
        server = start(home);
        relations = relations();
        administration = server.getPostgresDatabase().getConnection();
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(home)));
    }
    return server;
  }

  private static void end(Path home) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Build.delete(home);
    }
  }

  /** The files of a server that has the template, once a build. */
  private static Path made() {
    List<String> program = List.of(TestPostgres.class.getResource(PROGRAM).toString());
    return Kept.of("postgres-" + Kept.name(program, Build.schema()), TestPostgres::make);
  }

  private static void make(Path home) throws IOException {
    Files.createDirectory(home);
    try (EmbeddedPostgres making = start(home)) {
      execute(making.getPostgresDatabase(), "create database " + TEMPLATE);
      PostgresEngine.open(address(making.getJdbcUrl("postgres", TEMPLATE))).close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
    if (Files.exists(home.resolve("postmaster.pid"))) {
      throw new IOException("PostgreSQL did not end");
    }
  }

  /** How many there are in a database of which no test has changed the tables. */
  private static long relations() throws SQLException {
    String count = "select count(*) from pg_class where relnamespace = 'public'::regnamespace";
    try (Connection connection = server.getDatabase("postgres", TEMPLATE).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(count)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether there is a program for this machine. */
  static boolean isThere() {
    return TestPostgres.class.getResource(PROGRAM) != null && PLATFORM.equals("Linux amd64");
  }

  /** Starts one; its files are made where they are missing. */
  private static EmbeddedPostgres start(Path home) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Build.directory().resolve("postgres").toFile())
        .setDataDirectory(home)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
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
  }

  private static String url(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  private static PostgresAddress address(String url) {
    return new PostgresAddress(url, null, null, CONNECTIONS, PATIENCE);
  }

  private static void execute(String sql) {
    try (Statement statement = administration.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The address of a database that has the tables, and nothing in them. */
  public static String newDatabase() {
    return newPlace(true).told();
  }

  /** The same, until that file's folder is gone: then it may be another's. */
  public static String newDatabase(Path file) {
    forgetGone();
    return DATABASES.computeIfAbsent(file, each -> newPlace(true)).told();
  }

  private static synchronized Place newPlace(boolean isTold) {
    server();
    while (!LEFT.isEmpty()) {
      Place left = LEFT.pop();
      if (left.isEmptied()) {
        return left.to(isTold);
      }
      left.drop();
    }
    Place place = new Place();
    execute("create database " + place.name + " template " + TEMPLATE);
    return place.to(isTold);
  }

  /** Opens the database that stands for a file, which is made at the first time. */
  static Database open(Path file) {
    forgetGone();
    return DATABASES.computeIfAbsent(file, each -> newPlace(false)).engines.open();
  }

  private static synchronized void forgetGone() {
    DATABASES
        .entrySet()
        .removeIf(
            each -> {
              boolean isGone = !Files.exists(each.getKey().toAbsolutePath().getParent());
              if (isGone) {
                LEFT.push(each.getValue());
              }
              return isGone;
            });
  }
}
