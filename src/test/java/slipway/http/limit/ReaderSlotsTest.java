package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import slipway.http.limit.BodySlots.Slot;

class ReaderSlotsTest {
  private final List<Slot> taken = new ArrayList<>();

  private int most(Supplier<Optional<Slot>> source) {
    int count = 0;
    for (Optional<Slot> slot = source.get(); slot.isPresent(); slot = source.get()) {
      taken.add(slot.get());
      count++;
    }
    return count;
  }

  @Test
  void leaveThreadsToOtherAddresses() {
    ReaderSlots slots = new ReaderSlots(10, 0);
    assertThat(most(() -> slots.withThread("a"))).isEqualTo(5);
    assertThat(most(() -> slots.withThread("b"))).isEqualTo(2);
    taken.forEach(Slot::close);
    assertThat(most(() -> slots.withThread("b"))).isEqualTo(5);
  }

  @Test
  void areSharedByAddressesAndKeepAPartForKeys() {
    ReaderSlots slots = new ReaderSlots(20, 4);
    assertThat(most(() -> slots.late("a", () -> false))).isEqualTo(4);
    assertThat(most(() -> slots.late("b", () -> false))).isEqualTo(4);
    for (char address = 'c'; address < 'z'; address++) {
      String of = String.valueOf(address);
      most(() -> slots.late(of, () -> false));
    }
    assertThat(slots.late()).isEqualTo(16);
    assertThat(most(() -> slots.late("a", () -> true))).isEqualTo(4);
    assertThat(slots.late("d", () -> true)).isEmpty();
    taken.forEach(Slot::close);
    assertThat(slots.late()).isZero();
    assertThat(most(() -> slots.late("a", () -> true))).isEqualTo(20);
  }
}
