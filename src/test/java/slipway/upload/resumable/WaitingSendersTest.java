package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingSendersTest {
  private final WaitingSenders waiting = new WaitingSenders(32, 4);

  @Test
  void noAddressTakesAllPlaces() {
    for (int i = 0; i < 4; i++) {
      assertThat(waiting.begin("one")).isTrue();
    }
    assertThat(waiting.begin("one")).isFalse();
    assertThat(waiting.begin("other")).isTrue();
    waiting.end("one");
    assertThat(waiting.begin("one")).isTrue();
  }

  @Test
  void soManyWaitAtATime() {
    for (int i = 0; i < 32; i++) {
      assertThat(waiting.begin("address " + i)).isTrue();
    }
    assertThat(waiting.begin("another")).isFalse();
    waiting.end("address 0");
    assertThat(waiting.begin("another")).isTrue();
  }
}
