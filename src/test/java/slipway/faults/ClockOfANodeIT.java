package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.MovedClock;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.TestPostgres;
import slipway.http.upload.tus.TusClient;

/** A node whose own clock is wrong, which the others could not agree with. */
@NeedsPostgres
@Tag("faults")
class ClockOfANodeIT {
  private final MovedClock clock = MovedClock.right();

  private static String taken(Server server, String token) {
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(30, 30));
    Answer answer = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
    assertThat(answer.locationParameters()).as(answer.toString()).containsKey("photo_id");
    return answer.locationParameters().get("photo_id");
  }

  @Test
  void isNotAskedWhetherSomethingIsOverOrHasCome() {
    try (Server server =
        Server.on(Container.JETTY_12)
            .clock(clock)
            .setting("slipway.database", TestPostgres.newDatabase())
            .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
            .start()) {
      TusClient tus = new TusClient(server);
      OAuthSigner signer = OAuthSigner.of(server, "write");
      String before = tus.token("valid_minutes", "30");
      clock.ahead(Duration.ofMinutes(50));
      String during = tus.token("valid_minutes", "30");
      taken(server, before);
      Map<String, String> oauth = signer.sign("GET", server.uri("/api/echo").toString(), Map.of());
      assertThat(ApiClient.of(server).get("/api/echo", oauth).status()).isEqualTo(200);
      clock.ahead(Duration.ZERO);
      taken(server, during);
    }
  }
}
