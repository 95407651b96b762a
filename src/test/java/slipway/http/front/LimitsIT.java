package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
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

class LimitsIT {
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final String REDEEM = "/api/photo/redeem-upload-token";

  /** Calls a minute of one address without a key, of {@link Server#narrow}. */
  private static final int ANONYMOUS = 6;

  /** Calls a minute of one key. */
  private static final int OF_A_KEY = 40;

  /** Uploads at the same time. */
  private static final int UPLOADS = 4;

  private static final Map<String, String> PARAMETERS = Map.of("return_url", "http://a.test/");

  private static Answer issueAs(ApiClient api, String address) {
    return api.send(
        api.request(ISSUE + "?format=json&return_url=http://a.test/")
            .header("X-Forwarded-For", address)
            .GET());
  }

  @ParameterizedTest
  @AnyContainer
  void letsNobodyCallOrUploadTooOften(Container container) throws IOException {
    Server server = Server.narrow(container);
    ApiClient owner = ApiClient.withKey(server);
    locksNobodyOutWithTheWrongKeysOfOthers(server);
    isLimitedFromHoweverManyAddresses(owner);

    ApiClient stranger = ApiClient.of(server);
    String strange = Addresses.next();
    for (int i = 0; i < ANONYMOUS; i++) {
      assertThat(issueAs(stranger, strange).status()).isEqualTo(403);
    }
    isRateLimited(issueAs(stranger, strange), 60 / ANONYMOUS);
    String other = Addresses.next();
    assertThat(issueAs(stranger, other).status()).isEqualTo(403);

    Answer tooLong = getAs(server, ISSUE + "?format=json&x=" + "y".repeat(300), other);
    assertThat(tooLong.status()).isEqualTo(414);
    assertThat(tooLong.json().get("code").getAsString()).isEqualTo("too_large");
    assertThat(tooLong.json().get("message").getAsString()).contains("300");
    String script = "?format=json&callback=f&x=" + "y".repeat(300);
    assertThat(getAs(server, ISSUE + script, other).status()).isEqualTo(200);
    assertThat(getAs(server, REDEEM + script, other).status()).isEqualTo(414);
    Answer page = getAs(server, "/" + script, other);
    assertThat(page.status()).isEqualTo(414);
    assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
    Answer tus = getAs(server, "/files/" + script, other);
    assertThat(tus.status()).isEqualTo(414);
    assertThat(tus.header("Tus-Resumable")).hasValue("1.0.0");
    assertThat(tus.json().get("code").getAsString()).isEqualTo("too_large");

    takesOnlySoManyUploadsAtTheSameTime(server, owner);
  }

  /** It may make as many calls as a minute has, and those that become due meanwhile. */
  private static void isLimitedFromHoweverManyAddresses(ApiClient owner) {
    Map<String, String> credential = Map.of("name", "Another", "level", "write");
    String key = owner.post("/api/credential/create", credential).xml("/response/key");
    ApiClient another = owner.withKey(key);
    long start = System.nanoTime();
    Answer answer = issueAs(another, Addresses.next());
    int taken = 0;
    while (answer.status() == 200 && taken < 2 * OF_A_KEY) {
      taken++;
      answer = issueAs(another, Addresses.next());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    int due = (int) (OF_A_KEY * took.toMillis() / Duration.ofMinutes(1).toMillis());
    assertThat(taken).isBetween(OF_A_KEY, OF_A_KEY + due);
    isRateLimited(answer, 2);
    assertThat(issueAs(owner, Addresses.next()).status()).isEqualTo(200);
  }

  private static void locksNobodyOutWithTheWrongKeysOfOthers(Server server) {
    String address = Addresses.next();
    ApiClient guesser = ApiClient.of(server).withKey("guess");
    for (int i = 0; i < 3; i++) {
      assertThat(issueAs(guesser, address).status()).isEqualTo(401);
    }
    isRateLimited(issueAs(guesser, address), 20);
    // Others may call from there.
    assertThat(issueAs(ApiClient.withKey(server), address).status()).isEqualTo(200);
    assertThat(issueAs(ApiClient.of(server), address).status()).isEqualTo(403);
    assertThat(issueAs(guesser, address).status()).isEqualTo(429);
  }

  private static void takesOnlySoManyUploadsAtTheSameTime(Server server, ApiClient issuer)
      throws IOException {
    String token = token(issuer);
    String address = Addresses.next();
    String session = signIn(server, issuer, address);
    List<RawConnection> others = new ArrayList<>();
    try (RawConnection first = begin(server, address)) {
      // It gets in, and fails for lack of a token.
      assertThat(uploadAs(server, REDEEM, session, address).status()).isEqualTo(400);
      // The fields are not read, so that the address says how it is answered.
      String stranger = "slipway_session=" + "0".repeat(64);
      isRateLimited(uploadAs(server, REDEEM + "?format=json", stranger, address), 20);
      for (int i = 1; i < UPLOADS; i++) {
        others.add(begin(server, Addresses.next()));
      }
      String late = Addresses.next();
      Answer announced = announce(server, late);
      assertThat(announced.status()).isEqualTo(503);
      assertThat(announced.json().get("success").getAsBoolean()).isFalse();
      Answer full = upload(server, token, late);
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.text()).contains("please try again soon");
      assertThat(full.header("Retry-After")).isPresent();
      assertThat(issueAs(issuer, late).status()).isEqualTo(200);
      first.reset();
    } finally {
      for (RawConnection other : others) {
        other.reset();
      }
    }
    awaitFree(server);
    assertThat(upload(server, token, address).locationParameters()).containsKey("photo_id");
  }

  private static String signIn(Server server, ApiClient owner, String address) {
    Answer signedIn =
        owner.send(
            ofAPage(owner, "/api/session/sign-in", server, address).POST(BodyPublishers.noBody()));
    String cookie = signedIn.header("Set-Cookie").orElseThrow(() -> new AssertionError(signedIn));
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static HttpRequest.Builder ofAPage(
      ApiClient api, String path, Server server, String address) {
    String origin = server.uri("/").toString();
    return api.request(path)
        .header("X-Forwarded-For", address)
        .header("Origin", origin.substring(0, origin.length() - 1))
        .header("X-Slipway-Session", "1");
  }

  private static Answer uploadAs(Server server, String path, String cookie, String address) {
    Multipart form = new Multipart().field("title", "x");
    ApiClient api = ApiClient.of(server);
    return api.send(
        ofAPage(api, path, server, address)
            .header("Cookie", cookie)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  /** As FilePond does, whose scripts read JSON. */
  private static Answer announce(Server server, String address) {
    ApiClient api = ApiClient.of(server);
    Multipart form = new Multipart().field("file", "{}");
    return api.send(
        api.request(REDEEM)
            .header("X-Forwarded-For", address)
            .header("Upload-Length", "5000")
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private static Answer getAs(Server server, String path, String address) {
    ApiClient api = ApiClient.of(server);
    return api.send(api.request(path).header("X-Forwarded-For", address).GET());
  }

  private static void isRateLimited(Answer answer, int seconds) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("rate_limited");
    long wait = Long.parseLong(answer.header("Retry-After").orElseThrow());
    assertThat(wait).isBetween(1L, (long) seconds);
  }

  private static RawConnection begin(Server server, String address) throws IOException {
    double before = running(server);
    RawConnection connection = RawConnection.to(server);
    connection.send(
        "POST "
            + REDEEM
            + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: "
            + address
            + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\n");
    Await.until("an upload that runs", () -> running(server) > before);
    return connection;
  }

  private static void awaitFree(Server server) {
    Await.metric(server, "slipway_uploads_running", 0);
  }

  private static double running(Server server) {
    return ApiClient.of(server)
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("slipway_uploads_running "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String token(ApiClient issuer) {
    return issuer.post(ISSUE, PARAMETERS).xml("/response/upload_token");
  }

  private static Answer upload(Server server, String token, String address) {
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(50, 50));
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(REDEEM)
            .header("X-Forwarded-For", address)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  /**
   * Which requests a container counts, and how it reads a truncated body, differs between
   * containers.
   */
  @Nested
  @ParameterizedClass
  @AnyContainer({Container.JETTY_12, Container.TOMCAT_10})
  class OnEach {
    @Parameter Container container;

    private Server server;

    @BeforeEach
    void open() {
      server = Server.narrow(container);
    }

    @Test
    void letsNobodyAskForPagesTooOften() {
      String[] pages = {
        "/",
        "/upload/" + "0".repeat(40),
        "/1/1/" + "x".repeat(32) + "/original",
        "/api/openapi.json",
        "/api/no/such?format=json"
      };
      for (String page : pages) {
        String address = Addresses.next();
        for (int i = 0; i < 4; i++) {
          assertThat(getAs(server, page, address).status()).as(page).isIn(200, 404);
        }
        Answer refused = getAs(server, page, address);
        assertThat(refused.status()).as(page).isEqualTo(429);
        if (page.startsWith("/api/")) {
          assertThat(refused.text()).as(page).contains("rate_limited");
        }
        assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow())).isBetween(1L, 15L);
        assertThat(getAs(server, "/health/live", address).status()).isEqualTo(200);
        assertThat(getAs(server, "/health/ready", address).status()).isEqualTo(200);
        assertThat(issueAs(ApiClient.withKey(server), address).status()).isEqualTo(200);
        assertThat(getAs(server, page, Addresses.next()).status()).isIn(200, 404);
      }
    }

    @Test
    void cutsABodyThatComesTooSlowly() throws IOException, InterruptedException {
      try (RawConnection connection = begin(server, Addresses.next())) {
        Thread.sleep(1_200); // longer than the grace
        connection.send("y");
        assertThat(connection.answer().map(Answer::status)).contains(408);
      }
      awaitFree(server);
      String token = token(ApiClient.withKey(server));
      assertThat(upload(server, token, Addresses.next()).locationParameters())
          .containsKey("photo_id");
    }

    @Test
    void refusesALargeFileAndStillBringsItsSenderTheAnswer() {
      String token = token(ApiClient.withKey(server));
      Multipart form =
          new Multipart()
              .field("upload_token", token)
              .file("file", "a.jpg", "image/jpeg", 20_000_000, SampleMedia.largeJpeg(20_000_000))
              .field("after", "the file");
      ApiClient api = ApiClient.of(server);
      Answer back =
          api.send(
              api.request(REDEEM)
                  .header("X-Forwarded-For", Addresses.next())
                  .header("Content-Type", form.contentType())
                  .POST(form.body()));
      assertThat(back.locationParameters())
          .containsEntry("after", "the file")
          .hasEntrySatisfying(
              "error_message", said -> assertThat(said).contains("The limit is 13 MB."));
    }
  }
}
