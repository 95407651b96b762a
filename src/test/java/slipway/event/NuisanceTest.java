package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NuisanceTest {
  @Test
  void isNewsOnceUntilItHasNotFailedForAWhile() {
    AtomicLong nanos = new AtomicLong(5);
    Nuisance nuisance = new Nuisance(nanos::get);
    assertThat(nuisance.isNews()).isTrue();
    for (int i = 0; i < 10; i++) {
      nanos.addAndGet(Duration.ofSeconds(50).toNanos());
      assertThat(nuisance.isNews()).isFalse();
    }
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(nuisance.isNews()).isTrue();
  }
}
