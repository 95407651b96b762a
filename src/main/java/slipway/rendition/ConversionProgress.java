package slipway.rendition;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far the conversions under way are, and whether there is room for them. For many threads. */
final class ConversionProgress {
  private final Map<String, Double> done = new ConcurrentHashMap<>();
  private final WebVideos.FreeRoom room;

  ConversionProgress(WebVideos.FreeRoom room) {
    this.room = room;
  }

  /**
   * Looks whether there is room.
   *
   * @param bytes that are to be written
   * @throws IOException when there is none, which says so as the system does
   */
  void checkRoom(long bytes) throws IOException {
    if (room.bytes() <= bytes) {
      throw new IOException("No space left on device but what must stay free");
    }
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
