package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger nodes = new AtomicInteger(1);

  private RateLimit perMinute(long count) {
    return new RateLimit(count, nodes::get, now::get);
  }

  @Test
  void givesAMinutesWorthAtOnceAndThenOneAfterTheOther() {
    RateLimit limit = perMinute(60);
    for (int i = 0; i < 60; i++) {
      assertThat(limit.take("a")).isZero();
    }
    assertThat(limit.take("a")).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(limit.take("a")).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void isFullAgainAfterAMinuteAndNotFuller() {
    RateLimit limit = perMinute(10);
    IntStream.range(0, 10).forEach(i -> limit.take("a"));
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(IntStream.range(0, 20).filter(i -> limit.take("a") == 0).count()).isEqualTo(10);
  }

  @Test
  void countsEachKeyAlone() {
    RateLimit limit = perMinute(1);
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isPositive();
    assertThat(limit.take("b")).isZero();
  }

  @Test
  void tellsTheWaitWithoutTaking() {
    RateLimit limit = perMinute(1);
    assertThat(limit.wait("a")).isZero();
    limit.take("a");
    assertThat(limit.wait("a")).isEqualTo(limit.wait("a")).isEqualTo(TimeUnit.MINUTES.toNanos(1));
  }

  @Test
  void letsRacersHaveNoMoreThanThereIs() {
    RateLimit limit = perMinute(1000);
    long got = IntStream.range(0, 5000).parallel().filter(i -> limit.take("a") == 0).count();
    assertThat(got).isEqualTo(1000);
  }

  @Test
  void forgetsTheKeysWhoseBucketIsFull() {
    RateLimit limit = perMinute(60);
    IntStream.range(0, 5000).forEach(limit::take);
    now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    IntStream.range(0, 5000).forEach(i -> limit.take("other"));
    assertThat(limit.keys()).isEqualTo(1);
  }

  @Test
  void takesZeroForNoLimit() {
    RateLimit limit = perMinute(0);
    assertThat(IntStream.range(0, 1000).allMatch(i -> limit.take("a") == 0)).isTrue();
    assertThat(limit.wait("a")).isZero();
  }

  @Test
  void givesItsPartWhereThereAreOtherNodes() {
    RateLimit limit = perMinute(12);
    nodes.set(3);
    assertThat(IntStream.range(0, 20).filter(i -> limit.take("a") == 0).count()).isEqualTo(4);
    assertThat(limit.wait("a")).isEqualTo(TimeUnit.SECONDS.toNanos(15));
    nodes.set(100);
    assertThat(limit.take("b")).as("one at least").isZero();
    assertThat(limit.take("b")).isEqualTo(TimeUnit.MINUTES.toNanos(1));
  }
}
