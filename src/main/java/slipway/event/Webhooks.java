package slipway.event;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Column;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.secret.SecretBox;

/** The webhooks. Their secrets are needed to sign, and are kept encrypted. */
public final class Webhooks {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final String CONTEXT = "webhook";

  /** Calls deleted in one transaction. */
  private static final int STEP = 500;

  /** Steps while the caller waits; what is left is deleted later. */
  private static final int STEPS_AT_ONCE = 20;

  private final Database database;
  private final SecretBox box;
  private final Clock clock;
  private final Listeners listeners;

  /** Whether the database has secrets of webhooks, which only the key file decrypts. */
  public static boolean hasSecrets(Database database) {
    return database.read(
        handle ->
            handle.createQuery("select exists (select 1 from webhook)").mapTo(boolean.class).one());
  }

  /**
   * Decrypts a secret of that database, if there is one, as deliveries could not be signed
   * otherwise.
   *
   * @throws IllegalStateException when the box cannot decrypt it
   */
  public static void tryASecret(Database database, SecretBox box) {
    database
        .read(
            handle ->
                handle
                    .createQuery("select closed_secret from webhook limit 1")
                    .mapTo(String.class)
                    .findOne())
        .ifPresent(closed -> box.open(closed, CONTEXT));
  }

  /**
   * The webhooks of that database, their secrets kept by that box. If that has one writer, nobody
   * else may change them, as they are kept in memory.
   */
  public Webhooks(Database database, SecretBox box, Clock clock) {
    this.database = database;
    this.box = box;
    this.clock = clock;
    this.listeners = new Listeners(database.hasOneWriter());
  }

  /** A secret that nobody can guess: {@code whs_} and 64 hex digits. */
  public static String randomSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return "whs_" + HexFormat.of().formatHex(bytes);
  }

  /** Adds a webhook, which gets the events from now on. */
  public Webhook add(String url, Set<EventType> types, String secret) {
    Instant now = clock.instant();
    long id =
        database.write(
            tx ->
                listeners
                    .changed(tx)
                    .createQuery(
                        """
                        insert into webhook (url, closed_secret, types, created_at)
                        values (?, ?, ?, ?) returning webhook_id\
                        """)
                    .bind(0, url)
                    .bind(1, box.close(secret, CONTEXT))
                    .bind(2, Column.list(types.stream().map(EventType::id).toList()))
                    .bind(3, now.toEpochMilli())
                    .mapTo(Long.class)
                    .one());
    return new Webhook(id, url, types, now);
  }

  /**
   * Deletes a webhook with its calls: it gets no event from now on, and its calls are deleted in
   * small steps, as others wait to write. What is left after some steps, a failure or a stop is
   * deleted later.
   *
   * @return whether there was one of that number
   */
  public boolean delete(long webhookId) {
    boolean isThere =
        database.write(
                tx ->
                    listeners
                        .changed(tx)
                        .execute(
                            "update webhook set deleted_at = ?"
                                + " where webhook_id = ? and deleted_at is null",
                            clock.millis(),
                            webhookId))
            > 0;
    if (isThere) {
      try {
        deleteCalls(webhookId, STEPS_AT_ONCE);
      } catch (RuntimeException e) {
        LOG.warn("Calls of a deleted webhook are deleted later", e);
      }
    }
    return isThere;
  }

  /** Deletes what is left of deleted webhooks. */
  void sweep() {
    database
        .read(
            handle ->
                handle
                    .createQuery("select webhook_id from webhook where deleted_at is not null")
                    .mapTo(Long.class)
                    .list())
        .forEach(webhookId -> deleteCalls(webhookId, Integer.MAX_VALUE));
  }

  /** Deletes its calls in at most so many steps, and the webhook itself once none are left. */
  private void deleteCalls(long webhookId, int steps) {
    for (int i = 0; i < steps; i++) {
      if (database.write(tx -> deleteSomeCalls(tx, webhookId)) < STEP) {
        database.execute("delete from webhook where webhook_id = ?", webhookId);
        return;
      }
    }
  }

  private static int deleteSomeCalls(Handle tx, long webhookId) {
    List<Gone> gone =
        tx.createQuery(
                """
                delete from outgoing_call where call_id in (
                  select call_id from outgoing_call where webhook_id = ? limit ?)
                returning event_id, state\
                """)
            .bind(0, webhookId)
            .bind(1, STEP)
            .map(RowReader.to(row -> new Gone(row.text("event_id"), row.text("state"))))
            .list();
    gone.stream()
        .filter(call -> !call.state().equals(DeliveryState.DELIVERED.id()))
        .map(Gone::eventId)
        .distinct()
        .forEach(eventId -> EventTable.refresh(tx, eventId));
    return gone.size();
  }

  /** A call that was deleted. */
  private record Gone(String eventId, String state) {}

  /** Every webhook, by number. */
  public List<Webhook> all() {
    return database.read(handle -> ask(handle).get());
  }

  /**
   * The same within a writing task; if there is one writer, without reading the table each time.
   */
  Supplier<List<Webhook>> all(Handle tx) {
    return listeners.all(tx);
  }

  static Supplier<List<Webhook>> ask(Handle handle) {
    return Plain.ask(
        handle,
        row ->
            new Webhook(
                row.number("webhook_id"),
                row.text("url"),
                types(row.texts("types")),
                row.instant("created_at")),
        "select * from webhook where deleted_at is null order by webhook_id");
  }

  private static Set<EventType> types(List<String> names) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    names.stream().map(EventType::of).flatMap(Optional::stream).forEach(types::add);
    return types;
  }

  /** The secret of a webhook; empty when it was deleted. */
  Optional<String> secret(long webhookId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select closed_secret from webhook where webhook_id = ? and deleted_at is null")
                .bind(0, webhookId)
                .mapTo(String.class)
                .findOne()
                .map(closed -> box.open(closed, CONTEXT)));
  }
}
