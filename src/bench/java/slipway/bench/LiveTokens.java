package slipway.bench;

import slipway.token.TokenTerms;
import slipway.details.Details;
import slipway.details.CleanHtml;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import slipway.db.Database;
import slipway.harness.SetClock;
import slipway.token.Issuer;
import slipway.token.MemoryTokenRegistry;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.UploadToken;

/** Many live tokens: the heap each takes, and the time to add, load and sweep them. */
final class LiveTokens {
  private static final int THREADS = 512;

  private LiveTokens() {}

  static void run(int count) throws Exception {
    var folder = Files.createTempDirectory("tokens");
    SetClock clock = new SetClock();
    try (Database database = Database.open(folder.resolve("slipway.db"))) {
      double added = add(database, clock, count);
      long before = heap();
      long start = System.nanoTime();
      MemoryTokenRegistry registry = new MemoryTokenRegistry(database, clock);
      double loaded = seconds(start);
      long bytes = (heap() - before) / count;
      clock.pass(Duration.ofDays(2));
      start = System.nanoTime();
      int swept = registry.sweep(clock.instant());
      Bench.say(
          "%d live tokens: added in %.1f s, loaded in %.1f s, %d heap bytes each, %d swept in %.2f s",
          count, added, loaded, bytes, swept, seconds(start));
    } finally {
      FileUtils.deleteQuietly(folder.toFile());
    }
  }

  private static double add(Database database, SetClock clock, int count) throws Exception {
    MemoryTokenRegistry registry = new MemoryTokenRegistry(database, clock);
    long start = System.nanoTime();
    try (Load.Threads threads = new Load.Threads(THREADS)) {
      for (int t = 0; t < THREADS; t++) {
        int own = count / THREADS + (t < count % THREADS ? 1 : 0);
        threads.go(
            () -> {
              for (int i = 0; i < own; i++) {
                registry.add(token(clock.instant(), i));
              }
              return null;
            });
      }
    }
    return seconds(start);
  }

  private static UploadToken token(Instant now, int i) {
    return UploadToken.issue(
        new ReturnTo("https://www.example.com/upload/callback?order=" + i, false, List.of()),
        new Details(
            1L, List.of(), "A day at the harbour " + i, CleanHtml.NONE, "summer", true, null, null),
        TokenLimits.NONE,
        TokenTerms.of(180, 1),
        new Issuer(1L, 1L),
        now);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
