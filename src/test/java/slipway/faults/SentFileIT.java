package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Files that are sent by Tomcat itself, which opens them by their names, and by us elsewhere. */
@ParameterizedClass
@AnyContainer(Container.TOMCAT_11)
class SentFileIT {
  private static final int FILE_BYTES = SlowClients.FILE_BYTES;

  /** Just long enough for Tomcat to send it. */
  private static final String PART = "Range: bytes=0-299999\r\n";

  private static Server server;
  private static Faults disk;

  @Parameter Container container;

  private byte[] bytes;
  private String photoId;
  private String path;
  private Path file;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = SlowClients.hasty(container);
    disk = SlowClients.disk(server);
  }

  @BeforeEach
  void upload() throws IOException {
    disk.end();
    keep(SampleMedia.largeJpeg(FILE_BYTES).get().readAllBytes());
  }

  @AfterEach
  void awaitEnd() {
    disk.end();
    Await.until("what a test began to be given up", () -> open() == 0);
  }

  private void keep(byte[] jpeg) throws IOException {
    bytes = jpeg;
    Answer answer =
        ApiClient.withKey(server)
            .post("/api/photo/upload", new Multipart().file("file", "a.jpg", "image/jpeg", bytes));
    photoId = answer.xml("/response/photo_id");
    path =
        "/"
            + answer.xml("/response/tree_id")
            + "/"
            + photoId
            + "/"
            + answer.xml("/response/token")
            + "/original";
    ApiClient api = ApiClient.of(server);
    String etag =
        api.send(api.request(path).method("HEAD", BodyPublishers.noBody()))
            .header("ETag")
            .orElseThrow();
    file =
        server
            .data()
            .resolve("media")
            .resolve(answer.xml("/response/tree_id"))
            .resolve(etag.replace("\"", ""));
  }

  private Answer get(String headers) throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      return connection.send(request(headers)).answer().orElseThrow();
    }
  }

  private String request(String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: a.test\r\n" + headers + "\r\n";
  }

  /** All that comes until the connection ends or so much has come. */
  private static byte[] rest(RawConnection connection, int most) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int n = connection.read(buffer);
        n >= 0;
        n = all.size() < most ? connection.read(buffer) : -1) {
      all.write(buffer, 0, n);
    }
    return all.toByteArray();
  }

  /** Without megabytes of output when they are not. */
  private static void assertSame(byte[] actual, byte[] expected) {
    assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);
  }

  private boolean isTomcat() {
    return container != Container.JETTY_12;
  }

  @Test
  void comeByteForByteWholeAndByRangesOnOneConnection() throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send(request(""));
      connection.send(request("Range: bytes=100001-500000\r\n"));
      connection.send(request("Range: bytes=-300001\r\n"));
      connection.send(request("Range: bytes=5-9\r\n"));
      Answer whole = connection.answer().orElseThrow();
      assertThat(whole.status()).isEqualTo(200);
      assertSame(whole.body(), bytes);
      Answer part = connection.answer().orElseThrow();
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.header("Content-Range")).contains("bytes 100001-500000/" + bytes.length);
      assertSame(part.body(), Arrays.copyOfRange(bytes, 100_001, 500_001));
      byte[] end = Arrays.copyOfRange(bytes, bytes.length - 300_001, bytes.length);
      assertSame(connection.answer().orElseThrow().body(), end);
      byte[] few = Arrays.copyOfRange(bytes, 5, 10);
      assertSame(connection.answer().orElseThrow().body(), few);
    }
  }

  @Test
  void areCutWhenTheyAreGoneAfterTheHead() throws IOException {
    disk.failOpen(file.toString(), 1, 1);
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send(request(""));
      assertThat(connection.answer().isPresent()).isEqualTo(!isTomcat());
    }
    assertThat(disk.made()).hasSize(isTomcat() ? 1 : 0);
    disk.end();
    assertSame(get("").body(), bytes);
  }

  @Test
  void areCutWhenTheyBecomeShorter() throws IOException {
    try (RawConnection connection = RawConnection.withSmallWindow(server)) {
      connection.send(request(""));
      assertThat(connection.statusLine()).contains(" 200");
      try (FileChannel kept = FileChannel.open(file, StandardOpenOption.WRITE)) {
        kept.truncate(FILE_BYTES / 2);
      }
      assertThat(rest(connection, Integer.MAX_VALUE).length).isLessThan(FILE_BYTES);
    }
  }

  @Test
  void comeWholeWhenTheyAreDeletedOnTheWay() throws IOException {
    try (RawConnection connection = RawConnection.withSmallWindow(server)) {
      connection.send(request("Connection: close\r\n"));
      assertThat(connection.statusLine()).contains(" 200");
      Answer deleted =
          ApiClient.withKey(server).post("/api/photo/delete", Map.of("photo_id", photoId));
      assertThat(deleted.status()).isEqualTo(200);
      Await.until("the file to be deleted", () -> Files.notExists(file));
      byte[] all = rest(connection, Integer.MAX_VALUE);
      assertThat(all.length).isGreaterThan(FILE_BYTES);
      assertSame(Arrays.copyOfRange(all, all.length - FILE_BYTES, all.length), bytes);
    }
  }

  /**
   * Where readers are slow, so many are served, no matter who sends; a slot is free again after
   * each.
   */
  @Test
  void areAsManyAsMayWaitForTheirReaders() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(get(PART + "Connection: close\r\n").status()).isEqualTo(206);
    }
    try (RawConnection other = RawConnection.withSmallWindow(server);
        RawConnection one = RawConnection.withSmallWindow(server)) {
      assertThat(other.send(request("")).statusLine()).contains(" 200");
      assertThat(one.send(request("")).statusLine()).contains(" 200");
      Await.until("only those to be sent", () -> open() == SlowClients.READERS);
      assertThat(get("").status()).isEqualTo(503);
      one.reset();
      Await.until("its slot to be free", this::isSent);
      other.reset();
    }
    Await.until("them to be given up", () -> open() == 0);
  }

  private boolean isSent() {
    try {
      return get(PART).status() == 206;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long open() {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
      return open.filter(link -> isLinkTo(link, file)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLinkTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void areNotCompressed() throws IOException {
    Answer large = get("Accept-Encoding: gzip\r\n");
    assertThat(large.header("Content-Encoding")).isEmpty();
    assertSame(large.body(), bytes);
    keep(SampleMedia.largeJpeg(100_000).get().readAllBytes());
    Answer small = get("Accept-Encoding: gzip\r\n");
    assertThat(small.header("Content-Encoding")).isEmpty();
    assertSame(small.body(), bytes);
  }
}
