package slipway.event;

import com.google.gson.Gson;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.db.OrderedId;
import slipway.details.LegalText;

/**
 * The events of photos: each is stored with the change itself, and reported to those who listen.
 */
public final class Events {
  private static final Gson GSON = new Gson();
  private static final int ID_BYTES = 12;
  private static final int TYPICAL_PAYLOAD = 512;

  private static final int SWEPT_AT_ONCE = 1000;

  private final Database database;
  private final Clock clock;
  private final Outgoing outgoing;
  private final Supplier<Collection<String>> pingbackUrls;
  private final Counts<Filter> counts;

  /**
   * The events of that database.
   *
   * @param pingbackUrls the addresses of pingbacks about changes of photos
   */
  public Events(
      Database database,
      Clock clock,
      Outgoing outgoing,
      Supplier<Collection<String>> pingbackUrls) {
    this.database = database;
    this.clock = clock;
    this.outgoing = outgoing;
    this.pingbackUrls = pingbackUrls;
    this.counts = new Counts<>(clock, filter -> 1);
  }

  /**
   * Which events are requested.
   *
   * @param type of this type; null for all
   * @param state of this state; null for all
   * @param photoId of this photo; null for all
   * @param since not before this; null for all
   */
  public record Filter(EventType type, DeliveryState state, Long photoId, Instant since) {}

  /**
   * A page of the events.
   *
   * @param total how many there are in all; a number above 10,000 may be some seconds old
   */
  public record EventPage(List<Event> events, long total) {}

  /**
   * Stores an event and the calls that report it, in the transaction of the change itself.
   *
   * @param photo the metadata of the photo
   */
  public Event record(Handle tx, EventType type, long photoId, Map<String, String> photo) {
    return record(tx, type, photoId, photo, listeners(tx));
  }

  /** Requests the webhooks that {@link #record} chooses from, together with other queries. */
  public Supplier<List<Webhook>> listeners(Handle tx) {
    return outgoing.webhooks().all(tx);
  }

  /** The same with the webhooks that were requested in the transaction. */
  public Event record(
      Handle tx,
      EventType type,
      long photoId,
      Map<String, String> photo,
      Supplier<List<Webhook>> listeners) {
    Event event = event(type, photoId, photo);
    List<OutgoingCall> calls = calls(event, listeners.get());
    EventTable.add(tx, calls.isEmpty() ? event.delivered() : event);
    calls.forEach(call -> outgoing.enqueue(tx, call));
    return event;
  }

  private List<OutgoingCall> calls(Event event, List<Webhook> webhooks) {
    List<OutgoingCall> calls = new ArrayList<>();
    listeners(webhooks, event).forEach(webhook -> calls.add(OutgoingCall.webhook(webhook, event)));
    pingbackUrls.get().forEach(url -> calls.add(OutgoingCall.pingback(url, event)));
    return calls;
  }

  private static Stream<Webhook> listeners(List<Webhook> webhooks, Event event) {
    return webhooks.stream().filter(webhook -> webhook.types().contains(event.type()));
  }

  private Event event(EventType type, long photoId, Map<String, String> photo) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    String id = "evt_" + OrderedId.of(now, ID_BYTES);
    return new Event(id, type, photoId, payload(id, type, now, photo), now, DeliveryState.PENDING);
  }

  /** Written at once, as each upload has one. */
  private static String payload(String id, EventType type, Instant now, Map<String, String> photo) {
    StringWriter text = new StringWriter(TYPICAL_PAYLOAD);
    try (JsonWriter json = GSON.newJsonWriter(text)) {
      json.beginObject().name("event_id").value(id).name("type").value(type.id());
      json.name("created").value(Long.toString(now.getEpochSecond())).name("photo").beginObject();
      for (Map.Entry<String, String> said : photo.entrySet()) {
        json.name(said.getKey()).value(LegalText.of(said.getValue()));
      }
      json.endObject().endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * A page of the requested events, the newest first.
   *
   * @param skip events before the page
   * @param size events on a full page
   */
  public EventPage list(Filter filter, long skip, int size) {
    return database.scan(
        handle ->
            new EventPage(
                EventTable.page(handle, filter, skip, size),
                counts.of(filter, most -> EventTable.count(handle, filter, most))));
  }

  /** The event of that id. */
  public Optional<Event> find(String eventId) {
    return database.read(handle -> EventTable.find(handle, eventId));
  }

  /** The states of the calls about the event. */
  public List<Delivery> deliveries(String eventId) {
    return database.read(handle -> CallTable.of(handle, eventId)).stream()
        .map(call -> call.triedNextAt(outgoing.shownBy(clock, call.nextAttemptAt())))
        .toList();
  }

  /** The latest e-mail to a user: whether it was sent, or why not; empty where there was none. */
  public Optional<Delivery> lastMail(long userId) {
    return database.read(handle -> CallTable.lastMail(handle, userId));
  }

  /**
   * Reports the event again, to all that it was reported to and to the webhooks made since.
   *
   * @return whether there is such an event
   */
  public boolean replay(String eventId) {
    return database.write(
        tx -> {
          Optional<Event> event = EventTable.find(tx, eventId);
          event.ifPresent(found -> replay(tx, found));
          return event.isPresent();
        });
  }

  private void replay(Handle tx, Event event) {
    List<Long> told = CallTable.of(tx, event.eventId()).stream().map(Delivery::webhookId).toList();
    outgoing.restart(tx, event.eventId());
    listeners(outgoing.webhooks().all(tx).get(), event)
        .filter(webhook -> !told.contains(webhook.webhookId()))
        .forEach(webhook -> outgoing.enqueue(tx, OutgoingCall.webhook(webhook, event)));
    EventTable.refresh(tx, event.eventId());
  }

  /**
   * Gives up calls that have waited too long, and deletes old events and calls that were
   * acknowledged or given up.
   *
   * @param before deletes those made before then, by a clock that is trusted
   * @return how many events and calls without one
   */
  public int sweep(Instant before) {
    outgoing.sweep();
    return sweep(tx -> EventTable.sweep(tx, before, SWEPT_AT_ONCE))
        + sweep(tx -> CallTable.sweep(tx, before, SWEPT_AT_ONCE));
  }

  /** In short transactions, as others wait to write. */
  private int sweep(HandleCallback<Integer, RuntimeException> some) {
    int swept = 0;
    int last;
    do {
      last = database.write(some);
      swept += last;
    } while (last == SWEPT_AT_ONCE);
    return swept;
  }
}
