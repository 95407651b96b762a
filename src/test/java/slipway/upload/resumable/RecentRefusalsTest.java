package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import slipway.upload.UploadRefusedException;

/** What is kept of refused uploads has a bound, which no requests' memory counts. */
class RecentRefusalsTest {
  private static UploadKey key(int number) {
    return new UploadKey("token", number + "x".repeat(1_000), 1);
  }

  @Test
  void areForgottenWhereThereAreTwoThousandNewerOnes() {
    RecentRefusals refusals = new RecentRefusals(() -> 0);
    for (int number = 0; number <= 2_000; number++) {
      refusals.add(key(number), UploadRefusedException.empty());
    }
    assertThatCode(() -> refusals.check(key(0))).doesNotThrowAnyException();
    for (int number : new int[] {1, 2_000}) {
      assertThatThrownBy(() -> refusals.check(key(number)))
          .isInstanceOf(UploadRefusedException.class);
    }
  }

  @Test
  void letAFirstPieceBeginAnewAfterAMinute() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    RecentRefusals refusals = new RecentRefusals(nanos::get);
    refusals.add(key(1), UploadRefusedException.otherFile());
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    refusals.forgetOld(key(1));
    assertThatThrownBy(() -> refusals.check(key(1))).isInstanceOf(UploadRefusedException.class);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThatThrownBy(() -> refusals.check(key(1)))
        .as("pieces that are none of a new file")
        .isInstanceOf(UploadRefusedException.class);
    refusals.forgetOld(key(1));
    assertThatCode(() -> refusals.check(key(1))).doesNotThrowAnyException();
  }
}
