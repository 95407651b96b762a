package slipway;

import java.time.Duration;
import slipway.clock.ClockWatch;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Webhooks;

/** How other servers are notified of events. */
record Notices(
    Webhooks webhooks,
    AddressPolicy addresses,
    Outgoing outgoing,
    Events events,
    PhotoEvents photoEvents) {

  static Notices open(Settings settings, Storage storage, Access access, Closing closing) {
    Webhooks webhooks = new Webhooks(storage.database(), access.box(), storage.clock());
    AddressPolicy addresses = new AddressPolicy(settings.outgoing().allowPrivate());
    Outgoing outgoing = closing.later(outgoing(settings.outgoing(), storage, webhooks, addresses));
    Events events =
        new Events(
            storage.database(), storage.clock(), outgoing, access.credentials()::pingbackUrls);
    return new Notices(webhooks, addresses, outgoing, events, new PhotoEvents(events));
  }

  private static Outgoing outgoing(
      Settings.OutgoingCalls calls, Storage storage, Webhooks webhooks, AddressPolicy addresses) {
    return new Outgoing(
            storage.database(),
            storage.clock(),
            storage.clocks().steady(),
            webhooks,
            addresses,
            calls.retries(),
            calls.limits(),
            storage::nodes)
        .start(storage.clocks().last().steady());
  }

  /** Deletes events in time. */
  void sweep(Settings settings, Storage storage, Closing closing) {
    ClockWatch watch = storage.clocks().watch();
    Duration retention = settings.outgoing().retention();
    Duration period = settings.tokens().sweepPeriod();
    closing.later(
        Sweeper.byAge(
            "events", storage.once(now -> events.sweep(now.minus(retention))), period, watch));
  }
}
