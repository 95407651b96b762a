package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class TusRestartIT {
  @Parameter Container container;

  @Tag("faults")
  @Test
  void removesWhatNothingCameForAndReturnsItsUse() {
    try (Server server =
        Server.on(container)
            .setting("slipway.resumable.ttl", "1s")
            .setting("slipway.token.sweep-seconds", "1")
            .start()) {
      TusClient tus = new TusClient(server);
      String token = tus.token();
      String path = tus.created(token, 1000);
      assertThat(tus.create(token, 1001).status()).isEqualTo(503);
      Answer gone = tus.send("HEAD", path);
      for (int i = 0; i < 200 && gone.status() == 200; i++) {
        LockSupport.parkNanos(100_000_000);
        gone = tus.send("GET", path);
        if (!gone.text().contains("expired")) {
          gone = new Answer(200, gone.headers(), gone.body());
        }
      }
      assertThat(gone.status()).isEqualTo(404);
      assertThat(tus.create(token, 1000).status()).isEqualTo(201);
    }
  }
}
