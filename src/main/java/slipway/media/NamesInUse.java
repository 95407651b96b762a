package slipway.media;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that this process has given out or was asked for. Of what has another name, the uploads
 * and deletions are over. For many threads.
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

  /** Says that nobody asks for a name any more. */
  void remove(String name) {
    names.remove(name);
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** Says that nobody asks any more: names need not be noted. */
  void end() {
    open = false;
    names.clear();
  }
}
