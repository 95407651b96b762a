package slipway.media;

import java.io.IOException;
import java.util.Optional;

/**
 * Whether the place of the kept files is the one that was opened: it still shows its identity. As
 * long as it does not, for example when a disk is not mounted, no file in it is missing for sure.
 * For many threads.
 */
@FunctionalInterface
public interface MediaPresence {
  /** Whether it is there, as far as can be told now. */
  boolean isThere();

  /** That of a place which is opened now, with its identity. */
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
