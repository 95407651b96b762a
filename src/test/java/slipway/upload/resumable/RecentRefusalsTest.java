package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import slipway.upload.UploadRefusedException;

/** What is kept of refused uploads has a bound, which no requests' memory counts. */
class RecentRefusalsTest {
  @Test
  void areForgottenWhereThereAreTwoThousandNewerOnes() {
    RecentRefusals refusals = new RecentRefusals();
    for (int number = 0; number <= 2_000; number++) {
      refusals.add("id" + number, UploadRefusedException.empty());
    }
    assertThatCode(() -> refusals.check("id0")).doesNotThrowAnyException();
    for (String id : new String[] {"id1", "id2000"}) {
      assertThatThrownBy(() -> refusals.check(id)).isInstanceOf(UploadRefusedException.class);
    }
  }
}
