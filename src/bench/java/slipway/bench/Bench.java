package slipway.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import slipway.harness.Container;
import slipway.photo.PhotoListBench;

/**
 * Runs the measurements that are named by the arguments, some of them when none is, and prints the
 * outcome of each. The measured servers run on the same Java. Options of this JVM, which Maven
 * takes as {@code -Dbench.options="-D... -D..."}: {@code bench.jfr=<name>} records a flight of the
 * Slipway server of that measurement ({@code issue}, {@code large}, {@code small}, {@code held},
 * {@code doors}, {@code downloads}) to {@code target/<name>.jfr}; {@code
 * bench.containers=JETTY_12} measures on that one; {@code bench.rounds=<n>} is for {@code bucket};
 * {@code bench.before=<WAR>} measures another build of Slipway beside this one, in the same turns
 * ({@code issue}, {@code small}, {@code large}, {@code nodes}).
 */
public final class Bench {
  private static final String[] CONTAINERS =
      System.getProperty("bench.containers", "JETTY_12,TOMCAT_11").split(",");

  static final String RECORDING = "-XX:StartFlightRecording";

  private static final int MILLION = 1_000_000;

  private Bench() {}

  /**
   * Arguments: {@code issue}, {@code small}, {@code large}, {@code held}, {@code tokens} and {@code
   * lists}, which are measured when none is named; {@code renditions}, {@code insert}, {@code
   * rows}; and these, which may have a size: {@code doors} or {@code doors=<MB>}, {@code mass} or
   * {@code mass=<photos>}, {@code starts} or {@code starts=<photos>}, {@code growth} or {@code
   * growth=<photos>+<photos>}, {@code downloads} or {@code downloads=<MiB>}, {@code nodes} or
   * {@code nodes=<tokens and uploads>}, {@code bucket} or {@code bucket=<MB>}. {@code kills} or
   * {@code kills=<number>} is no measurement: see {@link Kills}.
   */
  public static void main(String[] names) throws Exception {
    say(
        "%d cores, Java %s, %s",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"));
    List<String> chosen =
        names.length == 0
            ? List.of("issue", "small", "large", "held", "tokens", "lists")
            : List.of(names);
    for (String name : chosen) {
      if (name.equals("tokens")) {
        LiveTokens.run(MILLION);
        continue;
      }
      if (name.startsWith("mass")) {
        MassWrites.run(name.equals("mass") ? MILLION : Integer.parseInt(name.substring("mass=".length())));
        continue;
      }
      if (name.equals("lists")) {
        PhotoListBench.main(new String[] {"target/lists.db", "1000000"});
        continue;
      }
      if (name.equals("renditions")) {
        Renditions.run(3);
        continue;
      }
      if (name.startsWith("kills")) {
        int kills = name.equals("kills") ? 200 : Integer.parseInt(name.substring("kills=".length()));
        Kills.run(CONTAINERS, kills);
        continue;
      }
      if (name.equals("rows")) {
        UploadRows.run(500, 5);
        continue;
      }
      if (name.equals("insert")) {
        IssueFloor.run(3_000, 9);
        continue;
      }
      for (String container : CONTAINERS) {
        run(name, Container.valueOf(container));
      }
    }
    System.exit(0);
  }

  private static void run(String argument, Container container) throws Exception {
    String[] parts = argument.split("=", 2);
    String name = parts[0];
    switch (name) {
      case "doors" ->
          DoorSpeeds.run(container, 1_000_000L * (parts.length == 1 ? 5_000 : Long.parseLong(parts[1])));
      case "downloads" ->
          Downloads.run(container, parts.length == 1 ? 1L << 30 : Long.parseLong(parts[1]) << 20, 3);
      case "starts" -> Starts.run(container, parts.length == 1 ? MILLION : Integer.parseInt(parts[1]), 3);
      case "growth" ->
          Growth.run(
              container,
              parts.length == 1
                  ? new int[] {0, MILLION / 10, MILLION}
                  : Stream.of(parts[1].split("\\+")).mapToInt(Integer::parseInt).toArray());
      case "issue" -> IssueLoad.run(container, 6_000, 9);
      case "small" -> Uploads.small(container, 100_000, 1_000, 9);
      case "large" -> Uploads.large(container, 1L << 30, 5);
      case "bucket" ->
          BucketSpeeds.run(
              container,
              1_000_000L * (parts.length == 1 ? 1_000 : Long.parseLong(parts[1])),
              Integer.getInteger("bench.rounds", 5));
      case "nodes" -> NodeSpeeds.run(container, parts.length == 1 ? 2_000 : Integer.parseInt(parts[1]), 5);
      case "held" -> HeldUploads.run(container, 5_000);
      default -> throw new IllegalArgumentException(name);
    }
  }

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Options of the measured server's JVM. */
  static String[] jvm(String name, String... options) {
    if (!name.equals(System.getProperty("bench.jfr"))) {
      return options;
    }
    String[] more = Arrays.copyOf(options, options.length + 1);
    String file = System.getProperty("user.dir") + "/target/" + name + ".jfr";
    more[options.length] = RECORDING + "=settings=profile,filename=" + file;
    return more;
  }
}
