package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodySlotsTest {
  private final BodySlots slots = new BodySlots(3, 2);

  @Test
  void hasSoManyInAllAndForOneAddress() {
    BodySlots six = new BodySlots(6, 2);
    Optional<BodySlots.Slot> first = six.enter("a");
    assertThat(first).isPresent();
    assertThat(six.enter("a")).isPresent();
    assertThat(six.enter("a")).isEmpty();
    for (String other : List.of("b", "b", "c", "d")) {
      assertThat(six.enter(other)).isPresent();
    }
    assertThat(six.enter("e")).isEmpty();
    first.get().close();
    assertThat(six.enter("e")).isPresent();
  }

  @Test
  void leavesPlacesForOthersHoweverManyTwoAddressesTake() {
    BodySlots twenty = new BodySlots(20, 10);
    for (int i = 0; i < 100; i++) {
      twenty.enter("a");
      twenty.enter("b");
    }
    assertThat(twenty.enter("c")).isPresent();
    assertThat(twenty.enter("d")).isPresent();
  }

  @Test
  void keepsThoseOfKeysForKeys() {
    for (int i = 0; i < 10; i++) {
      slots.enter("a" + i);
    }
    assertThat(slots.enter()).isPresent();
    assertThat(slots.enter()).isPresent();
    assertThat(slots.enter()).isPresent();
    assertThat(slots.enter()).isEmpty();
  }
}
