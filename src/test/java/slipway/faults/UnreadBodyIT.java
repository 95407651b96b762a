package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

/** A body that an answer has no use for is read off within bounds, or its connection is cut. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_10})
class UnreadBodyIT {
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  private static final String DEAD = "0".repeat(40);
  private static final String FORM = "Content-Type: multipart/form-data; boundary=b\r\n";
  private static final String HEAD =
      "--b\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
          + DEAD
          + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";

  /** Twice the window in which a body must bring 1,000 bytes, and what a slow machine takes. */
  private static final int TRICKLED = 60;

  private final String address = Addresses.next();
  private Server server;

  @Parameter Container container;

  @BeforeEach
  void open() {
    server = Server.narrow(container);
  }

  private static Multipart large(String token) {
    return new Multipart()
        .field("upload_token", token)
        .file("file", "a.jpg", "image/jpeg", 20_000_000, SampleMedia.largeJpeg(20_000_000));
  }

  private Answer redeem(String token) {
    Multipart form = large(token);
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(REDEEM)
            .header("X-Forwarded-For", address)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private RawConnection begin(String line, String more, String body) throws IOException {
    return begin(address, line, more, body);
  }

  private RawConnection begin(String address, String line, String more, String body)
      throws IOException {
    String head = line + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + address + "\r\n" + more;
    return RawConnection.to(server).send(head + "Content-Length: 5000000\r\n\r\n" + body);
  }

  @Test
  void answersTheNextRequestAfterABodyThatNobodyAskedFor() throws IOException {
    for (String line : List.of("POST /nothing", "POST /assets/slipway.css", "PUT /api/echo")) {
      for (String body : List.of("Content-Length: 3\r\n\r\nabc", CHUNKED)) {
        try (RawConnection connection = RawConnection.to(server)) {
          connection.send(line + " HTTP/1.1\r\nHost: a\r\n" + body);
          assertThat(connection.answer()).map(Answer::status).as(line).contains(405);
          connection.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
          assertThat(connection.answer()).map(Answer::status).as(line).contains(200);
        }
      }
    }
  }

  @Test
  void bringsTheSenderOfALargeFileTheAnswerThatItsTokenIsDead() {
    assertThat(redeem(DEAD).status()).isEqualTo(404);
  }

  @Test
  void bringsTheSenderOfALargeFileTheAnswerThatItHasTooManyUploads() throws IOException {
    try (RawConnection held = begin("POST " + REDEEM, FORM, "--b\r\n")) {
      awaitUploads(1);
      assertThat(redeem(DEAD).status()).isEqualTo(429);
      held.reset();
    }
    awaitUploads(0);
  }

  private void awaitUploads(int count) {
    Await.metric(server, "slipway_uploads_running", count);
  }

  @Test
  void cutsOneThatTricklesAfterItsAnswer() throws Exception {
    areCut(
        begin("POST " + REDEEM, FORM, HEAD),
        begin("POST /api/no/such", FORM, "x"),
        begin("GET /", FORM, "x"),
        begin("GET /assets/no-such", FORM, "x"));
    awaitUploads(0);
    try (RawConnection held = begin("POST " + REDEEM, FORM, "--b\r\n" + "x".repeat(60_000))) {
      awaitUploads(1);
      areCut(begin("POST " + REDEEM, FORM, HEAD));
      held.reset();
    }
    awaitUploads(0);
  }

  /** Sends on, a byte at a time. */
  private void areCut(RawConnection... connections) throws Exception {
    int before = server.log().length();
    List<RawConnection> open = new ArrayList<>(List.of(connections));
    for (int i = 0; i < TRICKLED && !open.isEmpty(); i++) {
      Thread.sleep(200);
      for (RawConnection connection : List.copyOf(open)) {
        try {
          connection.send("x");
        } catch (SocketException e) {
          connection.close();
          open.remove(connection);
        }
      }
    }
    for (RawConnection connection : open) {
      connection.close();
    }
    assertThat(open).isEmpty();
    assertThat(logged(before))
        .hasSizeLessThan(10 * connections.length)
        .noneMatch(one -> one.startsWith("\tat "));
  }

  @Test
  void logsNextToNothingOfABodyThatEndsEarly() throws IOException {
    for (String line :
        new String[] {"POST /api/unknown", "GET /", "GET /assets/none", "POST " + REDEEM}) {
      int before = server.log().length();
      try (RawConnection connection = begin(line, FORM, "")) {
        connection.endSending();
        assertThat(connection.answer().map(Answer::status)).as(line).isPresent();
        assertThat(connection.answer()).as(line).isEmpty();
      }
      assertThat(logged(before)).as(line).isEmpty();
    }
  }

  @Test
  void logsNoSecretOfARequestWhoseBodyIsWaitedFor() throws Exception {
    int before = server.log().length();
    String token = token();
    for (String line : List.of("GET /upload/" + token, "HEAD /files/" + token)) {
      String head = line + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + address;
      try (RawConnection slow =
          RawConnection.to(server).send(head + "\r\nContent-Length: 50\r\n\r\n")) {
        Thread.sleep(1_200); // longer than the grace
        slow.send("x");
        slow.answer();
      }
    }
    token();
    String log = server.log().substring(before);
    assertThat(log).contains("GET /upload/…").doesNotContain(token);
  }

  private String token() {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  /** What was logged since but the lines of requests, as those of others come late. */
  private List<String> logged(int before) {
    token();
    return server
        .log()
        .substring(before)
        .lines()
        .filter(line -> !line.contains(" slipway.access "))
        .toList();
  }
}
