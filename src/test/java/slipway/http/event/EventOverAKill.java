package slipway.http.event;

import static slipway.http.event.EventSite.assertSigned;
import static slipway.http.event.EventSite.eventId;

import java.util.Map;
import slipway.harness.Receiver;
import slipway.harness.Server;

/**
 * What happens right before a server is killed, which it tells of after the next start. It may call
 * {@code localhost}, and tries soon again.
 */
public final class EventOverAKill implements AutoCloseable {
  private final EventSite site;
  private int port;
  private Map<String, String> webhook;
  private String photoId;
  private Receiver receiver;

  public EventOverAKill(Server server) {
    this.site = new EventSite(server);
  }

  /** Happens while nobody listens. */
  public void happen() {
    try (Receiver gone = new Receiver()) {
      port = gone.port();
      webhook = site.webhook(gone.url("localhost", "/hook"), "");
    }
    photoId = site.upload();
  }

  /** Listens from now on. */
  public void listen() {
    receiver = new Receiver(port);
  }

  /** Waits until it is told, among what else has happened. */
  public void isTold() throws Exception {
    String told = site.onlyEvent(photoId);
    Receiver.Got got = receiver.next();
    while (!eventId(got).equals(told)) {
      got = receiver.next();
    }
    assertSigned(got, webhook);
  }

  @Override
  public void close() {
    if (receiver != null) {
      receiver.close();
    }
  }
}
