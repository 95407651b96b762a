package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenTurnsTest {
  private final TokenTurns turns = new TokenTurns();

  @Test
  void givesATokensTurnToOneThreadAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch go = new CountDownLatch(1);
    Future<?>[] all = new Future<?>[8];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          threads.submit(
              () -> {
                go.await();
                for (int j = 0; j < 200; j++) {
                  try (TokenTurns.Taken turn = turns.take("a")) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                  }
                }
                return null;
              });
    }
    go.countDown();
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdownNow();
    assertThat(most).hasValue(1);
    assertThat(turns.taken()).isZero();
  }

  @Test
  void letsNoTokenWaitForAnother() {
    try (TokenTurns.Taken one = turns.take("a");
        TokenTurns.Taken other = turns.take("b")) {
      assertThat(turns.taken()).isEqualTo(2);
    }
    assertThat(turns.taken()).isZero();
  }
}
