package slipway.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;

/**
 * How long pages of lists and their totals take in a large catalogue, in an SQLite file or a
 * PostgreSQL, with several bounds of what is a small set. Milliseconds, the best of three.
 *
 * <p>Arguments: the file, or the address of a PostgreSQL; how many photos it is filled with, unless
 * it has some; how many of them have words; and the bounds.
 */
public final class PhotoListTable {
  private static final int RUNS = 3;
  private static final int PAGE = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Database database;
  private final int photos;

  private PhotoListTable(Database database, int photos) {
    this.database = database;
    this.photos = photos;
  }

  /** Measures, as the arguments say. */
  public static void main(String[] arguments) throws Exception {
    int photos = Integer.parseInt(arguments[1]);
    try (Database database = open(arguments[0], photos, Integer.parseInt(arguments[2]))) {
      PhotoListTable table = new PhotoListTable(database, photos);
      for (int i = 3; i < arguments.length; i++) {
        table.run(Integer.parseInt(arguments[i]));
      }
    }
  }

  private static Database open(String where, int photos, int worded) throws Exception {
    if (!where.startsWith("jdbc:")) {
      Path file = Path.of(where);
      boolean isThere = Files.exists(file);
      Database database = Database.open(file);
      if (!isThere) {
        new SampleCatalogue(file).fill(photos);
      }
      return database;
    }
    Database database =
        new Database(PostgresEngine.open(new PostgresAddress(where, null, null, 8, PATIENCE)));
    if (database.read(tx -> tx.select("select 1 from photo limit 1").mapToMap().list()).isEmpty()) {
      fill(where, photos, worded);
    }
    return database;
  }

  private static void fill(String url, int photos, int worded) throws SQLException, IOException {
    String sql = Files.readString(Path.of("src/bench/java/slipway/photo/catalogue.sql"));
    long interval = 250_000L * 1_000_000 / Math.max(1_000_000, photos);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          sql.replace("${photos}", Integer.toString(photos))
              .replace("${worded}", Integer.toString(worded))
              .replace("${interval}", Long.toString(interval)));
      statement.execute("vacuum analyze");
    }
  }

  private void run(int small) {
    System.out.printf("%n%d photos, sets up to %d are small%n", photos, small);
    System.out.println("first page by publication, by title; a later page by publication; total");
    Map<String, PhotoFilter> filters = new LinkedHashMap<>();
    PhotoFilter all = PhotoFilter.PUBLISHED;
    filters.put("all", all);
    filters.put("tag of a quarter", all.tagged(List.of("odd"), true));
    filters.put("tag of a hundredth", all.tagged(List.of("hundredth"), true));
    filters.put("tag of a 50,000th", all.tagged(List.of("rare7"), true));
    filters.put("two tags, of a quarter and a fifth", all.tagged(List.of("odd", "fifth"), true));
    filters.put("album of half", all.of(1L, null, null));
    filters.put("album of a 5,000th", all.of(3L, null, null));
    filters.put("user of a third", all.of(null, 1L, null));
    filters.put("word of a 7,000th", all.search("w77"));
    filters.put("word of all", all.search("photo"));
    filters.put("words of a tenth and a ninth", all.search("tenth ninth"));
    filters.put("beginning of two words of all", all.search("w"));
    for (Map.Entry<String, PhotoFilter> each : filters.entrySet()) {
      List<String> told = new ArrayList<>();
      for (PhotoOrder order : List.of(PhotoOrder.PUBLISHED, PhotoOrder.TITLE)) {
        told.add(String.format("%9.1f", millis(() -> page(each.getValue(), order, 0, small))));
      }
      long middle = each.getValue() == all ? photos / 10 : PAGE * 5;
      told.add(
          String.format(
              "%9.1f", millis(() -> page(each.getValue(), PhotoOrder.PUBLISHED, middle, small))));
      told.add(String.format("%9.1f", millis(() -> lists(small).count(each.getValue()))));
      System.out.printf("%-36s %s%n", each.getKey(), String.join(" ", told));
    }
  }

  private PhotoLists lists(int small) {
    return new PhotoLists(database, Clock.systemUTC(), small, Counts.EXACT);
  }

  private void page(PhotoFilter filter, PhotoOrder order, long offset, int small) {
    lists(small).page(filter, order, false, PAGE, offset);
  }

  private static double millis(Runnable work) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
