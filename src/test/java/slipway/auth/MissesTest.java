package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissesTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final Misses misses = new Misses(nanos::get);

  @Test
  void areLookedForOnceASecondEach() {
    assertThat(misses.mayLook("a")).isTrue();
    assertThat(misses.mayLook("a")).isFalse();
    assertThat(misses.mayLook("b")).isTrue();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(misses.mayLook("a")).isTrue();
  }

  @Test
  void areFewInASecond() {
    assertThat(IntStream.range(0, 1000).filter(i -> misses.mayLook("key " + i)).count())
        .isEqualTo(Misses.MOST);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(misses.mayLook("another")).isTrue();
  }

  @Test
  void areLookedForAgainWhereTheDatabaseToldNothing() {
    misses.mayLook("a");
    misses.forget("a");
    assertThat(misses.mayLook("a")).isTrue();
  }
}
