package slipway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.apache.commons.io.FileUtils;
import slipway.db.Database;
import slipway.details.TextLimits;
import slipway.event.EventSweep;
import slipway.photo.Albums;
import slipway.photo.DeletedAlbums;
import slipway.photo.Publications;
import slipway.photo.SampleCatalogue;
import slipway.token.MemoryTokenRegistry;

/**
 * What is written for very many rows at once: how long it takes in all, and how long another write
 * waits at most meanwhile.
 */
final class MassWrites {
  private static final Duration LONG = Duration.ofDays(60);

  private MassWrites() {}

  static void run(int count) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "mass-");
    try (Database database = Database.open(folder.resolve("slipway.db"))) {
      new SampleCatalogue(folder.resolve("slipway.db")).fill(count);
      SampleSite.addTokens(folder.resolve("slipway.db"), count);
      unpublish(database);
      Clock clock = Clock.systemUTC();
      Publications publications = new Publications(database, clock);
      say(database, "photos published at one moment", () -> all(publications::sweep));
      Albums albums = new Albums(database, clock, TextLimits.DEFAULT);
      DeletedAlbums deleted = new DeletedAlbums(database);
      say(database, "album deleted, rows", () -> albums.delete(1) ? all(deleted::sweep) : -1);
      Clock later = Clock.offset(clock, LONG);
      MemoryTokenRegistry tokens = new MemoryTokenRegistry(database, later);
      say(database, "upload tokens revoked with their credential", () -> revoke(database, tokens, count));
      say(database, "expired upload tokens swept", () -> sweep(database, tokens, later.instant()));
      say(database, "events swept", () -> EventSweep.run(database, later.instant()));
    } finally {
      FileUtils.deleteQuietly(folder.toFile());
    }
  }

  private static void unpublish(Database database) {
    database.write(
        tx -> {
          tx.execute("update photo set counted = false where counted");
          tx.execute("update album set photo_count = 0");
          return tx.execute("update tag set photo_count = 0");
        });
  }

  private static int all(IntSupplier some) {
    int sum = 0;
    int last = some.getAsInt();
    while (last > 0) {
      sum += last;
      last = some.getAsInt();
    }
    return sum;
  }

  private static int revoke(Database database, MemoryTokenRegistry tokens, int count) {
    database.write(
        tx -> {
          tokens.revokeAll(tx, 1);
          return null;
        });
    tokens.dropAll(1);
    return count;
  }

  private static int sweep(Database database, MemoryTokenRegistry tokens, Instant now) {
    long before = rows(database);
    tokens.sweep(now);
    return (int) (before - rows(database));
  }

  private static long rows(Database database) {
    return database.read(
        handle -> handle.createQuery("select count(*) from upload_token").mapTo(Long.class).one());
  }

  private static void say(Database database, String what, IntSupplier work) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    long[] longest = new long[1];
    Thread other =
        new Thread(
            () -> {
              while (!isOver.get()) {
                long start = System.nanoTime();
                database.execute("update last_time set steady = steady");
                longest[0] = Math.max(longest[0], System.nanoTime() - start);
              }
            });
    other.start();
    long start = System.nanoTime();
    int done = work.getAsInt();
    long took = System.nanoTime() - start;
    isOver.set(true);
    other.join();
    Bench.say(
        "%d %s: in %.1f s; another write waited %d ms at most",
        done, what, took / 1e9, TimeUnit.NANOSECONDS.toMillis(longest[0]));
  }
}
