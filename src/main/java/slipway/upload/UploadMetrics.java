package slipway.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What is reported about the uploads. */
final class UploadMetrics {
  private static final Counter STORED = outcome("stored");
  private static final Counter REFUSED = outcome("refused");
  private static final Counter UNFINISHED = outcome("unfinished");
  private static final Counter BYTES =
      Counter.builder("slipway.upload.bytes")
          .baseUnit("bytes")
          .description("Bytes of stored files")
          .register(Metrics.globalRegistry);
  private static final Timer TIME =
      Timer.builder("slipway.upload")
          .description("Time of a form from its first byte until the photo is durable")
          .register(Metrics.globalRegistry);

  private UploadMetrics() {}

  private static Counter outcome(String outcome) {
    return Counter.builder("slipway.uploads")
        .description("Uploads by what came of them")
        .tag("outcome", outcome)
        .register(Metrics.globalRegistry);
  }

  /** A photo was made, by whichever way its file arrived. */
  static void stored(long bytes) {
    STORED.increment();
    BYTES.increment((double) bytes);
  }

  static void refused() {
    REFUSED.increment();
  }

  /** The visitor left, or the file could not be stored. */
  static void unfinished() {
    UNFINISHED.increment();
  }

  static void took(long nanos) {
    TIME.record(nanos, TimeUnit.NANOSECONDS);
  }
}
