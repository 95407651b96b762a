package slipway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NuisanceTest {
  private final AtomicLong nanos = new AtomicLong(5);
  private final Nuisance nuisance = new Nuisance(nanos::get);

  @Test
  void isNewsOnceUntilItHasNotFailedForAWhile() {
    assertThat(nuisance.isNews(new IOException("first"))).isTrue();
    for (int i = 0; i < 10; i++) {
      nanos.addAndGet(Duration.ofSeconds(50).toNanos());
      assertThat(nuisance.isNews(new IOException("again"))).isFalse();
    }
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(nuisance.isNews(new IOException("later"))).isTrue();
  }

  @Test
  void isNewsOnceOfEachKind() {
    assertThat(nuisance.isNews(new IOException("first"))).isTrue();
    assertThat(nuisance.isNews(new BusyException("another"))).isTrue();
    assertThat(nuisance.isNews(new IOException("again"))).isFalse();
    assertThat(nuisance.isNews(new BusyException("again"))).isFalse();
  }
}
