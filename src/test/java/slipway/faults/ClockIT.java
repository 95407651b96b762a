package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.MovedClock;
import slipway.harness.Multipart;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** A clock that is set, or wrong for a while, causes no loss. */
@Tag("faults")
class ClockIT {
  private static final byte[] JPEG = SampleMedia.jpeg(30, 30);

  private final MovedClock clock = MovedClock.right();

  private Server start() {
    return Server.on(Container.JETTY_12)
        .clock(clock)
        .setting("slipway.token.sweep-seconds", "1")
        .setting("slipway.rendition.threads", "0")
        .start();
  }

  private static Answer upload(Server server, String token) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", JPEG);
    return ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
  }

  /** Long enough for every sweep. */
  private static void letSweep() throws InterruptedException {
    Thread.sleep(1500);
  }

  @Test
  void takesNothingWithItWhileItIsAheadAndHidesNoPhotosOnceItIsSetBack() throws Exception {
    try (Server server = start()) {
      TusClient tus = new TusClient(server);
      String token = tus.token("max_uploads", "2", "publish", "1");
      String session = signIn(server);
      String unfinished = tus.created(tus.token(), JPEG.length);
      assertThat(tus.patch(unfinished, 0, Arrays.copyOf(JPEG, 100)).status()).isEqualTo(204);
      String finished = tus.created(tus.token(), JPEG.length);
      assertThat(tus.patch(finished, 0, JPEG).status()).isEqualTo(204);
      assertThat(upload(server, token).status()).isEqualTo(301);
      clock.ahead(Duration.ofDays(40));
      letSweep();
      clock.ahead(Duration.ZERO);
      letSweep();
      // So it is after a start with a clock that is ahead.
      clock.ahead(Duration.ofDays(40));
      server.restart();
      letSweep();
      OAuthSigner signer = OAuthSigner.of(server, "write");
      assertThat(signed(server, signer).status()).isEqualTo(401);
      assertThat(isSignedIn(server, session)).isTrue();
      clock.ahead(Duration.ZERO);
      takesSignedRequests(server, signer);
      assertThat(upload(server, token).locationParameters()).containsKey("photo_id");
      assertThat(tus.offset(unfinished)).isEqualTo(100);
      assertThat(ApiClient.of(server).get(tus.originalPath(finished)).body()).isEqualTo(JPEG);
      assertThat(
              ApiClient.withKey(server)
                  .get("/api/event/list?type=photo.uploaded")
                  .xml("/response/@total_count"))
          .isEqualTo("3");
      clock.ahead(Duration.ofHours(-2));
      showsItsPhotos(server);
      assertThat(isSignedIn(server, session)).isTrue();
      server.restart();
      showsItsPhotos(server);
      letSweep();
      assertThat(isSignedIn(server, session)).isTrue();
    }
  }

  private static String signIn(Server server) {
    String key = "Bearer " + server.key();
    Answer answer = fromAPage(server, "/api/session/sign-in", "Authorization", key);
    return answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private static boolean isSignedIn(Server server, String session) {
    Answer answer = fromAPage(server, "/api/photo/list", "Cookie", session);
    return answer.text().contains("permission_level=\"super\"");
  }

  private static Answer fromAPage(Server server, String path, String header, String value) {
    ApiClient client = ApiClient.of(server);
    return client.send(
        client
            .request(path)
            .header("Origin", "http://127.0.0.1:" + server.port())
            .header("X-Slipway-Session", "1")
            .header(header, value)
            .POST(BodyPublishers.noBody()));
  }

  private static void takesSignedRequests(Server server, OAuthSigner signer) {
    Answer answer = signed(server, signer);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static void showsItsPhotos(Server server) {
    assertThat(ApiClient.of(server).get("/api/photo/list").xml("/response/@total_count"))
        .isEqualTo("3");
  }

  private static Answer signed(Server server, OAuthSigner signer) {
    Map<String, String> oauth = signer.sign("GET", server.uri("/api/echo").toString(), Map.of());
    return ApiClient.of(server).get("/api/echo", oauth);
  }
}
