package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
    try (Server server =
        Server.on(container)
            .setting("slipway.proxies", "127.0.0.1")
            .setting("slipway.limit.credential-per-minute", "5")
            .setting("slipway.limit.anonymous-per-minute", "4")
            .setting("slipway.limit.failures-per-minute", "3")
            .setting("slipway.limit.query-chars", "300")
            .setting("slipway.limit.uploads", "2")
            .setting("slipway.limit.uploads-per-address", "1")
            .start()) {
      ApiClient owner = ApiClient.withKey(server);
      Map<String, String> credential = Map.of("name", "Another", "level", "write");
      String another = owner.post("/api/credential/create", credential).xml("/response/key");
      locksNobodyOutWithTheWrongKeysOfOthers(server);
      for (int i = 0; i < 3; i++) {
        assertThat(issueAs(owner, "192.0.2." + i).status()).isEqualTo(200);
      }
      isRateLimited(issueAs(owner, "192.0.2.77"), 12);

      ApiClient stranger = ApiClient.of(server);
      for (int i = 0; i < 4; i++) {
        assertThat(issueAs(stranger, "203.0.113.1").status()).isEqualTo(403);
      }
      isRateLimited(issueAs(stranger, "203.0.113.1"), 15);
      assertThat(issueAs(stranger, "203.0.113.2").status()).isEqualTo(403);

      Answer tooLong = stranger.get(ISSUE + "?format=json&x=" + "y".repeat(300));
      assertThat(tooLong.status()).isEqualTo(414);
      assertThat(tooLong.json().get("code").getAsString()).isEqualTo("too_large");
      assertThat(tooLong.json().get("message").getAsString()).contains("300");
      String script = "?format=json&callback=f&x=" + "y".repeat(300);
      assertThat(stranger.get(ISSUE + script).status()).isEqualTo(200);
      assertThat(stranger.get("/api/photo/redeem-upload-token" + script).status()).isEqualTo(414);
      Answer page = stranger.get("/" + script);
      assertThat(page.status()).isEqualTo(414);
      assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
      Answer tus = stranger.get("/files/" + script);
      assertThat(tus.status()).isEqualTo(414);
      assertThat(tus.header("Tus-Resumable")).hasValue("1.0.0");
      assertThat(tus.json().get("code").getAsString()).isEqualTo("too_large");

      takesOnlySoManyUploadsAtTheSameTime(server, ApiClient.of(server).withKey(another));
    }
  }

  private static void locksNobodyOutWithTheWrongKeysOfOthers(Server server) {
    String address = "198.51.100.1";
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
    String session = signIn(server, issuer);
    try (RawConnection first = begin(server, "192.0.2.1")) {
      // It gets in, and fails for lack of a token.
      assertThat(uploadAs(server, session).status()).isEqualTo(400);
      // The fields are not read, so that the address says how it is answered.
      String stranger = "slipway_session=" + "0".repeat(64);
      isRateLimited(uploadAs(server, REDEEM + "?format=json", stranger), 20);
      try (RawConnection other = begin(server, "192.0.2.2")) {
        Answer announced = announce(server, "192.0.2.3");
        assertThat(announced.status()).isEqualTo(503);
        assertThat(announced.json().get("success").getAsBoolean()).isFalse();
        Answer full = upload(server, token, "192.0.2.3");
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.text()).contains("please try again soon");
        assertThat(full.header("Retry-After")).isPresent();
        assertThat(issueAs(issuer, "192.0.2.3").status()).isEqualTo(200);
        other.reset();
      }
      first.reset();
    }
    awaitFree(server);
    assertThat(upload(server, token, "192.0.2.1").locationParameters()).containsKey("photo_id");
  }

  private static String signIn(Server server, ApiClient owner) {
    Answer signedIn =
        owner.send(ofAPage(owner, "/api/session/sign-in", server).POST(BodyPublishers.noBody()));
    String cookie = signedIn.header("Set-Cookie").orElseThrow(() -> new AssertionError(signedIn));
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static HttpRequest.Builder ofAPage(ApiClient api, String path, Server server) {
    String origin = server.uri("/").toString();
    return api.request(path)
        .header("X-Forwarded-For", "192.0.2.1")
        .header("Origin", origin.substring(0, origin.length() - 1))
        .header("X-Slipway-Session", "1");
  }

  private static Answer uploadAs(Server server, String cookie) {
    return uploadAs(server, REDEEM, cookie);
  }

  private static Answer uploadAs(Server server, String path, String cookie) {
    Multipart form = new Multipart().field("title", "x");
    ApiClient api = ApiClient.of(server);
    return api.send(
        ofAPage(api, path, server)
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
  @EnumSource(Container.class)
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
