package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodySlotsTest {
  private final BodySlots slots = new BodySlots(3, 2);

  @Test
  void hasSoManyInAllAndForOneAddress() {
    Optional<BodySlots.Slot> first = slots.enter("a");
    assertThat(first).isPresent();
    assertThat(slots.enter("a")).isPresent();
    assertThat(slots.enter("a")).isEmpty();
    assertThat(slots.enter("b")).isPresent();
    assertThat(slots.enter("c")).isEmpty();
    first.get().close();
    assertThat(slots.enter("c")).isPresent();
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
