package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.OAuthSigner;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Bodies that come slowly hold neither threads nor other callers. */
class SlowBodiesIT {
  /** More than the threads of a container; the bounds know nothing of them. */
  private static final int MANY = SlowClients.THREADS + 5;

  /** Slow bodies of one address that are waited for: as many as it leaves free for others. */
  private static final int PER_ADDRESS = SlowClients.BODIES / 2;

  /** Uploads in chunks of one address without a key: a half of a half of four fifths of all. */
  private static final int CHUNKED_PER_ADDRESS = SlowClients.UPLOADS / 5;

  private static final int PARTS = 12;

  /** Of the slow form with a token, five a second. */
  private static final int PIECES = 15;

  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final Map<String, String> PARAMETERS = Map.of("return_url", "http://a.test/");

  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
  private static final String FORGED = "Authorization: Bearer slp_000000000000";

  private static void issues(Server server, int times) {
    for (int i = 0; i < times; i++) {
      Answer answer = ApiClient.withKey(server).post(ISSUE, PARAMETERS);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @AnyContainer
  void doNotStopOthersWhateverTheyAreSentTo(Container container) throws Exception {
    Server server = SlowClients.patient(container);
    for (SlowSenders.Kind kind : AnyContainer.ALL ? SlowSenders.KINDS : SlowSenders.SOME) {
      try (SlowSenders attack = new SlowSenders(server, MANY, kind)) {
        attack.press();
        issues(server, 5);
      }
    }
    awaitWaiting(server, 0);
    areWaitedForInSmallNumbersAndKeysHavePlacesOfTheirOwn(server);
    takeNoPlacesFromOthersByTheFramingOfChunks(server);
    takeNoPlacesFromCallsWhereTheyAreUploadsInChunks(server);
  }

  /**
   * Containers read an extension of a chunk on and on, and give no byte of it to anybody: uploads
   * in chunks are taken in smaller numbers.
   */
  private static void takeNoPlacesFromOthersByTheFramingOfChunks(Server server) throws IOException {
    String head =
        "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a\r\nContent-Type:"
            + " multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n";
    List<RawConnection> endless = new ArrayList<>();
    try {
      for (int i = 0; i < CHUNKED_PER_ADDRESS; i++) {
        endless.add(RawConnection.to(server).send(head + "2\r\n--\r\n2;"));
      }
      Await.metric(server, "slipway_uploads_running", CHUNKED_PER_ADDRESS);
      Await.metric(server, "slipway_bodies_waiting", 0);
      String end = "2\r\n--\r\n0\r\n\r\n";
      String path = "/api/photo/redeem-upload-token";
      assertThat(status(server, head + end)).isEqualTo(429);
      assertThat(status(server, signed(server, head, path, true) + end)).isEqualTo(400);
      assertThat(status(server, signed(server, head, path, false) + end)).isEqualTo(429);
      byte[] file = SampleMedia.jpeg(20, 20);
      assertThat(new Sending.ByForm(server, token(server), file).send()).isNotEmpty();
    } finally {
      for (RawConnection connection : endless) {
        connection.close();
      }
    }
    Await.metric(server, "slipway_uploads_running", 0);
  }

  private static int status(Server server, String request) throws IOException {
    try (RawConnection connection = RawConnection.to(server).send(request)) {
      return connection.answer().orElseThrow().status();
    }
  }

  /**
   * A request's head with a signature by OAuth that covers nothing of the body.
   *
   * @param isTrue whether it is one, or only has the names of a key, which are no secrets
   */
  private static String signed(Server server, String head, String path, boolean isTrue) {
    Map<String, String> oauth =
        OAuthSigner.of(server, "write").sign("POST", "http://a" + path, Map.of());
    if (!isTrue) {
      oauth.put("oauth_signature", OAuthSigner.hmac("a", "b"));
    }
    String line = "Authorization: " + OAuthSigner.header(oauth) + "\r\n";
    return head.replaceFirst("\r\n", "\r\n" + line);
  }

  /** More than the places for slow bodies of callers with a key, and without one. */
  private static void takeNoPlacesFromCallsWhereTheyAreUploadsInChunks(Server server)
      throws Exception {
    Map<RawConnection, TestedDoor> uploads = new LinkedHashMap<>();
    try {
      for (int i = 0; i < 2; i++) {
        for (TestedDoor door : TestedDoor.all(server)) {
          uploads.put(RawConnection.to(server), door);
        }
      }
      for (int i = 0; i < SlowClients.BODIES; i++) {
        uploads.put(RawConnection.to(server), TestedDoor.own(server));
      }
      for (var upload : uploads.entrySet()) {
        TestedDoor door = upload.getValue();
        upload.getKey().send(door.head().replaceFirst("Content-Length: .*", CHUNKED));
        upload.getKey().send(chunk(door.firstHalf()));
      }
      Await.metric(server, "slipway_uploads_running", uploads.size());
      areAnsweredThoughHeadAndBodyComeApart(server);
      for (var upload : uploads.entrySet()) {
        TestedDoor door = upload.getValue();
        int sent = door.head().length() + door.firstHalf().length;
        byte[] request = door.request();
        upload.getKey().send(chunk(Arrays.copyOfRange(request, sent, request.length)));
        upload.getKey().send("0\r\n\r\n");
        int status = upload.getKey().answer().orElseThrow().status();
        assertThat(status).as(door.toString()).isIn(200, 204, 301);
      }
    } finally {
      for (RawConnection connection : uploads.keySet()) {
        connection.close();
      }
    }
  }

  private static void areAnsweredThoughHeadAndBodyComeApart(Server server) throws Exception {
    for (String key : List.of("", "Authorization: Bearer " + server.key() + "\r\n")) {
      for (String framing : List.of("Content-Length: 3", CHUNKED)) {
        try (RawConnection call = RawConnection.to(server)) {
          call.send("POST /api/echo HTTP/1.1\r\nHost: a\r\n" + key)
              .send("Content-Type: application/x-www-form-urlencoded\r\n" + framing + "\r\n\r\n");
          Thread.sleep(10);
          call.send(framing.equals(CHUNKED) ? "3\r\na=b\r\n0\r\n\r\n" : "a=b");
          assertThat(call.answer().map(Answer::status)).contains(200);
        }
      }
    }
  }

  private static byte[] chunk(byte[] content) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes((Integer.toHexString(content.length) + "\r\n").getBytes(US_ASCII));
    chunk.writeBytes(content);
    chunk.writeBytes("\r\n".getBytes(US_ASCII));
    return chunk.toByteArray();
  }

  private static void areWaitedForInSmallNumbersAndKeysHavePlacesOfTheirOwn(Server server)
      throws IOException {
    String head =
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type:"
            + " application/x-www-form-urlencoded\r\nContent-Length: 20\r\n";
    String field = "Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";
    String parts =
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "Content-Length: "
            + (5 + field.length())
            + "\r\n\r\n--b\r\n";
    List<RawConnection> strangers = new ArrayList<>();
    try (RawConnection known =
            RawConnection.to(server)
                .send(head + "Authorization: Bearer " + server.key() + "\r\n\r\na=1");
        RawConnection signed =
            RawConnection.to(server).send(signed(server, parts, "/api/echo", true))) {
      for (int i = 0; i < PER_ADDRESS; i++) {
        strangers.add(RawConnection.to(server).send(head + "\r\na=1"));
      }
      awaitWaiting(server, PER_ADDRESS + 2);
      try (RawConnection forged = RawConnection.to(server).send(head + FORGED + "\r\n\r\na=1")) {
        assertThat(forged.answer().map(Answer::status)).contains(503);
      }
      // What covers the body is not checked before that has come.
      assertThat(status(server, signed(server, head + "\r\na=1", "/api/echo", true)))
          .isEqualTo(503);
      assertThat(status(server, signed(server, parts, "/api/echo", false))).isEqualTo(503);
      try (RawConnection oneMore = RawConnection.to(server).send(head + "\r\na=1")) {
        Answer answer = oneMore.answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(oneMore.answer()).isEmpty();
      }
      assertThat(signed.send(field).answer().map(Answer::status)).contains(200);
      strangers.add(known);
      for (RawConnection waiting : strangers) {
        assertThat(waiting.send("&b=".concat("x".repeat(14))).answer().orElseThrow().status())
            .isEqualTo(200);
      }
    } finally {
      for (RawConnection connection : strangers) {
        connection.close();
      }
    }
    awaitWaiting(server, 0);
  }

  private static void awaitWaiting(Server server, int bodies) {
    Await.metric(server, "slipway_bodies_waiting", bodies);
  }

  private static RawConnection upload(Server server, int length) throws IOException {
    return RawConnection.to(server)
        .send(
            "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a\r\nContent-Type:"
                + " multipart/form-data; boundary=b\r\nContent-Length: "
                + length
                + "\r\n\r\n");
  }

  private static String token(Server server) {
    return ApiClient.withKey(server).post(ISSUE, PARAMETERS).xml("/response/upload_token");
  }

  @ParameterizedTest
  @AnyContainer(Container.TOMCAT_11)
  void areCutWhereTheyAreTooSlowAndTakenAtASteadyPace(Container container) throws Exception {
    Server server = SlowClients.hasty(container);
    List<RawConnection> tokenless = new ArrayList<>();
    try (RawConnection upload = upload(server, 200_000);
        RawConnection other = RawConnection.to(server)) {
      upload
          .send(field("upload_token", token(server)) + FILE)
          .send(SampleMedia.largeJpeg(100_000).get().readAllBytes());
      other.send(
          "POST /api/echo HTTP/1.1\r\nHost: a\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\n"
              + "Content-Length: 900000\r\n\r\na=");
      for (String without : List.of("x", field("a", "x"), FILE + "\u00ff")) {
        tokenless.add(upload(server, 200_000).send(without));
      }
      areTakenMoreSlowlyOnceTheyShowTheirToken(server); // longer than the windows
      areCutHoweverManyBytesCameBefore(upload);
      areWaitedForSoLongInAllWhereTheyAreNoUpload(other);
      for (RawConnection connection : tokenless) {
        areCutHoweverManyBytesCameBefore(connection);
      }
    } finally {
      for (RawConnection connection : tokenless) {
        connection.close();
      }
    }
    areTakenWhereTheyAreUploadsAtASteadyPace(server);
  }

  /** At a tenth of the pace that is asked of those which have not. */
  private static void areTakenMoreSlowlyOnceTheyShowTheirToken(Server server) throws Exception {
    byte[] file =
        SampleMedia.largeJpeg(PIECES * SlowClients.TOKENLESS / 10 / 5).get().readAllBytes();
    String begin = field("upload_token", token(server)) + FILE;
    String end = "\r\n--b--\r\n";
    try (RawConnection known = upload(server, begin.length() + file.length + end.length())) {
      known.send(begin);
      for (int piece = 0; piece < PIECES; piece++) {
        int size = file.length / PIECES;
        known.send(Arrays.copyOfRange(file, piece * size, (piece + 1) * size));
        Thread.sleep(200); // the pace
      }
      known.send(end);
      assertThat(known.answer().map(Answer::status)).contains(301);
    }
  }

  private static void areCutHoweverManyBytesCameBefore(RawConnection upload) throws IOException {
    upload.send("x");
    assertThat(upload.answer().map(Answer::status)).contains(408);
  }

  private static void areWaitedForSoLongInAllWhereTheyAreNoUpload(RawConnection other)
      throws IOException {
    other.send("x".repeat(100_000));
    assertThat(other.answer().map(Answer::status)).contains(408);
    assertThat(other.answer()).isEmpty();
  }

  private static String field(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  /** As of a phone on a bad network, for longer than the window; by all doors at the same time. */
  private static void areTakenWhereTheyAreUploadsAtASteadyPace(Server server) throws Exception {
    Map<TestedDoor, RawConnection> connections = new LinkedHashMap<>();
    try {
      for (TestedDoor door : TestedDoor.all(server)) {
        connections.put(door, RawConnection.to(server));
      }
      for (int part = 0; part < PARTS; part++) {
        for (var connection : connections.entrySet()) {
          byte[] request = connection.getKey().request();
          connection
              .getValue()
              .send(
                  Arrays.copyOfRange(
                      request, request.length * part / PARTS, request.length * (part + 1) / PARTS));
        }
        Thread.sleep(200); // the pace
      }
      for (var connection : connections.entrySet()) {
        int status = connection.getValue().answer().orElseThrow().status();
        assertThat(status).as(connection.getKey().toString()).isIn(200, 204, 301);
      }
    } finally {
      for (RawConnection connection : connections.values()) {
        connection.close();
      }
    }
  }
}
