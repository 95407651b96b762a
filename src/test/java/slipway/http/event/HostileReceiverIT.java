package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.event.EventSite.eventId;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Certificates;
import slipway.harness.Container;
import slipway.harness.Receiver;
import slipway.harness.Server;
import slipway.harness.SharedServers;
import slipway.harness.TricklingReceiver;

/** Receivers that mean no good, or are not who they say, get nothing and hold up nobody. */
class HostileReceiverIT {
  private static final String ALLOWED = "127.0.0.1";
  private static final String REFUSED = "127.0.0.2";

  private static final Certificates CERTIFICATES = Certificates.make();
  private static final Server SERVER = SharedServers.closed(Container.JETTY_12);

  private final EventSite site = new EventSite(SERVER);

  @AfterEach
  void leave() {
    site.deleteWebhooks();
  }

  /** DNS rebinding: the name is harmless when the webhook is made, and at the first calls. */
  @Test
  void refusesANameThatLeadsToAPrivateAddressOnlyByTheTimeOfTheCall() throws Exception {
    try (Receiver receiver = new Receiver()) {
      site.webhook(receiver.url(Server.MOVING, "/"), "");
      site.upload();
      site.awaitState(eventId(receiver.next()), "delivered");
      SERVER.names(SharedServers.names(REFUSED));
      String eventId = site.onlyEvent(site.upload());
      assertThat(site.awaitState(eventId, "failed").get("delivery_1_last_error"))
          .startsWith("refused");
      assertThat(receiver.waiting()).isZero();
    } finally {
      SERVER.names(SharedServers.names(ALLOWED));
    }
  }

  @Test
  void tellsAReceiverWhoseCertificateIsTrusted() throws Exception {
    try (Receiver receiver = new Receiver(CERTIFICATES.trusted())) {
      Map<String, String> webhook = site.webhook(receiver.url(Certificates.SITE, "/"), "");
      site.upload();
      Receiver.Got got = receiver.next();
      EventSite.assertSigned(got, webhook);
      site.awaitState(eventId(got), "delivered");
    }
  }

  @Test
  void tellsNothingWhereTheCertificateIsNotTrusted() throws Exception {
    try (Receiver receiver = new Receiver(CERTIFICATES.untrusted())) {
      assertNotTold(receiver, Certificates.SITE);
    }
  }

  @Test
  void tellsNothingWhereTheCertificateIsOfAnotherHost() throws Exception {
    try (Receiver receiver = new Receiver(CERTIFICATES.trusted())) {
      assertNotTold(receiver, Server.OTHER_RECEIVER);
    }
  }

  private void assertNotTold(Receiver receiver, String host) throws Exception {
    site.webhook(receiver.url(host, "/"), "");
    String eventId = site.onlyEvent(site.upload());
    assertThat(site.awaitError(eventId)).contains("TLS", "certificate");
    assertThat(site.awaitState(eventId, "pending"))
        .as("tried again, as certificates are renewed")
        .containsEntry("delivery_1_state", "pending");
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void cutsOffAReceiverThatTricklesItsAnswer() throws Exception {
    try (TricklingReceiver receiver = new TricklingReceiver("HTTP/1.1 204 ")) {
      site.webhook(receiver.url(ALLOWED), "");
      String eventId = site.onlyEvent(site.upload());
      receiver.awaitCut();
      assertThat(site.awaitError(eventId)).isEqualTo("no answer within the time limit");
    }
  }

  @Tag("faults")
  @Test
  void waitsForNoBodyOfAnAnswerThatSaysYes() throws Exception {
    try (TricklingReceiver receiver =
        new TricklingReceiver("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")) {
      site.webhook(receiver.url(ALLOWED), "");
      String eventId = site.onlyEvent(site.upload());
      receiver.awaitCut();
      assertThat(site.awaitState(eventId, "delivered")).containsEntry("delivery_1_attempts", "1");
    }
  }

  @Tag("faults")
  @Test
  void cutsOffAReceiverThatSaysNothing() throws Exception {
    try (Receiver receiver = new Receiver()) {
      receiver.hold();
      site.webhook(receiver.url(ALLOWED, "/"), "");
      site.upload();
      assertThat(site.awaitError(eventId(receiver.next())))
          .isEqualTo("no answer within the time limit");
    }
  }
}
