package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import slipway.http.limit.RequestMemory.Lease;

class RequestMemoryTest {
  private static final long FREE = RequestMemory.FREE_BYTES;

  private final RequestMemory memory = new RequestMemory(1000);

  @Test
  void readsSmallRequestsHoweverFullItIs() {
    memory.lease("a").take(FREE + 500);
    memory.lease("b").take(FREE + 500);
    memory.lease("a").take(FREE);
    assertFull(memory.lease("c"), FREE + 1);
    assertThat(memory.held()).isEqualTo(1000);
  }

  @Test
  void leavesHalfOfItToOtherAddresses() {
    Lease own = memory.lease("a");
    own.take(FREE + 400);
    assertFull(memory.lease("a"), FREE + 101);
    memory.lease("b").take(FREE + 500);
    own.take(100);
  }

  @Test
  void getsBackAllThatARequestHasTakenOnce() {
    Lease lease = memory.lease("a");
    lease.take(FREE - 10);
    lease.take(110);
    assertFull(lease, 401);
    assertThat(memory.held()).isEqualTo(100);
    lease.close();
    lease.close();
    lease.take(FREE + 10_000);
    assertThat(memory.held()).isZero();
    memory.lease("a").take(FREE + 500);
  }

  private static void assertFull(Lease lease, long bytes) {
    assertThatThrownBy(() -> lease.take(bytes)).isInstanceOf(MemoryFullException.class);
  }
}
