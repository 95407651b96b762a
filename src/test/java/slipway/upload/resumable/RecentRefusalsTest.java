package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import slipway.upload.UploadRefusedException;

/** What is kept of refused uploads has a bound, which no requests' memory counts. */
class RecentRefusalsTest {
  private static UploadKey key(int number) {
    return new UploadKey("token", number + "x".repeat(1_000), 1);
  }

  @Test
  void areForgottenWhereThereAreTwoThousandNewerOnes() {
    RecentRefusals refusals = new RecentRefusals();
    for (int number = 0; number <= 2_000; number++) {
      refusals.add(key(number), UploadRefusedException.empty());
    }
    assertThatCode(() -> refusals.check(key(0))).doesNotThrowAnyException();
    for (int number : new int[] {1, 2_000}) {
      assertThatThrownBy(() -> refusals.check(key(number)))
          .isInstanceOf(UploadRefusedException.class);
    }
  }
}
