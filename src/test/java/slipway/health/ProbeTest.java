package slipway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void isMadeOnceHoweverOftenItIsAskedFor() throws Exception {
    Probe probe = new Probe("probe", made::incrementAndGet, LONG, LONG);
    for (int i = 0; i < 100; i++) {
      assertThat(probe.isMet()).isTrue();
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void isMadeAgainOnceItsOutcomeIsOld() throws Exception {
    Probe probe = new Probe("probe", this::failFirst, LONG, Duration.ZERO);
    assertThatThrownBy(probe::isMet).hasMessage("as a test has it");
    Thread.sleep(1);
    assertThat(probe.isMet()).isTrue();
  }

  private void failFirst() throws IOException {
    if (made.incrementAndGet() == 1) {
      throw new IOException("as a test has it");
    }
  }

  @Test
  void isNotMetWhileItHangsAndNotMadeTwiceAtATime() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Probe probe = new Probe("probe", () -> hang(go), Duration.ofMillis(20), Duration.ZERO);
    assertThat(probe.isMet()).isFalse();
    assertThat(probe.isMet()).isFalse();
    assertThat(made).hasValue(1);
    go.countDown();
  }

  private void hang(CountDownLatch go) throws InterruptedException {
    made.incrementAndGet();
    go.await();
  }
}
