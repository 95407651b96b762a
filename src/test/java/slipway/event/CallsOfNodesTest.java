package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.AtOnce;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.secret.SecretBox;

/** Calls that several nodes make. */
@OnEachDatabase
class CallsOfNodesTest {
  private static final String HOST = "a.test";
  private static final Duration LEASE = Duration.ofSeconds(30);

  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Webhooks webhooks;
  private Outgoing outgoing;
  private CallTable calls;
  private Events events;

  @BeforeEach
  void open() throws Exception {
    database = on.open(folder.resolve("test.db"));
    webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    Retries retries = new Retries(LEASE, LEASE, Duration.ofDays(1));
    outgoing =
        new Outgoing(
            database,
            clock,
            webhooks,
            new AddressPolicy(List.of()),
            retries,
            new Outgoing.CallLimits(1, 1, LEASE));
    calls = new CallTable(database, clock, retries);
    events = new Events(database, clock, outgoing, List::of);
  }

  @AfterEach
  void close() throws Exception {
    outgoing.close();
    database.close();
  }

  private long webhook() {
    return webhooks.add("http://a.test/", EnumSet.allOf(EventType.class), "whs_1").webhookId();
  }

  private String happen() {
    return database.write(tx -> events.record(tx, EventType.UPLOADED, 1, Map.of())).eventId();
  }

  private List<Long> taken(int most) {
    return calls.claim(HOST, most, LEASE).stream().map(CallTable.Claim::callId).toList();
  }

  @Test
  void areTakenSomeAtATimeTheLongestDueFirst() {
    webhook();
    for (int i = 0; i < 5; i++) {
      happen();
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(taken(3)).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(taken(3)).containsExactlyInAnyOrder(4L, 5L);
    assertThat(taken(3)).isEmpty();
    clock.pass(LEASE);
    assertThat(taken(9)).as("whose leases are over").hasSize(5);
  }

  @Test
  void areTakenByOneNodeEach() throws Exception {
    webhook();
    for (int i = 0; i < 40; i++) {
      happen();
    }
    List<List<Long>> all =
        AtOnce.run(
            4,
            i ->
                () -> {
                  List<Long> own = new ArrayList<>();
                  for (int k = 0; k < 6; k++) {
                    own.addAll(taken(4));
                  }
                  return own;
                });
    List<Long> both = new ArrayList<>(all.stream().flatMap(Collection::stream).toList());
    both.addAll(taken(40));
    assertThat(both).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void leaveNoEventPendingWhoseLastTwoEndAtOnce() throws Exception {
    webhook();
    webhook();
    for (int round = 0; round < 10; round++) {
      String event = happen();
      List<CallTable.Claim> last = calls.claim(HOST, 2, LEASE);
      assertThat(last).hasSize(2);
      AtOnce.run(
          2,
          i ->
              () -> {
                calls.delivered(last.get(i));
                return null;
              });
      assertThat(events.find(event).orElseThrow().state()).isEqualTo(DeliveryState.DELIVERED);
    }
  }

  @Test
  void doNotFailTheUploadDuringWhichTheirWebhookIsDeleted() throws Exception {
    for (int round = 0; round < 5; round++) {
      long webhook = webhook();
      List<Object> results =
          AtOnce.run(4, i -> () -> i == 0 ? (Object) webhooks.delete(webhook) : (Object) happen());
      assertThat(results).contains(true);
    }
    webhooks.sweep();
    assertThat(webhooks.all()).isEmpty();
  }
}
