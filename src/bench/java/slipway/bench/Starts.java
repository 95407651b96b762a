package slipway.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import slipway.harness.Container;
import slipway.harness.Server;

/**
 * Starts of the service with what a site may have kept, in turns: until requests are taken, and
 * until the media are compared with the database. Times depend on what else the machine does; CPU
 * times less so.
 */
final class Starts {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Starts() {}

  static void run(Container container, int count, int rounds) throws Exception {
    try (SampleSite none = new SampleSite();
        SampleSite tokens = new SampleSite().tokens(count);
        SampleSite photos = new SampleSite().photosAndFiles(count)) {
      for (int round = 1; round <= rounds; round++) {
        start(container, "empty", none);
        start(container, count + " live tokens", tokens);
        start(container, count + " photos and their files", photos);
      }
    }
  }

  private static void start(Container container, String name, SampleSite site) throws Exception {
    long begin = System.nanoTime();
    Server.Builder builder = site.server(container);
    try (Subject subject = Subject.of(builder)) {
      double ready = seconds(begin);
      double readyCpu = subject.cpu() / 1e9;
      long readyMemory = subject.memory();
      awaitCompared(subject.server());
      Bench.say(
          "%s start, %s: ready in %.2f s with %.2f s of CPU and %d MB; compared in %.1f s with %.2f s"
              + " of CPU, %d MB at most",
          container,
          name,
          ready,
          readyCpu,
          readyMemory / 1024,
          seconds(begin),
          subject.cpu() / 1e9,
          subject.peak() / 1024);
    }
  }

  private static void awaitCompared(Server server) throws Exception {
    URI health = URI.create("http://127.0.0.1:" + server.port() + "/health/ready");
    while (!HTTP.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
        .body()
        .contains("\"compared\":\"true\"")) {
      Thread.sleep(100);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
