package slipway.media;

import java.io.IOException;
import java.util.Optional;

/**
 * Tells whether the store of the kept files is still the one that was opened, by its identity. If
 * it is not, for example because a disk is not mounted, no file counts as missing. For many
 * threads.
 */
@FunctionalInterface
public interface MediaPresence {
  /** Whether it is present, as far as is known now. */
  boolean isThere();

  /** The presence of a place that is opened now, with its identity. */
  static MediaPresence of(MediaIdentity identity) throws IOException {
    Optional<String> opened = identity.read();
    return () -> {
      try {
        return identity.read().equals(opened);
      } catch (IOException e) {
        return false;
      }
    };
  }
}
