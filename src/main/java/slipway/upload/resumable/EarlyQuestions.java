package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Who asked for chunks of uploads that have not begun: clients ask for the first chunks before they
 * send one. Of too many, the oldest of the token with most are forgotten, so that no token's
 * questions push out another's.
 */
final class EarlyQuestions {
  private static final int MOST = 1000;

  /** Each takes a thread of the container for some seconds. */
  private static final int MOST_WAITING = 32;

  /** Of all uploads. */
  private final Semaphore waits = new Semaphore(MOST_WAITING);

  @GuardedBy("this")
  private final Map<String, Map<UploadKey, Vouched>> byToken = new LinkedHashMap<>();

  @GuardedBy("this")
  private int count;

  /** Those about the upload of that key. */
  synchronized Vouched of(UploadKey key) {
    Vouched known = byToken.getOrDefault(key.token(), Map.of()).get(key);
    if (known != null) {
      return known;
    }
    Vouched asked = new Vouched(key.size(), waits);
    giveBack(key, asked);
    return asked;
  }

  /** Keeps those about an upload that has ended before a byte of it came. */
  synchronized void giveBack(UploadKey key, Vouched asked) {
    Vouched before =
        byToken.computeIfAbsent(key.token(), token -> new LinkedHashMap<>()).put(key, asked);
    count += before == null ? 1 : 0;
    if (count > MOST) {
      forgetOne();
    }
  }

  @GuardedBy("this")
  private void forgetOne() {
    Map<UploadKey, Vouched> most =
        byToken.values().stream().max(Comparator.comparingInt(Map::size)).orElseThrow();
    Iterator<UploadKey> oldest = most.keySet().iterator();
    remove(oldest.next());
  }

  /** The same, for the upload that begins. */
  synchronized Vouched take(UploadKey key) {
    Vouched early = remove(key);
    return early == null ? new Vouched(key.size(), waits) : early;
  }

  @GuardedBy("this")
  private Vouched remove(UploadKey key) {
    Map<UploadKey, Vouched> own = byToken.getOrDefault(key.token(), Map.of());
    Vouched removed = own.isEmpty() ? null : own.remove(key);
    if (removed != null) {
      count--;
      if (own.isEmpty()) {
        byToken.remove(key.token());
      }
    }
    return removed;
  }
}
