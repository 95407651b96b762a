package slipway.http.upload.chunk;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import slipway.harness.Browser;
import slipway.harness.Npm;

/** A page of another site, on an origin of its own, that uploads with the real clients. */
public final class ChunkPage implements AutoCloseable {
  /** So small that a file of little size has many. */
  static final int CHUNK = 64 * 1024;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HttpServer site;
  private final Browser browser;

  public ChunkPage() throws IOException {
    Path resumable = Npm.install("resumablejs", "1.1.0").resolve("resumable.js");
    Path flow = Npm.install("@flowjs/flow.js", "2.14.1").resolve("dist/flow.js");
    Path tus = Npm.install("tus-js-client", "4.3.1").resolve("dist/tus.js");
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/", "text/html", resource("chunks.html"));
    serve("/chunks.js", "text/javascript", resource("chunks.js"));
    serve("/resumable.js", "text/javascript", Files.readAllBytes(resumable));
    serve("/flow.js", "text/javascript", Files.readAllBytes(flow));
    serve("/tus.js", "text/javascript", Files.readAllBytes(tus));
    site.start();
    browser = Browser.open();
  }

  private void serve(String path, String type, byte[] content) {
    site.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ChunkPage.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  public Browser browser() {
    return browser;
  }

  public String origin() {
    return "http://127.0.0.1:" + site.getAddress().getPort();
  }

  /** Loads the page, again if it is shown already. */
  public void load() {
    browser.go(URI.create(origin() + "/"));
  }

  /**
   * Uploads files, each with an uploader of its own.
   *
   * @param more options of the uploaders beside the token, and what makes tests quick
   * @param targets addresses that the uploaders take turns with
   */
  void upload(
      ChunkClient client,
      String token,
      Map<String, Object> more,
      List<URI> targets,
      Path... files) {
    Map<String, Object> options =
        new HashMap<>(
            Map.of(
                "method",
                client.method(),
                "query",
                Map.of("upload_token", token),
                "chunkSize",
                CHUNK,
                "maxChunkRetries",
                100,
                "chunkRetryInterval",
                300));
    options.putAll(more);
    List<String> addresses = targets.stream().map(URI::toString).toList();
    browser.driver().executeScript("begin(...arguments)", client.constructor(), options, addresses);
    choose(files);
  }

  public void choose(Path... files) {
    String names = Stream.of(files).map(Path::toString).collect(joining("\n"));
    browser.driver().findElement(By.id("file")).sendKeys(names);
  }

  public void run(String script) {
    browser.driver().executeScript(script);
  }

  /** Waits for so many files to be uploaded, and gives what the client gives the page. */
  List<String> answers(int count) {
    return await("answers", answers -> answers.size() == count);
  }

  /** Waits for a file to fail, and gives the server's reply. */
  JsonObject error() {
    String error = await("errors", errors -> !errors.isEmpty()).get(0);
    return JsonParser.parseString(error).getAsJsonObject();
  }

  /** Waits until the page has been told about a chunk that it is to send. */
  void awaitQuestion() {
    await("requests", requests -> count("GET 204") > 0);
  }

  /** Waits until so many chunks were received. */
  void awaitChunks(int count) {
    await("requests", requests -> count("POST 200") >= count);
  }

  /** Waits until the network has lost a chunk, as far as the page knows. */
  void awaitLost() {
    await("requests", requests -> count("POST 0") > 0);
  }

  /** How many requests, such as {@code POST 200}, have been answered since the page was loaded. */
  int count(String request) {
    return (int) seen("requests").stream().filter(request::equals).count();
  }

  List<String> requests() {
    return seen("requests");
  }

  private List<String> await(String what, Function<List<String>, Boolean> enough) {
    browser
        .waiting()
        .withTimeout(LIMIT)
        .withMessage(() -> "enough " + what + ": " + seen())
        .until(page -> enough.apply(seen(what)));
    return seen(what);
  }

  private List<String> seen(String what) {
    return ((List<?>) seen().get(what)).stream().map(String::valueOf).toList();
  }

  private Map<?, ?> seen() {
    return (Map<?, ?>) browser.driver().executeScript("return seen");
  }

  @Override
  public void close() {
    browser.close();
    site.stop(0);
  }
}
