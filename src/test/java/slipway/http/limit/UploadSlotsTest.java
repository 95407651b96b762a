package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.http.limit.UploadSlots.Refusal;

class UploadSlotsTest {
  @Test
  void refusesWhatIsTooMuchForTheServerOrForOneAddress() {
    UploadSlots slots = new UploadSlots(4, 2);
    assertThat(slots.enter("a", false)).isEmpty();
    assertThat(slots.enter("a", false)).isEmpty();
    assertThat(slots.enter("a", false)).contains(Refusal.ADDRESS_FULL);
    assertThat(slots.enter("b", false)).isEmpty();
    assertThat(slots.enter("c", false)).isEmpty();
    assertThat(slots.enter("d", false)).contains(Refusal.SERVER_FULL);
    slots.leave("a", false);
    assertThat(slots.enter("d", false)).isEmpty();
    assertThat(slots.running()).isEqualTo(4);
  }

  @Test
  void leavesPlacesForOthersHoweverManyTwoAddressesTake() {
    UploadSlots slots = new UploadSlots(150, 100);
    for (int i = 0; i < 200; i++) {
      slots.enter("a", false);
      slots.enter("b", false);
    }
    assertThat(slots.enter("b", false)).contains(Refusal.ADDRESS_FULL);
    for (int i = 0; i < 10; i++) {
      assertThat(slots.enter("c", false)).isEmpty();
    }
  }

  @Test
  void keepsAFifthForKeys() {
    UploadSlots slots = new UploadSlots(10, 0);
    for (int i = 0; i < 10; i++) {
      slots.enter("a" + i, false);
    }
    assertThat(slots.enter("b", false)).contains(Refusal.SERVER_FULL);
    assertThat(slots.enter()).isEmpty();
    assertThat(slots.enter()).isEmpty();
    assertThat(slots.enter()).contains(Refusal.SERVER_FULL);
    slots.leave("a0", false);
    assertThat(slots.enter()).isEmpty();
    assertThat(slots.enter("b", false)).contains(Refusal.SERVER_FULL);
    slots.leave();
    assertThat(slots.enter("b", false)).isEmpty();
    assertThat(slots.running()).isEqualTo(10);
  }

  @Test
  void countsNothingForWhatItRefused() {
    UploadSlots slots = new UploadSlots(10, 1);
    slots.enter("a", false);
    slots.enter("a", false);
    slots.leave("a", false);
    assertThat(slots.running()).isZero();
    assertThat(slots.enter("a", false)).isEmpty();
  }

  @Test
  void leavesThreadsOfAPoolToOthersWhenNotSaidHowMany() {
    UploadSlots slots = new UploadSlots(0, 0);
    for (int i = 0; i < 112; i++) {
      assertThat(slots.enter("a" + i, false)).isEmpty();
    }
    assertThat(slots.enter("b", false)).contains(Refusal.SERVER_FULL);
  }

  @Test
  void takesNoMoreThanTheHeapBearsWhenNotSaidHowMany() {
    UploadSlots slots = new UploadSlots(0, 0, 20L * UploadSlots.HEAP_BYTES_PER_UPLOAD);
    for (int i = 0; i < 16; i++) {
      assertThat(slots.enter("a" + i, false)).isEmpty();
    }
    assertThat(slots.enter("b", false)).contains(Refusal.SERVER_FULL);
    UploadSlots tiny = new UploadSlots(0, 0, 1);
    assertThat(tiny.enter()).isEmpty();
    assertThat(tiny.enter()).contains(Refusal.SERVER_FULL);
  }

  @Test
  void givesBodiesInChunksOfStrangersAHalfOfTheirs() {
    UploadSlots slots = new UploadSlots(10, 0);
    for (int i = 0; i < 4; i++) {
      assertThat(slots.enter("a" + i, true)).isEmpty();
    }
    assertThat(slots.enter("b", true)).contains(Refusal.SERVER_FULL);
    for (int i = 0; i < 4; i++) {
      assertThat(slots.enter("c" + i, false)).isEmpty();
    }
    assertThat(slots.enter("b", false)).contains(Refusal.SERVER_FULL);
    assertThat(slots.running()).isEqualTo(8);
    slots.leave("a0", true);
    assertThat(slots.enter("b", true)).isEmpty();
  }

  @Test
  void sharesThemAmongAddresses() {
    UploadSlots slots = new UploadSlots(100, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(slots.enter("a", true)).isEmpty();
    }
    assertThat(slots.enter("a", true)).contains(Refusal.ADDRESS_FULL);
    assertThat(slots.enter("b", true)).isEmpty();
    assertThat(slots.enter("a", false)).isEmpty();
  }
}
