package slipway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several ways to do the same work, each measured in each round, so that what else the machine does
 * falls on all of them. The medians are what counts, and what they are of the floor's.
 */
final class Turns {
  private final Map<String, Measured> ways = new LinkedHashMap<>();
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  /** One measurement. */
  interface Measured {
    /** Nanoseconds of the server's CPU for each piece of work. */
    double run() throws Exception;
  }

  void add(String name, Measured way) {
    ways.put(name, way);
    figures.put(name, new ArrayList<>());
  }

  /**
   * Measures all of them so often, and tells of each round and of the medians.
   *
   * @param title what is done
   * @param scale nanoseconds in the unit
   * @param floor the way that ratios are reported to
   */
  void run(int rounds, String title, double scale, String floor) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, Measured> way : ways.entrySet()) {
        figures.get(way.getKey()).add(way.getValue().run() / scale);
      }
      int last = round - 1;
      Bench.say("%s: %s", title, told(name -> figures.get(name).get(last)));
    }
    Bench.say("%s, medians: %s", title, told(this::median));
    Bench.say("%s, of %s: %s", title, floor, told(name -> median(name) / median(floor)));
  }

  private interface Figure {
    double of(String name);
  }

  private String told(Figure figure) {
    return ways.keySet().stream()
        .map(name -> String.format(Locale.ROOT, "%s %.2f", name, figure.of(name)))
        .collect(Collectors.joining(", "));
  }

  private double median(String name) {
    List<Double> sorted = figures.get(name).stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
