package slipway.event;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import slipway.db.Plain;
import slipway.db.RowReader;

/** The events in the database. Each has its state in its row, so that lists go through an index. */
final class EventTable {
  private static final String OF_ALL = " from event where created_at >= :since";
  private static final String OF_TYPE = OF_ALL + " and type = :type";

  /**
   * The condition of the partial indexes by state, which leave out delivered events, as these are
   * most.
   */
  private static final String UNDELIVERED = " and state <> " + DeliveryState.DELIVERED.sql();

  private static final String DELIVERED = " and state = " + DeliveryState.DELIVERED.sql();

  /** A photo has few events, which are checked one by one. */
  private static final String OF_PHOTO =
      OF_ALL
          + " and photo_id = :photoId"
          + " and (:type is null or type = :type) and (:state is null or state = :state)";

  /** Not every database deletes calls with their events. */
  private static final String OVER =
      " from event where created_at < ? and state <> ? order by created_at, sequence limit ?";

  private static final String REFRESH =
      """
      update event set state = case
        when exists (select 1 from outgoing_call c
          where c.event_id = event.event_id and c.state = %1$s) then %1$s
        when exists (select 1 from outgoing_call c
          where c.event_id = event.event_id and c.state = %2$s) then %2$s
        else %3$s end
      where event_id = ?\
      """
          .formatted(
              DeliveryState.FAILED.sql(),
              DeliveryState.PENDING.sql(),
              DeliveryState.DELIVERED.sql());

  private EventTable() {}

  static void add(Handle tx, Event event) {
    Plain.later(
        tx,
        """
        insert into event (event_id, type, photo_id, payload, created_at, state)
        values (?, ?, ?, ?, ?, ?)\
        """,
        event.eventId(),
        event.type().id(),
        event.photoId(),
        event.payload(),
        event.createdAt().toEpochMilli(),
        event.state().id());
  }

  /** Notes the state of an event, after its calls changed. */
  static void refresh(Handle tx, String eventId) {
    Plain.later(tx, REFRESH, eventId);
  }

  static Optional<Event> find(Handle handle, String eventId) {
    return handle
        .createQuery("select * from event where event_id = ?")
        .bind(0, eventId)
        .map(RowReader.to(EventTable::event))
        .findOne();
  }

  static List<Event> page(Handle handle, Events.Filter filter, long skip, int size) {
    return query(handle, pageSql(filter), filter)
        .bind("size", size)
        .bind("skip", skip)
        .map(RowReader.to(EventTable::event))
        .list();
  }

  /** How many there are, counted up to a bound. */
  static long count(Handle handle, Events.Filter filter, long most) {
    return query(handle, countSql(filter), filter).bind("most", most).mapTo(Long.class).one();
  }

  static String pageSql(Events.Filter filter) {
    return "select event_id, type, photo_id, '' as payload, created_at, state"
        + selection(filter)
        + " order by created_at desc, sequence desc limit :size offset :skip";
  }

  static String countSql(Events.Filter filter) {
    if (filter.photoId() == null && filter.state() == DeliveryState.DELIVERED) {
      // All minus the others: indexes give both counts without reading a row.
      String others = "(select count(*)" + ofAnyState(filter) + UNDELIVERED + ")";
      return "select " + count(ofAnyState(filter), ":most + " + others) + " - " + others;
    }
    return "select " + count(selection(filter), ":most");
  }

  private static String count(String selection, String most) {
    return "(select count(*) from (select 1" + selection + " limit " + most + ") c)";
  }

  private static String selection(Events.Filter filter) {
    if (filter.photoId() != null) {
      return OF_PHOTO;
    }
    if (filter.state() == null) {
      return ofAnyState(filter);
    }
    return filter.state() == DeliveryState.DELIVERED
        ? ofAnyState(filter) + DELIVERED
        : ofAnyState(filter) + UNDELIVERED + " and state = :state";
  }

  private static String ofAnyState(Events.Filter filter) {
    return filter.type() == null ? OF_ALL : OF_TYPE;
  }

  static Query query(Handle handle, String sql, Events.Filter filter) {
    return handle
        .createQuery(sql)
        .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
        .bind("type", filter.type() == null ? null : filter.type().id())
        .bind("state", filter.state() == null ? null : filter.state().id())
        .bind("photoId", filter.photoId())
        .bind("since", filter.since() == null ? 0 : filter.since().toEpochMilli());
  }

  /**
   * Deletes some finished events from before then, with their calls.
   *
   * @return how many; fewer than {@code most} when no more are left
   */
  static int sweep(Handle tx, Instant before, int most) {
    Object[] those = {before.toEpochMilli(), DeliveryState.PENDING.id(), most};
    Plain.execute(
        tx, "delete from outgoing_call where event_id in (select event_id" + OVER + ")", those);
    return Plain.execute(
        tx, "delete from event where sequence in (select sequence" + OVER + ")", those);
  }

  private static Event event(RowReader row) throws SQLException {
    return new Event(
        row.text("event_id"),
        EventType.of(row.text("type")).orElseThrow(),
        row.number("photo_id"),
        row.text("payload"),
        row.instant("created_at"),
        row.constant("state", DeliveryState.class));
  }
}
