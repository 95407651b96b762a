package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.secret.SecretBox;

@OnEachDatabase(isLong = true)
class EventsTest {
  @Parameter TestedDatabase on;

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
    database = on.open(folder.resolve("test.db"));
    webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    open(1000_000);
  }

  private void open(int mostWaiting) {
    Retries retries = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), KEPT);
    outgoing =
        new Outgoing(
            database,
            clock,
            webhooks,
            new AddressPolicy(List.of()),
            retries,
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1), mostWaiting));
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

  /** As in replies: what parsers of JSON and XML take is not the same for all. */
  @Test
  void tellsNoControlCharacters() {
    Map<String, String> photo = Map.of("title", "a\u0000b\u0001c\td\uFFFEe\uD800f");
    String id = database.write(tx -> events.record(tx, EventType.UPLOADED, 1, photo)).eventId();
    assertThat(events.find(id).orElseThrow().payload())
        .contains("\"title\":\"a\uFFFDb\uFFFDc\\td\uFFFDe\uFFFDf\"");
  }

  private CallTable.Claim claim() {
    String host = calls.waiting().get(0).host();
    return calls.claim(host, 1, Duration.ofSeconds(1)).get(0);
  }

  private void fail() {
    calls.failed(claim(), new CallFailure("refused", true));
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

  /**
   * An attempt that was begun before the replay says nothing about those that the replay asks for.
   */
  @Test
  void isToldOfNoAttemptThatAReplayHasOvertaken() {
    webhook();
    String event = happen();
    CallTable.Claim before = claim();
    events.replay(event);
    calls.failed(before, new CallFailure("refused", true));
    CallTable.Claim after = claim();
    assertThat(after.attempt()).isEqualTo(before.attempt()).isEqualTo(1);
    calls.failed(before, new CallFailure("refused", true));
    calls.release(before);
    calls.delivered(before);
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    assertThat(events.deliveries(event).get(0).attempts()).isEqualTo(1);
    calls.delivered(after);
    assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void tellsTheNextAttemptByTheWallClockHoweverThatWasSet() {
    webhook();
    String event = happen();
    SetClock wall = new SetClock();
    wall.pass(Duration.between(wall.instant(), clock.instant()).plusHours(2));
    Instant next =
        new Events(database, wall, outgoing, List::of).deliveries(event).get(0).nextAttemptAt();
    assertThat(next).isEqualTo(wall.instant());
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
    assertThat(events.sweep(clock.instant().minus(KEPT))).isZero();
    String young = happen();
    clock.pass(Duration.ofMillis(1));
    assertThat(events.sweep(clock.instant().minus(KEPT))).isEqualTo(1);
    assertThat(events.find(over)).isEmpty();
    assertThat(state(waits)).isEqualTo(DeliveryState.PENDING);
    fail();
    assertThat(state(waits)).isEqualTo(DeliveryState.FAILED);
    assertThat(events.sweep(clock.instant().minus(KEPT))).isEqualTo(1);
    assertThat(events.find(young)).isPresent();
    assertThat(rows("outgoing_call")).as("the call that waits for the young one").isEqualTo(1);
  }

  @Test
  void tellsWhatBecameOfAVisitorsWayBack() {
    String event = happen();
    OutgoingCall call = OutgoingCall.backgroundReturn("http://a.test/back", event);
    database.write(
        tx -> {
          outgoing.enqueue(tx, call);
          return null;
        });
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    fail();
    assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
    Delivery delivery = events.deliveries(event).get(0);
    assertThat(delivery.kind()).isEqualTo(CallKind.RETURN);
    assertThat(delivery.lastError()).isEqualTo("refused");
    events.replay(event);
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    calls.delivered(claim());
    assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
    events.replay(event);
    assertThat(state(event)).as("it was taken once").isEqualTo(DeliveryState.DELIVERED);
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
    assertThat(events.sweep(clock.instant().minus(KEPT))).isEqualTo(1);
    assertThat(rows("outgoing_call")).as("one waits").isEqualTo(1);
    fail();
    assertThat(events.sweep(clock.instant().minus(KEPT))).isEqualTo(1);
    assertThat(rows("outgoing_call")).isZero();
  }

  /**
   * One that hangs takes a few calls a minute: most come to no attempt before their time is over.
   */
  @Test
  void givesUpCallsThatWaitForTooLongWithoutAnAttempt() {
    webhook();
    List<String> waiting = new ArrayList<>();
    database.write(
        tx -> {
          for (int i = 0; i < 1200; i++) {
            waiting.add(events.record(tx, EventType.UPLOADED, 1, Map.of()).eventId());
          }
          return null;
        });
    CallTable.Claim running = claim();
    clock.pass(KEPT.plus(Backlog.GRACE));
    assertThat(outgoing.sweep()).as("the one that was tried").isEqualTo(1);
    clock.pass(Duration.ofMillis(1));
    assertThat(outgoing.sweep()).isEqualTo(1199);
    for (String event : waiting) {
      assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
    }
    assertThat(events.deliveries(waiting.get(1)).get(0).lastError()).startsWith("given up");
    assertThat(calls.waiting()).isEmpty();
    calls.delivered(running);
    assertThat(state(waiting.get(0))).as("given up").isEqualTo(DeliveryState.FAILED);
  }

  @Test
  void leavesTheCallUnderWay() {
    webhook();
    String event = happen();
    clock.pass(KEPT.minusMillis(1));
    CallTable.Claim running = claim();
    clock.pass(Duration.ofMillis(500));
    assertThat(outgoing.sweep()).isZero();
    calls.delivered(running);
    assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void givesUpTheOldestCallsOfAHostThatTooManyWaitFor() throws Exception {
    outgoing.close();
    open(10);
    webhook();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      waiting.add(happen());
      clock.pass(Duration.ofMillis(1));
    }
    database.write(
        tx -> {
          outgoing.enqueue(tx, OutgoingCall.backgroundReturn("http://other.test/"));
          return null;
        });
    assertThat(outgoing.sweep()).isEqualTo(15);
    assertThat(outgoing.sweep()).isZero();
    assertThat(waiting.stream().map(this::state).toList().indexOf(DeliveryState.PENDING))
        .isEqualTo(15);
  }

  /** The service may have been off for weeks. */
  @Test
  void leavesEachCallSomeTimeAfterAStart() {
    webhook();
    String event = happen();
    clock.pass(KEPT.multipliedBy(2));
    Backlog backlog = new Backlog(database, clock, 10);
    assertThat(backlog.resume(backlog.graceEnd())).isFalse();
    assertThat(outgoing.sweep()).isZero();
    calls.failed(claim(), new CallFailure("refused", false));
    assertThat(state(event)).isEqualTo(DeliveryState.PENDING);
    clock.pass(Backlog.GRACE.plusMillis(1));
    assertThat(outgoing.sweep()).isEqualTo(1);
  }

  @Test
  void looksUpEachHostInTheIndexHoweverManyCallsWaitForIt() {
    on.assumeSqlite();
    List<String> plan =
        database.read(
            handle ->
                handle
                    .createQuery("explain query plan " + CallTable.WAITING)
                    .bind("pending", "pending")
                    .map((row, context) -> row.getString("detail"))
                    .list());
    assertThat(plan)
        .filteredOn(step -> step.contains("outgoing_call") || step.matches(".*\\bc\\b.*"))
        .isNotEmpty()
        .allMatch(step -> step.contains("USING COVERING INDEX outgoing_call_by_host (state=?"));
  }

  @Test
  void tellsHostsInTheOrderInWhichTheirCallsAreDue() {
    database.write(
        tx -> {
          for (String host : List.of("c.test", "a.test", "b.test", "a.test")) {
            outgoing.enqueue(tx, OutgoingCall.backgroundReturn("http://" + host + "/"));
            clock.pass(Duration.ofMillis(1));
          }
          return null;
        });
    assertThat(calls.waiting())
        .extracting(CallTable.WaitingHost::host)
        .containsExactly("c.test", "a.test", "b.test");
  }

  @Test
  void deletesTheCallsOfAWebhookInSmallStepsAndGoesOnWhereItWasCut() {
    Webhook webhook = webhook();
    database.write(
        tx -> {
          for (int i = 0; i < 1200; i++) {
            events.record(tx, EventType.UPLOADED, 1, Map.of());
          }
          return null;
        });
    String told = happen();
    database.execute("update webhook set deleted_at = 1");
    assertThat(webhooks.all()).isEmpty();
    assertThat(webhooks.secret(webhook.webhookId())).isEmpty();
    assertThat(webhooks.delete(webhook.webhookId())).as("deleted before").isFalse();
    assertThat(state(happen())).as("nobody listens").isEqualTo(DeliveryState.DELIVERED);
    outgoing.sweep();
    assertThat(rows("outgoing_call")).isZero();
    assertThat(rows("webhook")).isZero();
    assertThat(state(told)).isEqualTo(DeliveryState.DELIVERED);
    assertThat(
            events.list(new Events.Filter(null, DeliveryState.PENDING, null, null), 0, 1).total())
        .isZero();
  }

  /** The caller of the deletion waits only for some of the steps. */
  @Test
  void leavesTheRestOfVeryManyCallsOfADeletedWebhookToTheSweep() {
    Webhook webhook = webhook();
    String event = happen();
    database.write(
        tx ->
            tx.execute(
                """
                with recursive numbers (n) as (
                  select 1 union all select n + 1 from numbers where n < 11000)
                insert into outgoing_call (kind, event_id, webhook_id, url, host, state,
                  next_attempt_at, give_up_at, created_at)
                select kind, event_id, webhook_id, url, host, state, next_attempt_at, give_up_at,
                  created_at from outgoing_call cross join numbers"""));
    assertThat(webhooks.delete(webhook.webhookId())).isTrue();
    assertThat(rows("outgoing_call")).isBetween(1, 1500);
    assertThat(webhooks.all()).isEmpty();
    outgoing.sweep();
    assertThat(rows("outgoing_call")).isZero();
    assertThat(rows("webhook")).isZero();
    assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
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
    assertThat(events.sweep(clock.instant().minus(KEPT))).isEqualTo(2500);
    assertThat(events.list(ALL, 0, 10).total()).isZero();
  }

  /** Neither a page nor a count looks at events that are not meant, nor sorts them. */
  @ParameterizedTest
  @CsvSource({
    ",, , event_by_time",
    "UPDATED,, , event_by_type ",
    ", DELIVERED, , event_by_time",
    "UPDATED, DELIVERED, , event_by_type",
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

  @Test
  void countsThoseOfAState() {
    webhook();
    for (int i = 0; i < 5; i++) {
      happen();
    }
    database.execute("update event set state = 'delivered' where sequence <= 3");
    database.execute(
        "update event set state = 'failed', type = ? where sequence = 4", EventType.UPDATED.id());
    assertThat(total(null, DeliveryState.DELIVERED)).isEqualTo(3);
    assertThat(total(EventType.UPLOADED, DeliveryState.DELIVERED)).isEqualTo(3);
    assertThat(total(EventType.UPDATED, DeliveryState.DELIVERED)).isZero();
    assertThat(total(null, DeliveryState.FAILED)).isOne();
    assertThat(total(EventType.UPDATED, DeliveryState.FAILED)).isOne();
    assertThat(total(EventType.UPLOADED, DeliveryState.PENDING)).isOne();
    Events.Filter delivered = new Events.Filter(null, DeliveryState.DELIVERED, null, null);
    for (long most = 0; most < 5; most++) {
      long bound = most;
      assertThat(database.<Long, RuntimeException>read(h -> EventTable.count(h, delivered, bound)))
          .isEqualTo(Math.min(3, most));
    }
  }

  private long total(EventType type, DeliveryState state) {
    Events.EventPage page = events.list(new Events.Filter(type, state, null, null), 0, 10);
    assertThat(page.events()).hasSize((int) page.total()).allMatch(e -> e.state() == state);
    return page.total();
  }

  private String plan(String sql, Events.Filter filter) {
    on.assumeSqlite();
    List<String> steps =
        database.read(
            handle ->
                EventTable.query(handle, "explain query plan " + sql, filter)
                    .bind("size", 20)
                    .bind("skip", 0)
                    .bind("most", 20)
                    .map((row, context) -> row.getString("detail"))
                    .list());
    return String.join("\n", steps);
  }

  /** A webhook that goes takes its calls along, without a look at those of others. */
  @Test
  void findsTheCallsOfAWebhookThroughAnIndex() {
    on.assumeSqlite();
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
