package slipway.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairShareTest {
  /** Takes all that an address gets, one by one. */
  private static int greedy(FairShare share, String address) {
    int got = 0;
    while (share.claim(address, 1)) {
      got++;
    }
    return got;
  }

  @Test
  void givesEachGreedyAddressHalfOfWhatIsFree() {
    FairShare share = new FairShare(() -> 160, 1000, 0);
    assertThat(greedy(share, "a")).isEqualTo(80);
    assertThat(greedy(share, "b")).isEqualTo(40);
    assertThat(greedy(share, "c")).isEqualTo(20);
    assertThat(greedy(share, "a")).isZero();
    assertThat(share.used()).isEqualTo(140);
    share.release("a", 80);
    assertThat(greedy(share, "a")).isEqualTo(50);
  }

  @Test
  void givesEveryAddressItsLeastWhileThereIsAny() {
    FairShare share = new FairShare(() -> 3, 1000, 1);
    assertThat(greedy(share, "a")).isEqualTo(1);
    assertThat(greedy(share, "b")).isEqualTo(1);
    assertThat(greedy(share, "c")).isEqualTo(1);
    assertThat(share.isFull()).isTrue();
    assertThat(greedy(share, "d")).isZero();
  }

  @Test
  void holdsAnAddressToItsOwnBound() {
    FairShare share = new FairShare(() -> 100, 7, 1);
    assertThat(greedy(share, "a")).isEqualTo(7);
    assertThat(share.fits("b", 8)).isFalse();
    assertThat(share.fits("b", 7)).isTrue();
    assertThat(share.used()).isEqualTo(7);
  }
}
