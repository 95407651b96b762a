package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.Await;
import slipway.harness.OnEachDatabase;
import slipway.harness.Receiver;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.secret.SecretBox;

/** Real calls to a real server, by a clock that is set. */
@OnEachDatabase
class OutgoingTest {
  @Parameter TestedDatabase on;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
  private static final AddressPolicy ALL = new AddressPolicy(List.of("true"));

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private final Receiver receiver = new Receiver();
  private Database database;
  private Webhooks webhooks;
  private Outgoing outgoing;
  private Events events;

  @BeforeEach
  void open() throws Exception {
    database = on.open(folder.resolve("test.db"));
    webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    call(ALL);
  }

  private void call(AddressPolicy addresses) {
    outgoing =
        new Outgoing(
                database,
                clock,
                webhooks,
                addresses,
                new Retries(FIRST_PAUSE, LONGEST_PAUSE, DAY),
                new Outgoing.CallLimits(4, 2, Duration.ofSeconds(30)))
            .start();
    events = new Events(database, clock, outgoing, List::of);
  }

  @AfterEach
  void close() throws Exception {
    outgoing.close();
    database.close();
    receiver.close();
  }

  private String happen() {
    return database
        .write(tx -> events.record(tx, EventType.UPLOADED, 1, Map.of("photo_id", "1")))
        .eventId();
  }

  private Delivery awaitError(String eventId, String end) throws InterruptedException {
    Delivery delivery = events.deliveries(eventId).get(0);
    for (int i = 0; i < 10_000 && !delivery.lastError().endsWith(end); i++) {
      Thread.sleep(2);
      delivery = events.deliveries(eventId).get(0);
    }
    assertThat(delivery.lastError()).endsWith(end);
    return delivery;
  }

  private void pass(Duration time) {
    clock.pass(time);
    outgoing.wake();
  }

  /** As after the settings of the server were removed. */
  @Test
  void givesUpAnEmailWhereNoneIsSent() throws Exception {
    database.write(
        tx -> {
          outgoing.enqueue(tx, OutgoingCall.mail("d1", 7));
          return null;
        });
    Await.until(
        "the e-mail is given up",
        () -> events.lastMail(7).orElseThrow().state() == DeliveryState.FAILED);
    assertThat(events.lastMail(7).orElseThrow().lastError()).contains("no settings");
  }

  /** Each attempt is answered by a status of its own, so that each can be told from the last. */
  @Test
  void givesUpAfterADayOfLongerAndLongerPauses() throws Exception {
    webhooks.add(receiver.url("127.0.0.1", "/"), EnumSet.allOf(EventType.class), "whs_1");
    receiver.answer(401);
    Instant start = clock.instant();
    String eventId = happen();
    int attempt = 1;
    Duration full = FIRST_PAUSE;
    Delivery delivery = awaitError(eventId, "status 401");
    while (delivery.state() == DeliveryState.PENDING) {
      assertThat(delivery.attempts()).isEqualTo(attempt);
      Duration pause = Duration.between(clock.instant(), delivery.nextAttemptAt());
      assertThat(pause).isBetween(full.dividedBy(2), full);
      full =
          full.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : full.multipliedBy(2);
      attempt++;
      receiver.answer(400 + attempt);
      pass(pause);
      delivery = awaitError(eventId, "status " + (400 + attempt));
    }
    assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(events.find(eventId).orElseThrow().state()).isEqualTo(DeliveryState.FAILED);
    assertThat(Duration.between(start, clock.instant())).isBetween(DAY.minus(LONGEST_PAUSE), DAY);
    assertThat(receiver.waiting()).isEqualTo(attempt).isBetween(15, 40);
    pass(DAY);
    outgoing.close();
    assertThat(receiver.waiting()).as("nothing after that").isEqualTo(attempt);
  }

  @Test
  void isTakenUpAgainByAReplayAfterItWasGivenUp() throws Exception {
    webhooks.add(receiver.url("127.0.0.1", "/"), EnumSet.allOf(EventType.class), "whs_1");
    receiver.answer(500);
    String eventId = happen();
    awaitError(eventId, "status 500");
    receiver.answer(501);
    pass(DAY.minusSeconds(1));
    assertThat(awaitError(eventId, "status 501").state()).isEqualTo(DeliveryState.FAILED);
    assertThat(events.replay(eventId)).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(receiver.next().header("Slipway-Event-Id")).isEqualTo(eventId);
    }
    Delivery delivery = awaitError(eventId, "");
    for (int i = 0; i < 10_000 && delivery.state() == DeliveryState.PENDING; i++) {
      Thread.sleep(2);
      delivery = events.deliveries(eventId).get(0);
    }
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(events.find(eventId).orElseThrow().state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void callsAnAddressOfEveryAlphabet() throws Exception {
    String url = receiver.url("127.0.0.1", "/whø/漢?q=漢&o=%C3%B8");
    webhooks.add(url, EnumSet.allOf(EventType.class), "whs_1");
    happen();
    assertThat(receiver.next().uri()).isEqualTo("/wh%C3%B8/%E6%BC%A2?q=%E6%BC%A2&o=%C3%B8");
  }

  /** DNS rebinding: a name that is looked up twice for a call would have another address. */
  @Test
  void connectsToTheVeryAddressThatWasChecked() throws Exception {
    Names names = new Names("127.0.0.1", "127.0.0.2");
    outgoing.close();
    call(new AddressPolicy(List.of("127.0.0.1"), names));
    webhooks.add(receiver.url("rebound.test", "/"), EnumSet.allOf(EventType.class), "whs_1");
    happen();
    assertThat(receiver.next().header("Host")).startsWith("rebound.test");
    assertThat(names.asked.get()).isEqualTo(1);
    String refused = happen();
    assertThat(awaitError(refused, "allows it)").state()).isEqualTo(DeliveryState.FAILED);
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void makesOtherCallsAfterOneThatEndsInAnError() throws Exception {
    outgoing.close();
    DnsResolver names =
        new Names("127.0.0.1") {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            if (host.equals("bad.test")) {
              throw new StackOverflowError("as a test has it");
            }
            return super.resolve(host);
          }
        };
    call(new AddressPolicy(List.of("true"), names));
    webhooks.add(receiver.url("bad.test", "/"), EnumSet.allOf(EventType.class), "whs_1");
    for (int i = 0; i < 6; i++) {
      awaitError(happen(), "StackOverflowError");
    }
    webhooks.add(receiver.url("good.test", "/"), EnumSet.allOf(EventType.class), "whs_1");
    happen();
    assertThat(receiver.next().header("Host")).startsWith("good.test");
    assertThat(outgoing.isWell()).isTrue();
  }

  /** Gives a name one address after the other. */
  private static class Names implements DnsResolver {
    final AtomicInteger asked = new AtomicInteger();
    private final String[] addresses;

    Names(String... addresses) {
      this.addresses = addresses;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      int turn = asked.getAndIncrement() % addresses.length;
      return new InetAddress[] {InetAddress.getByName(addresses[turn])};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
