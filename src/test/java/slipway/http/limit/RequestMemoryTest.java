package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import slipway.http.limit.RequestMemory.Lease;

class RequestMemoryTest {
  private static final long FREE = RequestMemory.FREE_BYTES;

  private final RequestMemory memory = new RequestMemory(1200);

  private Lease lease(String address) {
    return memory.lease(address, () -> false);
  }

  private Lease known() {
    return memory.lease("a", () -> true);
  }

  @Test
  void readsSmallRequestsHoweverFullItIs() {
    known().take(FREE + 1200);
    lease("a").take(FREE);
    assertFull(lease("c"), FREE + 1);
    assertThat(memory.held()).isEqualTo(1200);
  }

  @Test
  void leavesMemoryToOtherAddressesHoweverMuchTwoTake() {
    Lease own = lease("a");
    own.take(FREE + 400);
    assertFull(lease("a"), FREE + 51);
    lease("b").take(FREE + 250);
    assertFull(lease("b"), FREE + 1);
    lease("c").take(FREE + 125);
    own.take(0);
  }

  @Test
  void keepsAQuarterForKeys() {
    for (int i = 0; i < 30; i++) {
      Lease next = lease("a" + i);
      try {
        next.take(FREE + Math.max(1, (900 - memory.held()) / 2));
      } catch (MemoryFullException e) {
        next.close();
      }
    }
    assertThat(memory.held()).isBetween(890L, 900L);
    known().take(FREE + 300);
    assertFull(known(), FREE + 11);
  }

  /** Which may take a look at the database, for which all others would wait. */
  @Test
  void asksForTheKeyWhileOthersMayTake() {
    AtomicBoolean holds = new AtomicBoolean();
    BooleanSupplier key =
        () -> {
          holds.set(Thread.holdsLock(memory));
          return true;
        };
    Lease lease = memory.lease("a", key);
    lease.take(FREE + 100);
    assertThat(holds).isFalse();
  }

  @Test
  void isHeldUntilTheAnswerIsSent() {
    Lease lease = lease("a");
    lease.take(FREE + 100);
    lease.hold();
    lease.close();
    lease.take(50);
    assertThat(memory.held()).isEqualTo(150);
    lease.close();
    assertThat(memory.held()).isZero();
  }

  @Test
  void getsBackAllThatARequestHasTakenOnce() {
    for (Lease lease : new Lease[] {lease("a"), known()}) {
      lease.take(FREE - 10);
      lease.take(110);
      assertFull(lease, 2000);
      assertThat(memory.held()).isEqualTo(100);
      lease.close();
      lease.close();
      lease.take(FREE + 10_000);
      assertThat(memory.held()).isZero();
    }
    lease("a").take(FREE + 450);
  }

  private static void assertFull(Lease lease, long bytes) {
    assertThatThrownBy(() -> lease.take(bytes)).isInstanceOf(MemoryFullException.class);
  }
}
