package slipway.bench;

import slipway.token.TokenTerms;
import slipway.details.Details;
import slipway.details.CleanHtml;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.io.FileUtils;
import slipway.db.Database;
import slipway.harness.SetClock;
import slipway.token.Issuer;
import slipway.token.MemoryTokenRegistry;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.UploadToken;

/** Many live tokens: the heap each takes, and the time to add, ask for and sweep them. */
final class LiveTokens {
  private static final int THREADS = 512;

  private LiveTokens() {}

  static void run(int count) throws Exception {
    var folder = Files.createTempDirectory("tokens");
    SetClock clock = new SetClock();
    try (Database database = Database.open(folder.resolve("slipway.db"))) {
      List<String> ids = new ArrayList<>(Collections.nCopies(count, null));
      double added = add(database, clock, ids);
      long before = heap();
      long start = System.nanoTime();
      MemoryTokenRegistry registry = new MemoryTokenRegistry(database, clock);
      double opened = seconds(start);
      start = System.nanoTime();
      long valid = registry.countValid();
      double counted = seconds(start);
      start = System.nanoTime();
      if (!ids.stream().allMatch(id -> registry.find(id).isPresent())) {
        throw new IllegalStateException("A token is gone");
      }
      double asked = seconds(start);
      long bytes = (heap() - before) / count;
      clock.pass(Duration.ofDays(2));
      start = System.nanoTime();
      int swept = registry.sweep(clock.instant());
      double forgotten = seconds(start);
      Bench.say(
          "%d live tokens: added in %.1f s, opened in %.3f s, %d counted in %.3f s, asked for in %.1f"
              + " s, then %d heap bytes each, %d swept from memory in %.2f s",
          count, added, opened, valid, counted, asked, bytes, swept, forgotten);
    } finally {
      FileUtils.deleteQuietly(folder.toFile());
    }
  }

  private static double add(Database database, SetClock clock, List<String> ids) throws Exception {
    int count = ids.size();
    MemoryTokenRegistry registry = new MemoryTokenRegistry(database, clock);
    long start = System.nanoTime();
    try (Load.Threads threads = new Load.Threads(THREADS)) {
      for (int t = 0; t < THREADS; t++) {
        int first = (int) ((long) count * t / THREADS);
        int own = (int) ((long) count * (t + 1) / THREADS) - first;
        threads.go(
            () -> {
              for (int i = 0; i < own; i++) {
                UploadToken token = token(clock.instant(), i);
                registry.add(token);
                ids.set(first + i, token.id());
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
