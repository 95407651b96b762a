package slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import slipway.harness.Container;
import slipway.harness.Server;

/**
 * Tokens and small uploads of one tag and one album, with the database of one node, with a
 * PostgreSQL, and with three nodes on one: what each costs the nodes and the PostgreSQL, and how
 * many there are in a second. Three nodes on one machine share its cores, of course.
 */
final class NodeSpeeds {
  private static final int CONNECTIONS = 48;
  private static final int BYTES = 1_000;
  
  /** Rounds before the first that counts. */
  private static final int WARM_UP = 2;

  private static final String BEFORE = System.getProperty("bench.before");

  private NodeSpeeds() {}

  /** Nodes that share all there is. */
  private record Site(List<Subject> nodes, BenchPostgres postgres) implements AutoCloseable {
    long nodesCpu() throws IOException {
      long all = 0;
      for (Subject node : nodes) {
        all += node.cpu();
      }
      return all;
    }

    long postgresCpu() throws IOException {
      return postgres == null ? 0 : postgres.cpu();
    }

    Subject any(int number) {
      return nodes.get(number % nodes.size());
    }

    @Override
    public void close() {
      nodes.forEach(Subject::close);
    }
  }

  /** What some pieces of work took, each in microseconds. */
  private record Took(double nodes, double postgres, double clock) {
    static Took median(List<Took> all) {
      return new Took(
          median(all, Took::nodes), median(all, Took::postgres), median(all, Took::clock));
    }

    private static double median(
        List<Took> all, ToDoubleFunction<Took> figure) {
      double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    String told() {
      return String.format(
          Locale.ROOT,
          "%7.0f us nodes %7.0f us PostgreSQL %6.0f a second",
          nodes,
          postgres,
          1e6 / clock);
    }
  }

  static void run(Container container, int count, int rounds) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "nodes-");
    try (BenchPostgres postgres = new BenchPostgres()) {
      Map<String, Site> sites = new LinkedHashMap<>();
      sites.put("embedded", site(container, null, folder.resolve("embedded"), 1, null));
      sites.put("PostgreSQL, 1 node", site(container, postgres, folder.resolve("one"), 1, null));
      sites.put("PostgreSQL, 3 nodes", site(container, postgres, folder.resolve("three"), 3, null));
      if (BEFORE != null) {
        sites.put("before, embedded", site(container, null, folder.resolve("before0"), 1, BEFORE));
        sites.put("before, 1 node", site(container, postgres, folder.resolve("before1"), 1, BEFORE));
      }
      try {
        measure(sites, count, rounds);
      } finally {
        sites.values().forEach(Site::close);
      }
    }
  }

  private static Site site(
      Container container, BenchPostgres postgres, Path folder, int count, String war)
      throws Exception {
    Path media = Files.createDirectories(folder.resolve("media"));
    String url =
        postgres == null ? null : postgres.database("site_" + folder.getFileName(), "");
    List<Subject> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path data = Files.createDirectories(folder.resolve("node" + i));
      Server.Builder builder =
          Server.on(container)
              .measured()
              .data(data)
              .setting("slipway.auth.initial-key", "0123456789abcdef0123456789abcdef01234567");
      if (url != null) {
        Files.createSymbolicLink(data.resolve("media"), media);
        builder.setting("slipway.database", url);
        builder.setting("slipway.secret-key", "0123456789abcdef".repeat(4));
      }
      nodes.add(Subject.withoutLimits(war == null ? builder : builder.war(Path.of(war))));
    }
    return new Site(nodes, postgres);
  }

  private static void measure(Map<String, Site> sites, int count, int rounds) throws Exception {
    Map<String, List<Took>> tokens = new LinkedHashMap<>();
    Map<String, List<Took>> uploads = new LinkedHashMap<>();
    for (Map.Entry<String, Site> each : sites.entrySet()) {
      album(each.getValue());
      one(each.getValue(), count * WARM_UP, new ArrayList<>(), new ArrayList<>());
      tokens.put(each.getKey(), new ArrayList<>());
      uploads.put(each.getKey(), new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Site> each : sites.entrySet()) {
        one(each.getValue(), count, tokens.get(each.getKey()), uploads.get(each.getKey()));
      }
      Bench.say("medians of %d rounds", round + 1);
      say("token", tokens);
      say("upload of 1,000 bytes", uploads);
    }
  }

  private static void album(Site site) throws Exception {
    try (Connection connection = new Connection(site.any(0).port())) {
      site.any(0).call(connection, "/api/album/create", "title=All");
    }
  }

  private static void one(Site site, int count, List<Took> tokens, List<Took> uploads)
      throws Exception {
    Queue<String> ids = new ConcurrentLinkedQueue<>();
    tokens.add(took(site, count, (node, c) -> ids.add(node.token(c, "&album_id=1"))));
    uploads.add(took(site, count, (node, c) -> Uploads.redeem(c, ids.remove(), BYTES)));
  }

  private interface Exchange {
    void run(Subject node, Connection connection) throws IOException;
  }

  private static Took took(Site site, int count, Exchange exchange) throws Exception {
    long nodes = site.nodesCpu();
    long postgres = site.postgresCpu();
    long start = System.nanoTime();
    AtomicInteger left = new AtomicInteger(count);
    try (Load.Threads threads = new Load.Threads(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        Subject node = site.any(i);
        threads.go(
            () -> {
              try (Connection connection = new Connection(node.port())) {
                while (left.getAndDecrement() > 0) {
                  exchange.run(node, connection);
                }
              }
              return null;
            });
      }
    }
    double clock = System.nanoTime() - start;
    return new Took(
        (site.nodesCpu() - nodes) / 1e3 / count,
        (site.postgresCpu() - postgres) / 1e3 / count,
        clock / 1e3 / count);
  }

  private static void say(String what, Map<String, List<Took>> all) {
    all.forEach(
        (name, each) ->
            Bench.say("%-22s %-20s %s", what, name, Took.median(each).told()));
  }
}
