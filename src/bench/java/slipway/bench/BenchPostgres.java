package slipway.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** A PostgreSQL server as a site has one: it flushes what it commits. */
final class BenchPostgres implements AutoCloseable {
  private static final long NANOS_OF_TICK = 10_000_000;

  private final EmbeddedPostgres server;
  private final Path folder;

  BenchPostgres() throws IOException {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-postgres-");
    server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.toFile())
            .setDataDirectory(folder.resolve("data"))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("random_page_cost", "1.1")
            .setServerConfig("max_connections", "200")
            .start();
  }

  /** The address of a new database; {@code more} is added to its parameters. */
  String database(String name, String more) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.getJdbcUrl("postgres", name) + more;
  }

  /** CPU of all its processes so far, in nanoseconds to a hundredth of a second. */
  long cpu() throws IOException {
    long postmaster =
        Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(each -> each.getFileName().toString().matches("\\d+"))
          .mapToLong(each -> ticks(each, postmaster))
          .sum()
          * NANOS_OF_TICK;
    }
  }

  /** Of the postmaster with those of its children that are over, and of each that is not. */
  private static long ticks(Path process, long postmaster) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean isIt = process.getFileName().toString().equals(Long.toString(postmaster));
      long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      long over = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
      return isIt ? own + over : Long.parseLong(fields[1]) == postmaster ? own : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      return 0; // A process that ended meanwhile.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
