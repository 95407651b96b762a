package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.secret.SecretBox;

/** Which webhooks get an event while they change all the time. */
@OnEachDatabase
class ListenersTest {
  @Parameter TestedDatabase on;

  private static final int ROUNDS = 50;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Webhooks webhooks;
  private Outgoing outgoing;
  private Events events;

  @BeforeEach
  void open() throws Exception {
    database = on.open(folder.resolve("test.db"));
    webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    Retries retries = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1));
    outgoing =
        new Outgoing(
            database,
            clock,
            webhooks,
            new AddressPolicy(List.of()),
            retries,
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    events = new Events(database, clock, outgoing, List::of);
  }

  @AfterEach
  void close() throws Exception {
    outgoing.close();
    database.close();
  }

  private long add() {
    return webhooks.add("http://a.test/", EnumSet.allOf(EventType.class), "whs_1").webhookId();
  }

  private List<Long> told() {
    String id = database.write(tx -> events.record(tx, EventType.UPLOADED, 1, Map.of())).eventId();
    return events.deliveries(id).stream().map(Delivery::webhookId).toList();
  }

  @Test
  void areThoseOfTheMomentThoughOthersAreToldMeanwhile() throws InterruptedException {
    AtomicBoolean ends = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              while (!ends.get()) {
                told();
              }
            });
    other.start();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        long webhook = add();
        assertThat(told()).containsExactly(webhook);
        assertThat(webhooks.delete(webhook)).isTrue();
        assertThat(told()).isEmpty();
      }
    } finally {
      ends.set(true);
      other.join();
    }
  }

  @Test
  void areReadAnewWhereATransactionThatReadThemIsUndone() {
    long webhook = add();
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      tx.execute(
                          "insert into webhook (url, closed_secret, types, created_at)"
                              + " values ('http://b.test/', '', 'photo.uploaded', 0)");
                      assertThat(webhooks.all(tx).get()).hasSize(2);
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    assertThat(told()).containsExactly(webhook);
    assertThat(told()).containsExactly(webhook);
  }
}
