package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.Receiver;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class PrivateAddressIT {
  @Parameter Container container;

  @Test
  void tellsThatAVisitorsWayBackWasRefused() throws Exception {
    EventSite site = new EventSite(Server.shared(container));
    String photo = site.upload("return_url", "http://10.0.0.1/back", "background_return_p", "1");
    Map<String, String> event = site.awaitState(site.onlyEvent(photo), "failed");
    assertThat(event).containsEntry("delivery_1_kind", "return");
    assertThat(event.get("delivery_1_last_error")).contains("slipway.outgoing.allow-private");
  }

  @Test
  void callsNoPrivateAddressUnlessASettingAllowsIt() throws Exception {
    String[] hosts = {
      "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "0.0.0.0",
    };
    EventSite site = new EventSite(Server.shared(container));
    try (Receiver receiver = new Receiver()) {
      for (String host : hosts) {
        Answer refused = site.call("webhook/create", "url", receiver.url(host, "/"));
        assertThat(refused.status()).as(host).isEqualTo(400);
        assertThat(refused.text()).contains("slipway.outgoing.allow-private");
      }
      site.refusedWebhook();
      site.webhook(receiver.url("/allowed"), "");
      String eventId = site.onlyEvent(site.upload());
      assertThat(receiver.next().uri()).isEqualTo("/allowed");
      Map<String, String> event =
          site.await(eventId, now -> now.get("delivery_1_state").equals("failed"));
      assertThat(event.get("delivery_1_last_error")).startsWith("refused");
      assertThat(event.get("delivery_1_attempts")).isEqualTo("1");
      assertThat(receiver.waiting()).isZero();
    } finally {
      site.deleteWebhooks();
    }
  }
}
