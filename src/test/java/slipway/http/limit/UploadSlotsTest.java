package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.http.limit.UploadSlots.Refusal;

class UploadSlotsTest {
  @Test
  void refusesWhatIsTooMuchForTheServerOrForOneAddress() {
    UploadSlots slots = new UploadSlots(4, 2);
    assertThat(slots.enter("a")).isEmpty();
    assertThat(slots.enter("a")).isEmpty();
    assertThat(slots.enter("a")).contains(Refusal.ADDRESS_FULL);
    assertThat(slots.enter("b")).isEmpty();
    assertThat(slots.enter("c")).isEmpty();
    assertThat(slots.enter("d")).contains(Refusal.SERVER_FULL);
    slots.leave("a");
    assertThat(slots.enter("d")).isEmpty();
    assertThat(slots.running()).isEqualTo(4);
  }

  @Test
  void leavesPlacesForOthersHoweverManyTwoAddressesTake() {
    UploadSlots slots = new UploadSlots(150, 100);
    for (int i = 0; i < 200; i++) {
      slots.enter("a");
      slots.enter("b");
    }
    assertThat(slots.enter("b")).contains(Refusal.ADDRESS_FULL);
    for (int i = 0; i < 10; i++) {
      assertThat(slots.enter("c")).isEmpty();
    }
  }

  @Test
  void keepsAFifthForKeys() {
    UploadSlots slots = new UploadSlots(10, 0);
    for (int i = 0; i < 10; i++) {
      slots.enter("a" + i);
    }
    assertThat(slots.enter("b")).contains(Refusal.SERVER_FULL);
    assertThat(slots.enter()).isEmpty();
    assertThat(slots.enter()).isEmpty();
    assertThat(slots.enter()).contains(Refusal.SERVER_FULL);
    slots.leave("a0");
    assertThat(slots.enter()).isEmpty();
    assertThat(slots.enter("b")).contains(Refusal.SERVER_FULL);
    slots.leave();
    assertThat(slots.enter("b")).isEmpty();
    assertThat(slots.running()).isEqualTo(10);
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
    for (int i = 0; i < 112; i++) {
      assertThat(slots.enter("a" + i)).isEmpty();
    }
    assertThat(slots.enter("b")).contains(Refusal.SERVER_FULL);
  }
}
