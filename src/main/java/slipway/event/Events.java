package slipway.event;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import slipway.db.Database;

/** What happened to photos: each event is kept with the change itself, and told to who listens. */
public final class Events {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Gson GSON = new Gson();
  private static final int ID_BYTES = 16;

  /** An event's state: what is worst among its deliveries. */
  private static final String SELECT =
      """
      select * from (select event.*, case
        when exists (select 1 from outgoing_call c
          where c.event_id = event.event_id and c.state = 'failed') then 'failed'
        when exists (select 1 from outgoing_call c
          where c.event_id = event.event_id and c.state = 'pending') then 'pending'
        else 'delivered' end as state from event) found
      """;

  private final Database database;
  private final Clock clock;
  private final Outgoing outgoing;
  private final Supplier<Collection<String>> pingbackUrls;

  /**
   * The events of that database.
   *
   * @param pingbackUrls where changes of photos are told by pingback
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
  }

  /**
   * Which events are meant.
   *
   * @param type of this type; null for all
   * @param state {@code pending}, {@code delivered} or {@code failed}; null for all
   * @param photoId of this photo; null for all
   * @param since not before this; null for all
   */
  public record Filter(EventType type, String state, Long photoId, Instant since) {}

  /**
   * A page of the events.
   *
   * @param total how many there are in all
   */
  public record Page(List<Event> events, long total) {}

  /**
   * Keeps an event and the calls that tell of it, within the transaction of the change itself.
   *
   * @param photo what is said of the photo
   */
  public Event record(Handle tx, EventType type, long photoId, Map<String, String> photo) {
    Event event = event(type, photoId, photo);
    tx.execute(
        """
        insert into event (event_id, type, photo_id, payload, created_at)
        values (?, ?, ?, ?, ?)""",
        event.eventId(),
        type.id(),
        photoId,
        event.payload(),
        event.createdAt().toEpochMilli());
    Webhooks.all(tx).stream()
        .filter(webhook -> webhook.types().contains(type))
        .forEach(webhook -> outgoing.enqueue(tx, Call.webhook(webhook, event)));
    pingbackUrls.get().forEach(url -> outgoing.enqueue(tx, Call.pingback(url, event)));
    return event;
  }

  private Event event(EventType type, long photoId, Map<String, String> photo) {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    String id = "evt_" + HexFormat.of().formatHex(bytes);
    Instant now = Instant.ofEpochMilli(clock.millis());
    JsonObject json = new JsonObject();
    json.addProperty("event_id", id);
    json.addProperty("type", type.id());
    json.addProperty("created", Long.toString(now.getEpochSecond()));
    json.add("photo", GSON.toJsonTree(photo));
    return new Event(id, type, photoId, GSON.toJson(json), now, "pending");
  }

  /**
   * A page of the events that are meant, the newest first.
   *
   * @param skip events before the page
   * @param size events on a full page
   */
  public Page list(Filter filter, long skip, int size) {
    String where =
        """
        where (:type is null or type = :type) and (:state is null or state = :state)
          and (:photoId is null or photo_id = :photoId)
          and (:since is null or created_at >= :since)""";
    return database.read(
        handle -> {
          List<Event> events =
              bind(
                      handle,
                      SELECT + where + " order by sequence desc limit :size offset :skip",
                      filter)
                  .bind("size", size)
                  .bind("skip", skip)
                  .map((row, context) -> event(row))
                  .list();
          long total =
              bind(handle, "select count(*) from (" + SELECT + where + ") counted", filter)
                  .mapTo(Long.class)
                  .one();
          return new Page(events, total);
        });
  }

  private static Query bind(Handle handle, String sql, Filter filter) {
    return handle
        .createQuery(sql)
        .bind("type", filter.type() == null ? null : filter.type().id())
        .bind("state", filter.state())
        .bind("photoId", filter.photoId())
        .bind("since", filter.since() == null ? null : (Long) filter.since().toEpochMilli());
  }

  /** The event of that id. */
  public Optional<Event> find(String eventId) {
    return database.read(handle -> find(handle, eventId));
  }

  private static Optional<Event> find(Handle handle, String eventId) {
    return handle
        .createQuery(SELECT + "where event_id = ?")
        .bind(0, eventId)
        .map((row, context) -> event(row))
        .findOne();
  }

  /** How far the calls about the event have come. */
  public List<Delivery> deliveries(String eventId) {
    return database.read(handle -> CallTable.of(handle, eventId));
  }

  /**
   * Tells of the event again: those it was told to, and the webhooks that were made since.
   *
   * @return whether there is such an event
   */
  public boolean replay(String eventId) {
    return database.write(
        tx -> {
          Optional<Event> event = find(tx, eventId);
          event.ifPresent(found -> replay(tx, found));
          return event.isPresent();
        });
  }

  private void replay(Handle tx, Event event) {
    List<Long> told = CallTable.of(tx, event.eventId()).stream().map(Delivery::webhookId).toList();
    outgoing.restart(tx, event.eventId());
    Webhooks.all(tx).stream()
        .filter(webhook -> webhook.types().contains(event.type()))
        .filter(webhook -> !told.contains(webhook.webhookId()))
        .forEach(webhook -> outgoing.enqueue(tx, Call.webhook(webhook, event)));
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getString("event_id"),
        EventType.of(row.getString("type")).orElseThrow(),
        row.getLong("photo_id"),
        row.getString("payload"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("state"));
  }
}
