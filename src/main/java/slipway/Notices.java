package slipway;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import slipway.clock.ClockWatch;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Webhooks;
import slipway.mail.ArrivedFiles;
import slipway.mail.Digests;
import slipway.mail.LetterTexts;
import slipway.mail.MailSender;
import slipway.mail.SmtpCalls;

/** How other servers are notified of events. */
record Notices(
    Webhooks webhooks,
    AddressPolicy addresses,
    Outgoing outgoing,
    Events events,
    PhotoEvents photoEvents) {

  static Notices open(
      Settings settings, String contextPath, Storage storage, Access access, Closing closing) {
    Webhooks webhooks = new Webhooks(storage.database(), access.box(), storage.clock());
    AddressPolicy addresses = new AddressPolicy(settings.outgoing().allowPrivate());
    Outgoing outgoing = outgoing(settings.outgoing(), storage, webhooks, addresses);
    if (settings.outgoing().mail() != null) {
      outgoing.mailing(closing.later(smtp(settings, contextPath, storage)));
    }
    closing.later(outgoing).start(storage.clocks().last().steady());
    Events events =
        new Events(
            storage.database(), storage.clock(), outgoing, access.credentials()::pingbackUrls);
    return new Notices(
        webhooks,
        addresses,
        outgoing,
        events,
        photoEvents(settings.outgoing().mail(), storage, outgoing, events, closing));
  }

  private static SmtpCalls smtp(Settings settings, String contextPath, Storage storage) {
    MailSettings mail = settings.outgoing().mail();
    URI base = settings.site().baseUrl();
    String name = settings.site().name();
    LetterTexts texts =
        new LetterTexts(mail.language(), name, base + contextPath + "/console#photos");
    MailSender from = new MailSender(mail.from(), name, base.getHost());
    return new SmtpCalls(storage.database(), storage.clock(), texts, mail.server(), from);
  }

  private static PhotoEvents photoEvents(
      MailSettings mail, Storage storage, Outgoing outgoing, Events events, Closing closing) {
    if (mail == null) {
      return new PhotoEvents(events);
    }
    Clock steady = storage.clocks().steady();
    closing.later(new Digests(storage.database(), steady, outgoing, mail.rhythm()).start());
    return new PhotoEvents(events, new ArrivedFiles(steady));
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
        storage::nodes);
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
