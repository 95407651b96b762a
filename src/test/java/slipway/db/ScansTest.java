package slipway.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import slipway.health.BusyException;

class ScansTest {
  @Test
  void letsNobodyWaitBehindTooMany() {
    Scans scans = new Scans(1, 0, Duration.ofDays(1));
    scans.begin();
    assertThatThrownBy(scans::begin).isInstanceOf(BusyException.class);
    scans.end();
    assertThatCode(scans::begin).doesNotThrowAnyException();
  }

  @Test
  void letsNobodyWaitForTooLong() {
    Scans scans = new Scans(1, 1, Duration.ofMillis(1));
    scans.begin();
    assertThatThrownBy(scans::begin).isInstanceOf(BusyException.class);
  }
}
