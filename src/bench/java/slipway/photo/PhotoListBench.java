package slipway.photo;

import slipway.details.TextLimits;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/**
 * How fast a list of photos is in a large catalogue: for each kind of filter and order, how SQLite
 * goes through it and how long a page and the count take.
 *
 * <p>Arguments: the database file, made and filled unless it is there, and how many photos to fill
 * it with.
 */
public final class PhotoListBench {
  private static final int RUNS = 3;
  private static final int PAGE = 20;
  private static final long SLOW_MILLIS = 50;

  private final Database database;
  private final Clock clock = Clock.systemUTC();

  private PhotoListBench(Database database) {
    this.database = database;
  }

  /** Measures, as the arguments say. */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    boolean fill = !Files.exists(file);
    try (Database database = Database.open(file)) {
      if (fill) {
        new Refolding(database).start().close(); // As of the first start of a service.
        new SampleCatalogue(file).fill(Integer.parseInt(arguments[1]));
      }
      PhotoListBench bench = new PhotoListBench(database);
      SampleCatalogue.filters().forEach(bench::run);
    }
  }

  private void run(String name, PhotoFilter filter) {
    System.out.printf("%n%s%n", name);
    for (PhotoOrder order :
        List.of(
            PhotoOrder.PUBLISHED,
            PhotoOrder.CREATED,
            PhotoOrder.TAKEN,
            PhotoOrder.TITLE,
            PhotoOrder.VIEWS,
            PhotoOrder.WORDS)) {
      for (long offset : new long[] {0, 10_000}) {
        double millis = millis(() -> page(filter, order, offset));
        System.out.printf(
            "  %-9s from %6d %8.1f ms %s%n",
            order, offset, millis, millis > SLOW_MILLIS ? "SLOW" : "");
      }
      database.read(handle -> explain(handle, filter, order));
    }
    PhotoLists[] lists = new PhotoLists[1];
    double first =
        millis(
            () -> {
              lists[0] = new PhotoLists(database, clock, TextLimits.DEFAULT);
              lists[0].count(filter);
            });
    System.out.printf(
        "  count %d %8.1f ms %s%n",
        lists[0].count(filter), first, first > SLOW_MILLIS ? "SLOW" : "");
  }

  private void page(PhotoFilter filter, PhotoOrder order, long offset) {
    new PhotoLists(database, clock, TextLimits.DEFAULT).page(filter, order, false, PAGE, offset);
  }

  private Void explain(Handle handle, PhotoFilter filter, PhotoOrder order) {
    PhotoQuery query = PhotoQuery.ofPage(handle, filter, clock.instant(), PhotoQuery.SMALL);
    String sql = "explain query plan " + query.page(order, false, PAGE, 0);
    query
        .bound(handle, sql)
        .map((row, context) -> row.getString("detail"))
        .forEach(step -> System.out.println("      " + step));
    return null;
  }

  /** The middle one of some runs. */
  private static double millis(Runnable work) {
    long[] nanos = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[RUNS / 2] / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
