package slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import slipway.db.Database;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;
import slipway.token.MemoryTokenRegistry;
import slipway.token.SqlTokenRegistry;
import slipway.upload.CompletionSpeeds;
import slipway.upload.CompletionSpeeds.Took;

/** {@link CompletionSpeeds} of an SQLite file and of a PostgreSQL, in turns. */
public final class UploadRows {
  private static final int[] WRITERS = {1, 16};

  private UploadRows() {}

  /** Arguments: how many uploads each time, and how often. */
  public static void main(String[] arguments) throws Exception {
    run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    System.exit(0);
  }

  static void run(int count, int rounds) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "rows-");
    Clock clock = Clock.systemUTC();
    try (BenchPostgres postgres = new BenchPostgres();
        Database file = Database.open(folder.resolve("slipway.db"));
        Database server =
            new Database(
                PostgresEngine.open(
                    new PostgresAddress(
                        postgres.database("rows", ""), null, null, 32, Duration.ofSeconds(30))))) {
      Path one = Files.createDirectory(folder.resolve("sqlite"));
      Path two = Files.createDirectory(folder.resolve("postgres"));
      CompletionSpeeds sqlite =
          new CompletionSpeeds(file, new MemoryTokenRegistry(file, clock), one);
      CompletionSpeeds rows =
          new CompletionSpeeds(server, new SqlTokenRegistry(server, clock, "bench"), two);
      for (int round = -1; round < rounds; round++) {
        for (int writers : WRITERS) {
          say(round, "SQLite, writers: " + writers, sqlite.run(writers, count, () -> 0));
          Took took = rows.run(writers, count, () -> cpu(postgres));
          say(round, "PostgreSQL, writers: " + writers, took);
        }
      }
    }
  }

  private static void say(int round, String name, Took took) {
    Bench.say(
        "%-26s %6.0f a second, CPU us %6.0f, of the server %6.0f%s",
        name, 1e6 / took.clock(), took.own(), took.databases(), round < 0 ? " (warming up)" : "");
  }

  private static long cpu(BenchPostgres postgres) {
    try {
      return postgres.cpu();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
