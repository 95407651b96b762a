package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.event.EventSite.assertSigned;
import static slipway.http.event.EventSite.eventId;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Container;
import slipway.harness.Receiver;
import slipway.harness.Server;

/**
 * What is to be told is told at least once, whatever becomes of the server; {@link
 * slipway.faults.KillIT} has what happens right before a kill.
 */
@Tag("faults")
class EventRestartIT {
  private static Server server;

  private final EventSite site = new EventSite(server);
  private Receiver receiver;
  private Map<String, String> webhook;

  @BeforeAll
  static void start() {
    server =
        Server.on(Container.JETTY_12)
            .setting("slipway.outgoing.allow-private", "localhost")
            .setting("slipway.outgoing.first-pause-millis", "50")
            .setting("slipway.outgoing.timeout-seconds", "2")
            .setting("slipway.event.retention", "1h")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    receiver = new Receiver();
    webhook = site.webhook(receiver.url("localhost", "/hook"), "");
  }

  @AfterEach
  void leave() {
    site.deleteWebhooks();
    receiver.close();
  }

  @Test
  void tellsAgainWhatTheServerWasKilledInTheMiddleOf() throws Exception {
    receiver.hold();
    site.upload();
    Receiver.Got first = receiver.next();
    server.kill();
    receiver.release();
    server.restart();
    Receiver.Got again = receiver.next();
    assertThat(again.body()).isEqualTo(first.body());
    assertSigned(again, webhook);
    assertThat(site.awaitState(eventId(first), "delivered"))
        .containsEntry("delivery_1_attempts", "2");
  }

  @Test
  void countsNoAttemptThatItsOwnEndCutOff() throws Exception {
    receiver.hold();
    site.upload();
    Receiver.Got first = receiver.next();
    server.stop();
    receiver.release();
    server.restart();
    assertThat(receiver.next().body()).isEqualTo(first.body());
    assertThat(site.awaitState(eventId(first), "delivered"))
        .containsEntry("delivery_1_attempts", "1");
  }
}
