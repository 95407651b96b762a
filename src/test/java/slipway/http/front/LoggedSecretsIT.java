package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@Execution(ExecutionMode.CONCURRENT)
class LoggedSecretsIT {
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String STRANGE_KEY = "a-key-that-nobody-has-0815";

  private final List<String> secrets = new ArrayList<>();
  private Server server;

  /** The two Tomcats log alike; both by {@code mvn -Pfaults verify}. */
  static Stream<Container> containers() {
    return AnyContainer.ALL
        ? Stream.of(Container.values())
        : Stream.of(Container.JETTY_12, Container.TOMCAT_11);
  }

  @ParameterizedTest
  @MethodSource("containers")
  void neverStandInTheLogWhateverIsDoneWithThem(Container container)
      throws IOException, SQLException {
    try (Server started =
        Server.on(container)
            .setting("slipway.log.level", "debug")
            .setting("slipway.limit.grace-seconds", "2")
            .start()) {
      server = started;
      secrets.add(server.key());
      secrets.add(STRANGE_KEY);
      uploads();
      failures();
      cutShort();
      bodiesThatNobodyReads();
      SecretErrands errands = new SecretErrands(server, secrets);
      errands.tus();
      errands.chunks();
      errands.credentials();
      errands.webhook();
      errands.replacing();
      errands.faults();
      ApiClient.of(server).get("/upload/" + issue());
      if (AnyContainer.ALL && container == Container.JETTY_12) {
        server.restart(); // What comes back at a start is the WAR's alone.
      }
      String last = ApiClient.of(server).get("/health/live").header("X-Request-Id").orElseThrow();
      server.stop();
      String log = server.log();
      assertThat(log)
          .contains(last + " GET /health/live 200")
          .contains("no such table", "POST " + REDEEM + " 301")
          .contains("GET /…", "/…/original 200");
      for (String secret : secrets) {
        assertThat(secret).hasSizeGreaterThan(15);
        assertThat(log).doesNotContain(secret);
      }
    }
  }

  private String issue() {
    Answer answer =
        ApiClient.withKey(server)
            .post(ISSUE, Map.of("return_url", "http://a.test/?private=7f3a9c2e5b"));
    String token = answer.xml("/response/upload_token");
    secrets.add(token);
    return token;
  }

  private Answer redeem(Multipart form) {
    return ApiClient.of(server).post(REDEEM, form);
  }

  private static Multipart form(String token, byte[] file) {
    return new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file);
  }

  private void uploads() {
    byte[] jpeg = SampleMedia.jpeg(30, 30);
    Map<String, String> photo = redeem(form(issue(), jpeg)).locationParameters();
    secrets.add(photo.get("token"));
    String path = "/" + photo.get("tree_id") + "/" + photo.get("photo_id") + "/";
    ApiClient api = ApiClient.of(server);
    assertThat(api.get(path + photo.get("token") + "/original").status()).isEqualTo(200);
    api.get(path + photo.get("token") + "/original?again=" + photo.get("token"));
    api.get(path + photo.get("token") + "/no-such");
    look(photo.get("photo_id"));
    api.get("/try/callback?photo_id=" + photo.get("photo_id") + "&token=" + photo.get("token"));
  }

  private void look(String photo) {
    String url =
        ApiClient.withKey(server)
            .post("/api/photo/get-view-link", Map.of("photo_id", photo))
            .xml("/response/url");
    String path = url.substring(url.indexOf("/view/"));
    secrets.add(path.substring("/view/".length()));
    ApiClient api = ApiClient.of(server);
    assertThat(api.get(path).status()).isEqualTo(200);
    assertThat(api.get(path + "/" + photo + "/large").status()).isEqualTo(200);
    assertThat(api.get(path + "/" + photo + "/no-such").status()).isEqualTo(404);
  }

  private void failures() {
    ApiClient api = ApiClient.of(server);
    String token = issue();
    redeem(form(token, new byte[0]));
    redeem(form(token, "plain text".getBytes(StandardCharsets.UTF_8)));
    redeem(form(token, SampleMedia.jpeg(30, 30)));
    redeem(form(token, SampleMedia.jpeg(30, 30)));
    api.get(REDEEM + "?upload_token=" + token);
    api.get("/" + token);
    api.get("/api/photo/no-such/" + token + "?key=" + server.key());
    api.withKey(STRANGE_KEY).get(ISSUE + "?return_url=x");
  }

  private void bodiesThatNobodyReads() throws IOException {
    String id = SecretErrands.class.getSimpleName() + "0815";
    secrets.add(id);
    for (String line : List.of("GET /upload/" + issue(), "HEAD /files/" + id)) {
      String head = line + " HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n";
      try (RawConnection ended = RawConnection.to(server).send(head)) {
        ended.endSending();
        ended.answer();
      }
      try (RawConnection slow = RawConnection.to(server).send(head)) {
        Thread.sleep(2_200); // longer than the grace
        slow.send("x");
        slow.answer();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  private void cutShort() throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send(
          "POST "
              + REDEEM
              + "?upload_token="
              + issue()
              + " HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\n"
              + "Content-Length: 900000\r\n\r\n--x\r\n"
              + "Content-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
              + issue());
      connection.reset();
    }
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send("GET /%2e%2e/" + issue() + "/%2f HTTP/1.1\r\nHost: a\r\n\r\n");
      connection.answer();
    }
  }
}
