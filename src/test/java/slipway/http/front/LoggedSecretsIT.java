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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;

class LoggedSecretsIT {
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String STRANGE_KEY = "a-key-that-nobody-has-0815";

  private final List<String> secrets = new ArrayList<>();
  private Server server;

  @Test
  void neverStandInTheLogWhateverIsDoneWithThem() throws IOException, SQLException {
    server = SharedServers.cramped(Container.JETTY_12);
    useAll();
    String last = last() + " GET /health/live 200";
    Await.until("the last line", () -> server.log().contains(last));
    assertLogged("POST " + REDEEM + " 301", "GET /…", "/…/original 200");
  }

  /** On a server on which nobody minds uploads in doubt. */
  @Test
  void norWhenTheDatabaseFailsWhereNobodyExpectsIt() throws SQLException {
    server = SharedServers.closed(Container.JETTY_12);
    secrets.add(server.key());
    new SecretErrands(server, secrets).faults();
    String last = last();
    Await.until("the last line", () -> server.log().contains(last));
    assertLogged("no such table");
  }

  /** As each container logs it, and its stop. That of a body is {@code UnreadBodyIT}'s, too. */
  @Tag("faults")
  @ParameterizedTest
  @EnumSource
  void norDoTheyWhenTheServerHasStopped(Container container) throws IOException, SQLException {
    try (Server started =
        Server.on(container)
            .setting("slipway.log.level", "debug")
            .setting("slipway.limit.grace-seconds", "2")
            .start()) {
      server = started;
      useAll();
      bodiesThatAreWaitedFor();
      new SecretErrands(server, secrets).faults();
      if (container == Container.JETTY_12) {
        server.restart(); // What comes back at a start is the WAR's alone.
      }
      String last = last() + " GET /health/live 200";
      server.stop();
      assertLogged(last, "no such table", "POST " + REDEEM + " 301", "GET /…", "/…/original 200");
    }
  }

  private void useAll() throws IOException, SQLException {
    secrets.add(server.key());
    secrets.add(STRANGE_KEY);
    uploads();
    failures();
    cutShort();
    bodiesThatEndEarly();
    SecretErrands errands = new SecretErrands(server, secrets);
    errands.tus();
    errands.chunks();
    errands.credentials();
    errands.webhook();
    errands.replacing();
    ApiClient.of(server).get("/upload/" + issue());
  }

  /** The id of a last request. */
  private String last() {
    Answer answer = ApiClient.of(server).get("/health/live");
    return answer.header("X-Request-Id").orElseThrow();
  }

  /** That, and no secret. */
  private void assertLogged(String... texts) {
    String log = server.log();
    assertThat(log).contains(texts);
    for (String secret : secrets) {
      assertThat(secret).hasSizeGreaterThan(15);
      assertThat(log).doesNotContain(secret);
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

  /** The beginnings of requests with a secret, and a body that nobody reads. */
  private List<String> unread() {
    String id = SecretErrands.class.getSimpleName() + "0815";
    secrets.add(id);
    return Stream.of("GET /upload/" + issue(), "HEAD /files/" + id)
        .map(line -> line + " HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n")
        .toList();
  }

  private void bodiesThatEndEarly() throws IOException {
    for (String head : unread()) {
      try (RawConnection ended = RawConnection.to(server).send(head)) {
        ended.endSending();
        ended.answer();
      }
    }
  }

  private void bodiesThatAreWaitedFor() throws IOException {
    for (String head : unread()) {
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
