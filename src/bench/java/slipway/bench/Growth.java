package slipway.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import slipway.harness.Container;
import slipway.harness.Server;

/** The CPU that requests take of sites with more and more photos; each figure should stay. */
final class Growth {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int ROUNDS = 3;

  /** Of the server's CPU, in a round of one request. */
  private static final double ROUND_MICROS = 400_000;

  private static final int LEAST = 40;
  private static final int MOST = 1000;

  /** Of each request, before any is measured. */
  private static final int WARM_UP = 150;

  private static final int WRITES = 1500;
  private static final String LIST = "/api/photo/list?format=json&size=20";

  private Growth() {}

  static void run(Container container, int... sizes) throws Exception {
    Map<String, Map<Integer, Double>> table = new LinkedHashMap<>();
    for (int size : sizes) {
      try (SampleSite site = new SampleSite().photos(size).tokens(Math.max(1, size));
          Subject subject = Subject.of(builder(container, site))) {
        Bench.say("%d photos: %d bytes of the database each; started with %.1f s of CPU and %d MB", size,
            site.databaseBytes() / Math.max(1, size), subject.cpu() / 1e9, subject.memory() / 1024);
        measure(subject, size)
            .forEach((name, cpu) -> table.computeIfAbsent(name, n -> new TreeMap<>()).put(size, cpu));
      }
    }
    table.forEach((name, cpu) -> Bench.say("%s %s: CPU in us %s", container, name, cpu));
  }

  private static Server.Builder builder(Container container, SampleSite site) {
    return site.server(container)
        .setting("slipway.limit.credential-per-minute", "0")
        .setting("slipway.limit.uploads-per-address", "0")
        .setting("slipway.rendition.threads", "0");
  }

  private static Map<String, Double> measure(Subject subject, int size) throws Exception {
    String key = subject.server().key();
    Map<String, String> requests = requests(size);
    for (int i = 0; i < WARM_UP; i++) {
      for (String path : requests.values()) {
        get(subject, key, path);
      }
    }
    Map<String, Double> cpu = new LinkedHashMap<>();
    for (Map.Entry<String, String> request : requests.entrySet()) {
      cpu.put(request.getKey(), read(subject, key, request.getValue()));
    }
    cpu.put("issue of a token", writes(subject, connection -> subject.token(connection)));
    cpu.put(
        "issue and upload of 1,000 bytes",
        writes(subject, connection -> Uploads.fresh(subject, connection, 1000)));
    return cpu;
  }

  private static Map<String, String> requests(int size) {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("list, first page", LIST);
    requests.put("list, page in the middle", LIST + "&p=" + Math.max(1, size / 40));
    requests.put("list by title", LIST + "&orderby=title");
    requests.put("list, rare tag", LIST + "&tags=rare7");
    requests.put("list, tag of a quarter", LIST + "&tags=odd");
    requests.put("list, album of 1 in 5,000", LIST + "&album_id=3");
    requests.put("list, album of half", LIST + "&album_id=1");
    requests.put("list, user of a third", LIST + "&user_id=1");
    requests.put("list, word of 1 in 10,000", LIST + "&search=w77");
    requests.put("list, word of all", LIST + "&search=photo");
    requests.put("list, two frequent words", LIST + "&search=tenth+ninth");
    requests.put("list, beginning of words of all", LIST + "&search=w");
    requests.put("one photo", LIST + "&photo_id=" + Math.max(1, size / 2));
    requests.put("tags", "/api/tag/list?format=json");
    requests.put("albums", "/api/album/list?format=json");
    requests.put("users", "/api/user/list?format=json");
    requests.put("statistics", "/api/site/usage?format=json");
    requests.put("events", "/api/event/list?format=json");
    requests.put("upload tokens", "/api/upload-token/list?format=json");
    requests.put("metrics", "/metrics");
    requests.put("gallery", "/");
    requests.put("gallery, tag", "/tag?name=odd");
    requests.put("gallery, album", "/album/1");
    requests.put("page of a photo", "/photo/" + Math.max(1, size / 2 + 1));
    return requests;
  }

  private static double read(Subject subject, String key, String path) throws Exception {
    int count = LEAST;
    double[] rounds = new double[ROUNDS];
    double first = round(subject, key, path, count);
    count = (int) Math.max(LEAST, Math.min(MOST, ROUND_MICROS / Math.max(1, first)));
    for (int round = 0; round < ROUNDS; round++) {
      rounds[round] = round(subject, key, path, count);
    }
    return middle(rounds);
  }

  private static double round(Subject subject, String key, String path, int count)
      throws Exception {
    long cpu = subject.cpu();
    for (int i = 0; i < count; i++) {
      get(subject, key, path);
    }
    return (subject.cpu() - cpu) / 1e3 / count;
  }

  private static void get(Subject subject, String key, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + subject.port() + path))
            .header("Authorization", "Bearer " + key)
            .build();
    int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200 && status != 404) {
      throw new IOException(path + " was answered with " + status);
    }
  }

  private static double writes(Subject subject, Load.Exchange exchange) throws Exception {
    Load.run(subject.port(), 8, WRITES, exchange);
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rounds[round] = Load.cpuEach(subject, 8, WRITES, exchange) / 1e3;
    }
    return middle(rounds);
  }

  private static double middle(double[] rounds) {
    Arrays.sort(rounds);
    return Math.round(rounds[ROUNDS / 2]);
  }
}
