package slipway.media;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that this process has assigned or was asked for. For all other names, uploads and
 * deletions are over. For many threads.
 */
final class NamesInUse {
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private volatile boolean open = true;

  /** Takes note of a name before its file is made or moved. */
  void add(String name) {
    if (open) {
      names.add(name);
    }
  }

  /** Notes that a name is no longer needed. */
  void remove(String name) {
    names.remove(name);
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** Notes that names are no longer needed at all. */
  void end() {
    open = false;
    names.clear();
  }
}
