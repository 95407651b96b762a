package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.db.Database;
import slipway.harness.SetClock;
import slipway.secret.SecretBox;

class EventsTest {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Events.Filter ALL = new Events.Filter(null, null, null, null);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Webhooks webhooks;
  private Outgoing outgoing;
  private CallTable calls;
  private Events events;

  /** Nobody makes the calls but the test. */
  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder.resolve("test.db"));
    webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    Retries retries = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), KEPT);
    outgoing =
        new Outgoing(
            database,
            clock,
            webhooks,
            new AddressPolicy(List.of()),
            retries,
            new Outgoing.Limits(1, 1, Duration.ofSeconds(1)));
    calls = new CallTable(database, clock, retries);
    events = new Events(database, clock, outgoing, List::of);
  }

  @AfterEach
  void close() throws Exception {
    outgoing.close();
    database.close();
  }

  private Webhook webhook() {
    return webhooks.add("http://a.test/", EnumSet.allOf(EventType.class), "whs_1");
  }

  private String happen() {
    return database.write(tx -> events.record(tx, EventType.UPLOADED, 1, Map.of())).eventId();
  }

  private CallTable.Claim claim() {
    return calls.claim(calls.due(List.of()).get(0).callId(), Duration.ofSeconds(1)).orElseThrow();
  }

  private void fail() {
    calls.failed(claim(), new Attempt.Failure("refused", true));
  }

  private DeliveryState state(String eventId) {
    return events.find(eventId).orElseThrow().state();
  }

  private int rows(String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  @Test
  void hasTheWorstStateAmongItsCalls() {
    assertThat(state(happen())).as("nobody listens").isEqualTo(DeliveryState.DELIVERED);
    Webhook one = webhook();
    webhook();
    String event = happen();
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    calls.delivered(claim());
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    fail();
    assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
    events.replay(event);
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    fail();
    assertThat(state(event)).as("one waits").isEqualTo(DeliveryState.FAILED);
    calls.delivered(claim());
    assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
    webhooks.delete(one.webhookId());
    assertThat(state(event)).as("without the one that failed").isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void givesBackWhatWasCutOffAsIfItHadNotBeenTaken() {
    webhook();
    String event = happen();
    calls.release(claim());
    assertThat(events.deliveries(event).get(0).attempts()).isZero();
    assertThat(claim().attempt()).isEqualTo(1);
  }

  @Test
  void keepsEventsForAWhileAndThoseThatWaitForAsLongAsTheyDo() {
    Webhook webhook = webhook();
    String waits = happen();
    webhooks.delete(webhook.webhookId());
    String over = happen();
    webhook();
    events.replay(waits);
    clock.pass(KEPT);
    assertThat(events.sweep(KEPT)).isZero();
    String young = happen();
    clock.pass(Duration.ofMillis(1));
    assertThat(events.sweep(KEPT)).isEqualTo(1);
    assertThat(events.find(over)).isEmpty();
    assertThat(state(waits)).isEqualTo(DeliveryState.PENDING);
    fail();
    assertThat(state(waits)).isEqualTo(DeliveryState.FAILED);
    assertThat(events.sweep(KEPT)).isEqualTo(1);
    assertThat(events.find(young)).isPresent();
    assertThat(rows("outgoing_call")).as("the call that waits for the young one").isEqualTo(1);
  }

  @Test
  void keepsCallsWithoutAnEventForAsLong() {
    database.write(
        tx -> {
          outgoing.enqueue(tx, OutgoingCall.backgroundReturn("http://a.test/?one"));
          outgoing.enqueue(tx, OutgoingCall.backgroundReturn("http://a.test/?two"));
          return null;
        });
    calls.delivered(claim());
    clock.pass(KEPT.plusMillis(1));
    assertThat(events.sweep(KEPT)).isEqualTo(1);
    assertThat(rows("outgoing_call")).as("one waits").isEqualTo(1);
    fail();
    assertThat(events.sweep(KEPT)).isEqualTo(1);
    assertThat(rows("outgoing_call")).isZero();
  }

  @Test
  void sweepsMoreThanGoIntoOneTransaction() {
    database.write(
        tx -> {
          for (int i = 0; i < 2500; i++) {
            events.record(tx, EventType.UPDATED, i, Map.of());
          }
          return null;
        });
    clock.pass(KEPT.plusMillis(1));
    assertThat(events.sweep(KEPT)).isEqualTo(2500);
    assertThat(events.list(ALL, 0, 10).total()).isZero();
  }

  /** Neither a page nor a count looks at events that are not meant, nor sorts them. */
  @ParameterizedTest
  @CsvSource({
    ",, , event_by_time",
    "UPDATED,, , event_by_type ",
    ", FAILED, , event_by_state",
    "UPDATED, FAILED, , event_by_type_and_state",
    ",, 7, event_by_photo",
    "UPDATED, FAILED, 7, event_by_photo",
  })
  void goesThroughTheIndexOfWhatIsAskedFor(
      EventType type, DeliveryState state, Long photoId, String index) {
    for (Instant since : new Instant[] {null, clock.instant()}) {
      Events.Filter filter = new Events.Filter(type, state, photoId, since);
      assertThat(plan(EventTable.pageSql(filter), filter))
          .contains("SEARCH event USING INDEX " + index + " ")
          .doesNotContain("SCAN", "B-TREE");
      String covering = photoId == null ? "COVERING " : "";
      assertThat(plan(EventTable.countSql(filter), filter))
          .contains("SEARCH event USING " + covering + "INDEX " + index + " ");
    }
  }

  private String plan(String sql, Events.Filter filter) {
    List<String> steps =
        database.read(
            handle ->
                EventTable.query(handle, "explain query plan " + sql, filter)
                    .bind("size", 20)
                    .bind("skip", 0)
                    .map((row, context) -> row.getString("detail"))
                    .list());
    return String.join("\n", steps);
  }

  /** A webhook that goes takes its calls along, without a look at those of others. */
  @Test
  void findsTheCallsOfAWebhookThroughAnIndex() {
    List<String> plan =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "explain query plan delete from outgoing_call where webhook_id = 1")
                    .map((row, context) -> row.getString("detail"))
                    .list());
    assertThat(String.join("\n", plan)).contains("outgoing_call_by_webhook");
  }
}
