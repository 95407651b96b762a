package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.OAuthSigner;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Bodies that come slowly hold neither threads nor other callers. */
@ParameterizedClass
@EnumSource(Container.class)
class SlowBodiesIT {
  /** More than the threads of a container. */
  private static final int MANY = 205;

  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final Map<String, String> PARAMETERS = Map.of("return_url", "http://a.test/");

  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
  private static final String FORGED = "Authorization: Bearer slp_000000000000";

  @Parameter Container container;

  private static void issues(Server server, int times) {
    for (int i = 0; i < times; i++) {
      Answer answer = ApiClient.withKey(server).post(ISSUE, PARAMETERS);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  @Test
  void doNotStopOthersWhateverTheyAreSentTo() throws IOException {
    try (Server server = Server.on(container).start()) {
      for (String kind : SlowSenders.KINDS) {
        try (SlowSenders attack = new SlowSenders(server, MANY, kind)) {
          issues(server, 5);
          attack.trickle();
          issues(server, 5);
        }
      }
    }
  }

  @Test
  void areWaitedForInSmallNumbersAndKeysHavePlacesOfTheirOwn() throws IOException {
    try (Server server =
        Server.on(container).setting("slipway.limit.slow-bodies-per-address", "1").start()) {
      Map<String, String> body = Map.of("a", "1", "b", "x".repeat(14));
      Map<String, String> oauth =
          OAuthSigner.of(server, "write").sign("POST", "http://a/api/echo", body);
      String head =
          "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type:"
              + " application/x-www-form-urlencoded\r\nContent-Length: 20\r\n";
      try (RawConnection first = RawConnection.to(server).send(head + "\r\na=1");
          RawConnection known =
              RawConnection.to(server)
                  .send(head + "Authorization: Bearer " + server.key() + "\r\n\r\na=1");
          RawConnection signed =
              RawConnection.to(server)
                  .send(head + "Authorization: " + OAuthSigner.header(oauth) + "\r\n\r\na=1")) {
        awaitWaiting(server, 3);
        try (RawConnection forged = RawConnection.to(server).send(head + FORGED + "\r\n\r\na=1")) {
          assertThat(forged.answer().map(Answer::status)).contains(503);
        }
        try (RawConnection second = RawConnection.to(server).send(head + "\r\na=1")) {
          Answer answer = second.answer().orElseThrow();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.header("Retry-After")).isPresent();
          assertThat(second.answer()).isEmpty();
        }
        assertThat(known.send("&b=".concat("x".repeat(14))).answer().orElseThrow().status())
            .isEqualTo(200);
        assertThat(signed.send("&b=".concat("x".repeat(14))).answer().orElseThrow().status())
            .isEqualTo(200);
        assertThat(first.send("&b=".concat("x".repeat(14))).answer().orElseThrow().status())
            .isEqualTo(200);
      }
      awaitWaiting(server, 0);
    }
  }

  private static void awaitWaiting(Server server, int bodies) {
    String line = "slipway_bodies_waiting " + (double) bodies;
    long end = System.nanoTime() + 20_000_000_000L;
    while (ApiClient.of(server).get("/metrics").text().lines().noneMatch(line::equals)) {
      assertThat(System.nanoTime()).as("still waiting for %s", line).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static RawConnection upload(Server server, int length) throws IOException {
    return RawConnection.to(server)
        .send(
            "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a\r\nContent-Type:"
                + " multipart/form-data; boundary=b\r\nContent-Length: "
                + length
                + "\r\n\r\n");
  }

  @Test
  void areCutHoweverManyBytesCameBefore() throws Exception {
    try (Server server =
            Server.on(container)
                .setting("slipway.limit.least-bytes-per-second", "1000")
                .setting("slipway.limit.grace-seconds", "1")
                .start();
        RawConnection connection = upload(server, 200_000)) {
      connection.send(FILE).send(SampleMedia.largeJpeg(100_000).get().readAllBytes());
      Thread.sleep(3_000); // longer than the window, on a busy machine too
      connection.send("x");
      assertThat(connection.answer().map(Answer::status)).contains(408);
    }
  }

  @Test
  void areWaitedForSoLongInAllWhereTheyAreNoUpload() throws Exception {
    try (Server server = Server.on(container).setting("slipway.limit.body-seconds", "1").start();
        RawConnection connection = RawConnection.to(server)) {
      connection.send(
          "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
              + "Content-Length: 900000\r\n\r\na=");
      Thread.sleep(3_000); // longer than the limit, on a busy machine too
      connection.send("x".repeat(100_000));
      assertThat(connection.answer().map(Answer::status)).contains(408);
      assertThat(connection.answer()).isEmpty();
    }
  }

  @Test
  void areCutWhereTheyShowNoTokenUnlessTheyComeFaster() throws Exception {
    byte[] file = SampleMedia.jpeg(100, 80);
    try (Server server =
        Server.on(container)
            .setting("slipway.limit.tokenless-bytes-per-second", "1000")
            .setting("slipway.limit.body-seconds", "1")
            .start()) {
      for (String begin : List.of("x", field("a", "x"), FILE + "\u00ff")) {
        try (RawConnection connection = upload(server, 200_000)) {
          connection.send(begin);
          Thread.sleep(3_000); // longer than the window, on a busy machine too
          connection.send("x");
          assertThat(connection.answer().map(Answer::status)).contains(408);
        }
      }
      String token =
          ApiClient.withKey(server).post(ISSUE, PARAMETERS).xml("/response/upload_token");
      String begin = field("upload_token", token) + FILE;
      String end = "\r\n--b--\r\n";
      try (RawConnection known = upload(server, begin.length() + file.length + end.length())) {
        known.send(begin).send(Arrays.copyOf(file, 10));
        Thread.sleep(3_000); // longer than the window
        known.send(Arrays.copyOfRange(file, 10, file.length)).send(end);
        assertThat(known.answer().map(Answer::status)).contains(301);
      }
    }
  }

  private static String field(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  /** As of a phone on a bad network, for longer than the window. */
  @Test
  void areTakenWhereTheyAreUploadsAtASteadyPace() throws Exception {
    try (Server server =
        Server.on(container)
            .setting("slipway.limit.grace-seconds", "1")
            .setting("slipway.limit.body-seconds", "1")
            .setting("slipway.limit.tokenless-bytes-per-second", "100")
            .start()) {
      for (TestedDoor door : TestedDoor.all(server)) {
        try (RawConnection connection = RawConnection.to(server)) {
          byte[] request = door.request();
          int step = request.length / 12 + 1;
          for (int sent = 0; sent < request.length; sent += step) {
            connection.send(
                Arrays.copyOfRange(request, sent, Math.min(request.length, sent + step)));
            Thread.sleep(200); // the pace
          }
          int status = connection.answer().orElseThrow().status();
          assertThat(status).as(door.toString()).isIn(200, 204, 301);
        }
      }
    }
  }
}
