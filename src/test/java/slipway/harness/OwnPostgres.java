package slipway.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own, which can be ended and started again, and followed by a
 * standby. It flushes nothing, but answers to no commit before that is with the operating system:
 * what its end loses, a crash would lose.
 */
public final class OwnPostgres implements AutoCloseable {
  private static final long STOP_SECONDS = 20;
  private static final Path PROGRAMS = Build.directory().resolve("postgres");
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "off",
          "full_page_writes", "off",
          "shared_buffers", "16MB",
          "autovacuum", "off",
          "deadlock_timeout", "100ms");

  private final Path home;
  private final int port;
  private final Map<String, String> settings;
  private Process process;

  private OwnPostgres(Path home, Map<String, String> settings) {
    this.home = home;
    this.port = freePort();
    this.settings = Map.copyOf(settings);
  }

  /** How a server ends. */
  public enum End {
    /** It finishes nothing and writes nothing down, as in a crash. */
    AT_ONCE("QUIT"),
    /** It undoes what is under way. */
    IN_ORDER("INT");

    private final String signal;

    End(String signal) {
      this.signal = signal;
    }
  }

  /**
   * Starts one.
   *
   * @param settings such as {@code max_connections}
   */
  public static OwnPostgres start(Map<String, String> settings) {
    OwnPostgres one = new OwnPostgres(Build.newFolder("postgres", "own"), settings);
    one.make();
    one.start();
    return one;
  }

  /** Makes its files, and unpacks its programs. */
  private void make() {
    try {
      EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(PROGRAMS.toFile())
          .setDataDirectory(home)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .start()
          .close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, on the same port with the same rows. */
  public void start() {
    List<String> command = new ArrayList<>(List.of("unshare", "-U", program().toString()));
    command.addAll(List.of("-D", home.toString(), "-p", Integer.toString(port), "-k", "/tmp"));
    Map<String, String> all = new HashMap<>(SETTINGS);
    all.putAll(settings);
    all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until("a PostgreSQL", this::isThere);
  }

  private static Path program() {
    try (Stream<Path> folders = Files.list(PROGRAMS)) {
      return folders
          .map(folder -> folder.resolve("bin").resolve("postgres"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isThere() {
    try (Connection connection = DriverManager.getConnection(url())) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Ends it, and waits until it has. */
  public void stop(End how) {
    try {
      new ProcessBuilder("kill", "-" + how.signal, Long.toString(process.pid())).start().waitFor();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("PostgreSQL did not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts a standby of it, which has its rows and gets each change; it is restarted for that. From
   * now on a commit is answered once the standby has it, too.
   */
  public OwnPostgres standby() {
    execute("alter system set synchronous_standby_names = '*'");
    stop(End.IN_ORDER);
    OwnPostgres standby = new OwnPostgres(Build.newFolder("postgres", "standby"), settings);
    try {
      Build.copy(home, standby.home);
      Files.createFile(standby.home.resolve("standby.signal"));
      Files.writeString(
          standby.home.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres'\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
    standby.start();
    Await.until("a standby", () -> ask("select count(*) from pg_stat_replication").equals("1"));
    return standby;
  }

  /** Makes a standby take writes. */
  public void promote() {
    execute("select pg_promote()");
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The address of its database. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** The address of whichever of the two takes writes. */
  public String urlWith(OwnPostgres standby) {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?user=postgres&targetServerType=primary"
        .formatted(port, standby.port);
  }

  /** Does something in its database. */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of the first row that it answers with. */
  public String ask(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop(End.AT_ONCE);
    }
    Build.delete(home);
  }
}
