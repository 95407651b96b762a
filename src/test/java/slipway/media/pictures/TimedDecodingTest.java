package slipway.media.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedDecodingTest {
  private static final Preview PREVIEW = new Preview(null, MediaFacts.NONE);

  @TempDir Path folder;
  private final TimedDecoding decoding =
      new TimedDecoding(Duration.ofMillis(200), Duration.ofMillis(50), 2);

  private static Preview never(CountDownLatch end) {
    while (true) {
      try {
        end.await();
        return PREVIEW;
      } catch (InterruptedException e) {
        // A decoder does not look at it.
      }
    }
  }

  @Test
  void givesWhatIsDecoded() throws Exception {
    assertThat(decoding.run(bound -> PREVIEW)).isSameAs(PREVIEW);
  }

  @Test
  void tellsWhatFailed() {
    assertThatThrownBy(() -> decoding.run(bound -> broken("as it is")))
        .isInstanceOf(NoPreviewException.class)
        .hasMessage("as it is");
    assertThatThrownBy(
            () ->
                decoding.run(
                    bound -> {
                      throw new OutOfMemoryError("as a test has it");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  private static Preview broken(String message) throws NoPreviewException {
    throw NoPreviewException.broken(message);
  }

  @Test
  void leavesAFewBehindThatDoNotEndAndBeginsNoMoreUntilTheyDo() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> decoding.run(bound -> never(end)))
          .isInstanceOf(NoPreviewException.class)
          .hasMessageContaining("longer to decode");
      if (i == 0) {
        assertThat(decoding.run(bound -> PREVIEW)).isSameAs(PREVIEW);
      }
    }
    assertThatThrownBy(() -> decoding.run(bound -> PREVIEW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 decodings");
    end.countDown();
    while (true) {
      try {
        assertThat(decoding.run(bound -> PREVIEW)).isSameAs(PREVIEW);
        return;
      } catch (IOException e) {
        Thread.sleep(10);
      }
    }
  }

  /** As a decoder does that reads a small file over and over. */
  @Test
  void endsOneThatReads() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[1000]);
    CountDownLatch ended = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                decoding.run(
                    bound -> {
                      try (DecoderInput in = new DecoderInput(file, bound)) {
                        while (true) {
                          in.seek(0);
                          in.read();
                        }
                      } finally {
                        ended.countDown();
                      }
                    }))
        .isInstanceOf(NoPreviewException.class);
    ended.await();
  }
}
