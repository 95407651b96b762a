package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.http.limit.UploadSlots.Refusal;

class UploadSlotsTest {
  @Test
  void refusesWhatIsTooMuchForTheServerOrForOneAddress() {
    UploadSlots slots = new UploadSlots(3, 2);
    assertThat(slots.enter("a")).isEmpty();
    assertThat(slots.enter("a")).isEmpty();
    assertThat(slots.enter("a")).contains(Refusal.ADDRESS_FULL);
    assertThat(slots.enter("b")).isEmpty();
    assertThat(slots.enter("c")).contains(Refusal.SERVER_FULL);
    slots.leave("a");
    assertThat(slots.enter("c")).isEmpty();
    assertThat(slots.running()).isEqualTo(3);
  }

  @Test
  void countsNothingForWhatItRefused() {
    UploadSlots slots = new UploadSlots(10, 1);
    slots.enter("a");
    slots.enter("a");
    slots.leave("a");
    assertThat(slots.running()).isZero();
    assertThat(slots.enter("a")).isEmpty();
  }

  @Test
  void leavesThreadsOfAPoolToOthersWhenNotSaidHowMany() {
    UploadSlots slots = new UploadSlots(0, 0);
    for (int i = 0; i < 150; i++) {
      assertThat(slots.enter("a")).isEmpty();
    }
    assertThat(slots.enter("a")).contains(Refusal.SERVER_FULL);
  }
}
