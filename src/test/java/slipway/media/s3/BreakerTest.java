package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import slipway.media.MediaAwayException;

class BreakerTest {
  private long now = Long.MAX_VALUE - 1_000_000_000;
  private final Breaker breaker = new Breaker(() -> now);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  @Test
  void letsAllPassUntilManyHaveFailedInARow() throws MediaAwayException {
    fail(19);
    breaker.check();
    breaker.succeeded();
    fail(19);
    breaker.check();
    breaker.failed();
    assertThatThrownBy(breaker::check).isInstanceOf(MediaAwayException.class);
  }

  @Test
  void letsOneTryNowAndThenUntilItSucceeds() throws MediaAwayException {
    fail(20);
    now += Duration.ofSeconds(6).toNanos();
    breaker.check();
    assertThatThrownBy(breaker::check).isInstanceOf(MediaAwayException.class);
    breaker.failed();
    now += Duration.ofSeconds(4).toNanos();
    assertThatThrownBy(breaker::check).isInstanceOf(MediaAwayException.class);
    now += Duration.ofSeconds(2).toNanos();
    breaker.check();
    breaker.succeeded();
    assertThatCode(breaker::check).doesNotThrowAnyException();
  }
}
