package slipway.media.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureTimeTest {
  private Optional<Duration> processor = Optional.of(Duration.ofHours(1));
  private long nanos;
  private final PictureTime time =
      new PictureTime(Duration.ofSeconds(20), () -> processor, () -> nanos);

  private void pass(int processorSeconds, int seconds) {
    processor = processor.map(before -> before.plusSeconds(processorSeconds));
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  private boolean requestIsTooLong(int processorSeconds, int seconds) {
    time.beginRequest();
    pass(processorSeconds, seconds);
    boolean isUsedUp = time.isUsedUp();
    time.endRequest();
    return isUsedUp;
  }

  @Test
  void isThatOfAllRequestsForOnePicture() {
    time.beginPicture();
    assertThat(requestIsTooLong(12, 12)).isFalse();
    assertThat(requestIsTooLong(7, 7)).isFalse();
    assertThat(requestIsTooLong(1, 1)).isTrue();
    time.beginPicture();
    assertThat(requestIsTooLong(12, 12)).isFalse();
  }

  @Test
  void doesNotRunBetweenRequests() {
    time.beginPicture();
    assertThat(requestIsTooLong(12, 12)).isFalse();
    pass(60, 600);
    assertThat(requestIsTooLong(7, 7)).isFalse();
  }

  @Test
  void isFiveTimesAsLongByTheClock() {
    time.beginPicture();
    assertThat(requestIsTooLong(1, 99)).isFalse();
    assertThat(requestIsTooLong(0, 1)).isTrue();
  }

  /**
   * What earlier pictures took is not charged where the first look fails, and the next does not.
   */
  @Test
  void goesByTheClockWhereTheProcessorsIsNotKnown() {
    time.beginPicture();
    processor = Optional.empty();
    time.beginRequest();
    pass(0, 5);
    processor = Optional.of(Duration.ofHours(1));
    assertThat(time.isUsedUp()).isFalse();
    processor = Optional.empty();
    pass(0, 15);
    assertThat(time.isUsedUp()).isTrue();
  }

  @Test
  void looksAgainBeforeTheRestCanBeUsedUp() {
    time.beginPicture();
    time.beginRequest();
    assertThat(time.untilNextLook()).isEqualTo(Duration.ofSeconds(5));
    pass(18, 18);
    assertThat(time.isUsedUp()).isFalse();
    assertThat(time.untilNextLook()).isEqualTo(Duration.ofSeconds(2));
  }
}
