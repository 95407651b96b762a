package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Addresses;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/**
 * Readers of downloads and other answers, who take them slowly or not at all. Those whom Tomcat
 * serves by itself are {@link SentFileIT}'s, and those of short answers {@link UnreadAnswersIT}'s.
 */
@ParameterizedClass
@AnyContainer
class SlowReadersIT {
  /** More than the threads of a container. */
  private static final int MANY = SlowClients.THREADS + 6;

  static final String END = " HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private static Server server;
  private static String path;

  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void open(Container container) throws IOException {
    server = SlowClients.patient(container);
    path = original(server);
  }

  /** The address of a file that is kept there, of so many bytes. */
  static String original(Server server) throws IOException {
    byte[] file = SampleMedia.largeJpeg(SlowClients.FILE_BYTES).get().readAllBytes();
    Answer answer =
        ApiClient.withKey(server)
            .post("/api/photo/upload", new Multipart().file("file", "a.jpg", "image/jpeg", file));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return "/"
        + answer.xml("/response/tree_id")
        + "/"
        + answer.xml("/response/photo_id")
        + "/"
        + answer.xml("/response/token")
        + "/original";
  }

  private static void closeAll(List<RawConnection> connections) throws IOException {
    for (RawConnection connection : connections) {
      connection.reset();
    }
  }

  private Answer get(String path) throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      return connection.send("GET " + path + END).answer().orElseThrow();
    }
  }

  /** The rest of a request from that address. */
  static String from(String address) {
    return END.replaceFirst("Host", "X-Forwarded-For: " + address + "\r\nHost");
  }

  @Test
  void ofDownloadsTakeNoThreadFromOthers() throws Exception {
    List<RawConnection> readers = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        RawConnection reader = RawConnection.withSmallWindow(server);
        readers.add(reader.send("GET " + path + from(Addresses.next())));
        assertThat(reader.statusLine()).contains(" 200");
      }
      assertThat(get("/health/live").status()).isEqualTo(200);
      assertThat(get("/not/there").status()).isEqualTo(404);
    } finally {
      closeAll(readers);
    }
    awaitClosed();
  }

  private void awaitClosed() {
    Await.until("downloads to be given up", () -> openMedia() == 0);
  }

  /** Sends requests without end, whose answers nobody reads. */
  private RawConnection neverReading(byte[] requests, AtomicLong sent) throws IOException {
    RawConnection connection = RawConnection.withSmallWindow(server);
    Thread sender =
        new Thread(
            () -> {
              try {
                while (true) {
                  connection.send(requests);
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                // It was cut, or the test is over.
              }
            });
    sender.setDaemon(true);
    sender.start();
    return connection;
  }

  private static void awaitStandstill(AtomicLong sent) throws InterruptedException {
    long before = -1;
    while (sent.get() != before) {
      before = sent.get();
      Thread.sleep(1500);
    }
  }

  @Test
  void ofManySmallAnswersTakeNoThreadFromOthers() throws Exception {
    List<RawConnection> readers = new ArrayList<>();
    try {
      AtomicLong sent = new AtomicLong();
      for (int i = 0; i < MANY; i++) {
        String request = "GET /api/echo?a=" + "x".repeat(7000) + from(Addresses.next());
        readers.add(neverReading(request.getBytes(US_ASCII), sent));
      }
      awaitStandstill(sent);
      assertThat(get("/health/live").status()).isEqualTo(200);
      assertThat(get("/not/there").status()).isEqualTo(404);
    } finally {
      closeAll(readers);
    }
  }

  private Optional<Answer> tried(String head) throws IOException {
    try (RawConnection connection = RawConnection.withSmallWindow(server)) {
      connection.send(head);
      String line = connection.statusLine();
      return line.contains(" 200")
          ? Optional.empty()
          : Optional.of(RawConnection.to(server).send(head).answer().orElseThrow());
    }
  }

  /** How many files of the media folder the server has open. */
  private long openMedia() {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
      return open.filter(this::isMedia).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isMedia(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(server.data().resolve("media"));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void areAsManyAsTheirAddressMayHave() throws Exception {
    List<RawConnection> readers = new ArrayList<>();
    try {
      for (int i = 0; i < SlowClients.READERS; i++) {
        RawConnection reader = RawConnection.withSmallWindow(server).send("GET " + path + END);
        readers.add(reader);
        assertThat(reader.statusLine()).contains(" 200");
      }
      Answer refused = tried("GET " + path + END).orElseThrow();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).contains("5");
      assertThat(refused.header("X-Request-Id")).isPresent();
      String withKey =
          END.replaceFirst("Host", "Authorization: Bearer " + server.key() + "\r\nHost");
      assertThat(tried("GET " + path + withKey)).isEmpty();
    } finally {
      closeAll(readers);
    }
    awaitClosed();
    ApiClient api = ApiClient.of(server);
    Answer whole = api.get(path);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).hasSize(SlowClients.FILE_BYTES);
    Answer head = api.send(api.request(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.header("Content-Length")).contains(Integer.toString(SlowClients.FILE_BYTES));
    assertThat(openMedia()).isZero();
  }
}
