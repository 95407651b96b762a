package slipway.rendition;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The progress of the running conversions, and whether there is disk space for them. For many
 * threads.
 */
final class ConversionProgress {
  private final Map<String, Double> done = new ConcurrentHashMap<>();
  private final FreeRoom room;

  ConversionProgress(FreeRoom room) {
    this.room = room;
  }

  /** The room for them. */
  FreeRoom room() {
    return room;
  }

  void is(String mediaKey, double part) {
    done.put(mediaKey, part);
  }

  void end(String mediaKey) {
    done.remove(mediaKey);
  }

  /** From 0 to 1; 0 of a file that is not converted now. */
  double of(String mediaKey) {
    return done.getOrDefault(mediaKey, 0.0);
  }
}
