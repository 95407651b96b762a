package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerSharesTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private final WorkerShares shares =
      new WorkerShares(new Outgoing.CallLimits(4, 2, LIMIT), () -> 1);

  private void call(String host, Duration took) {
    shares.begin(host);
    shares.took(host, took);
    shares.end(host);
  }

  @Test
  void keepsHalfOfTheWorkersForHostsThatAnswerThoughManyHang() {
    for (String host : new String[] {"a", "b", "c"}) {
      assertThat(shares.freeFor(host)).isEqualTo(2);
      call(host, LIMIT);
      assertThat(shares.freeFor(host)).isEqualTo(1);
    }
    shares.begin("a");
    assertThat(shares.freeFor("a")).isZero();
    shares.begin("b");
    assertThat(shares.freeFor("c")).isZero();
    assertThat(shares.freeFor("good")).isEqualTo(2);
    shares.begin("good");
    shares.begin("good");
    assertThat(shares.hasFree()).isFalse();
    shares.end("a");
    assertThat(shares.freeFor("good")).as("two at once").isZero();
    assertThat(shares.freeFor("c")).isEqualTo(1);
    shares.end("good");
    assertThat(shares.freeFor("c")).isEqualTo(1);
    assertThat(shares.freeFor("good")).isEqualTo(1);
  }

  @Test
  void takesAHostForQuickAgainOnceItAnswersInTime() {
    call("a", LIMIT.dividedBy(2));
    assertThat(shares.freeFor("a")).isEqualTo(1);
    call("a", Duration.ofSeconds(1));
    assertThat(shares.freeFor("a")).isEqualTo(2);
  }

  @Test
  void callsSlowHostsThoughThereIsOneWorkerOnly() {
    WorkerShares one = new WorkerShares(new Outgoing.CallLimits(1, 1, LIMIT), () -> 1);
    one.took("a", LIMIT);
    assertThat(one.freeFor("a")).isEqualTo(1);
  }

  @Test
  void sharesWhatAHostMayHaveWithTheOtherNodes() {
    AtomicInteger nodes = new AtomicInteger(1);
    WorkerShares shared = new WorkerShares(new Outgoing.CallLimits(9, 6, LIMIT), nodes::get);
    assertThat(shared.freeFor("a")).isEqualTo(6);
    nodes.set(3);
    assertThat(shared.freeFor("a")).isEqualTo(2);
    nodes.set(10);
    assertThat(shared.freeFor("a")).isEqualTo(1);
  }
}
