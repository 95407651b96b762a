package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.harness.AnyContainer;
import slipway.media.MediaAwayException;

/** What answers in place of a store, or as no store does that tests have. */
class StrangeAnswersTest {
  /** More than a client has connections for that is told nothing, which are 50. */
  private static final int SLOW_READERS = AnyContainer.ALL ? 1000 : 100;

  private static final String TIME = "Tue, 01 Dec 2026 10:00:00 GMT";

  /** Of an object, and of somebody else's that the bucket has beside Slipway's. */
  private static final String UNFINISHED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListMultipartUploadsResult>%s%s</ListMultipartUploadsResult>"""
          .formatted(unfinished("7/" + "0".repeat(32)), unfinished("backup/of-all.tar"));

  private HttpServer server;
  private ObjectStore store;

  private static String unfinished(String name) {
    return "<Upload><Key>%s</Key><UploadId>id</UploadId><Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload>"
        .formatted(name);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    store =
        new ObjectStore(
            BucketAddress.of("s3://bucket")
                .orElseThrow()
                .at(place, null, true)
                .with("a-key", "a-secret"));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Of a proxy whose store is gone: that says nothing of the object. */
  @Test
  void doesNotTakeAnothersNotFoundForAMissingObject() {
    server.createContext("/", exchange -> answer(exchange, 404, "<html>Not found</html>"));
    assertThatThrownBy(() -> store.get("7/a", 0, 10)).isInstanceOf(MediaAwayException.class);
  }

  @Test
  void takesNoWholeAnswerForARange() {
    server.createContext("/", exchange -> answer(exchange, 200, "0123456789"));
    assertThatThrownBy(() -> store.get("7/a", 4, 3)).isInstanceOf(MediaAwayException.class);
  }

  /** As where the connection is cut in it. */
  @Test
  void takesNoAnswerWithHalfAHead() {
    server.createContext(
        "/",
        exchange -> {
          boolean isHead = exchange.getRequestMethod().equals("HEAD");
          if (isHead) {
            exchange.getResponseHeaders().add("Last-Modified", TIME);
          }
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/10");
          answer(exchange, isHead ? 200 : 206, isHead ? "" : "0123456789");
        });
    assertThatThrownBy(() -> store.head("7/a")).isInstanceOf(MediaAwayException.class);
    assertThatThrownBy(() -> store.get("7/a", 0, 10)).isInstanceOf(MediaAwayException.class);
  }

  @Test
  void leavesTheUnfinishedObjectsOfOthersAlone() throws IOException {
    List<String> aborted = new ArrayList<>();
    server.createContext(
        "/",
        exchange -> {
          boolean isList = exchange.getRequestMethod().equals("GET");
          if (!isList) {
            aborted.add(exchange.getRequestURI().getPath());
          }
          answer(exchange, isList ? 200 : 204, isList ? UNFINISHED : "");
        });
    assertThat(store.abortUnfinished(Instant.now())).isOne();
    assertThat(aborted).containsExactly("/bucket/7/" + "0".repeat(32));
  }

  /** Else a thousand slow downloads would keep all files from being stored. */
  @Test
  void hasAConnectionLeftWhereReadersAreSlow() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Range", "bytes 0-99/100");
          exchange.getResponseHeaders().add("Last-Modified", TIME);
          exchange.sendResponseHeaders(206, 100);
          exchange.getResponseBody().flush();
        });
    List<ObjectBytes> open = new ArrayList<>();
    try {
      for (int i = 0; i <= SLOW_READERS; i++) {
        open.add(store.get("7/a", 0, 100).orElseThrow());
      }
    } finally {
      for (ObjectBytes bytes : open) {
        bytes.close();
      }
    }
    assertThat(open).hasSize(SLOW_READERS + 1);
  }
}
