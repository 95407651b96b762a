package slipway.scan;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import slipway.photo.ScanState;

/** What is reported about the scans. */
final class ScanMetrics {
  private static final Counter CLEAN = verdict(ScanState.CLEAN);
  private static final Counter INFECTED = verdict(ScanState.INFECTED);
  private static final Counter UNKNOWN = verdict(ScanState.UNKNOWN);

  private ScanMetrics() {}

  private static Counter verdict(ScanState state) {
    return Counter.builder("slipway.scans")
        .description("Scans for viruses by their verdict; unknown where there was none")
        .tag("verdict", state.id())
        .register(Metrics.globalRegistry);
  }

  static void gave(ScanState state) {
    switch (state) {
      case CLEAN -> CLEAN.increment();
      case INFECTED -> INFECTED.increment();
      default -> UNKNOWN.increment();
    }
  }
}
