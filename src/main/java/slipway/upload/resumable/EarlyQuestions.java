package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who asked for chunks of uploads that have not begun: clients ask for the first chunks before they
 * send one. Of too many, the oldest of the token with most are forgotten, so that no token's
 * questions push out another's.
 */
final class EarlyQuestions {
  private static final int MOST = 1000;

  @GuardedBy("this")
  private final Map<String, Map<UploadKey, Contributors>> byToken = new LinkedHashMap<>();

  @GuardedBy("this")
  private int count;

  /** Those about the upload of that key. */
  synchronized Contributors of(UploadKey key) {
    Contributors known = byToken.getOrDefault(key.token(), Map.of()).get(key);
    if (known != null) {
      return known;
    }
    Contributors asked = new Contributors();
    giveBack(key, asked);
    return asked;
  }

  /** Keeps those about an upload that has ended before a byte of it came. */
  synchronized void giveBack(UploadKey key, Contributors asked) {
    Contributors before =
        byToken.computeIfAbsent(key.token(), token -> new LinkedHashMap<>()).put(key, asked);
    count += before == null ? 1 : 0;
    if (count > MOST) {
      forgetOne();
    }
  }

  @GuardedBy("this")
  private void forgetOne() {
    Map<UploadKey, Contributors> most =
        byToken.values().stream().max(Comparator.comparingInt(Map::size)).orElseThrow();
    Iterator<UploadKey> oldest = most.keySet().iterator();
    remove(oldest.next());
  }

  /** The same, for the upload that begins. */
  synchronized Contributors take(UploadKey key) {
    Contributors early = remove(key);
    return early == null ? new Contributors() : early;
  }

  @GuardedBy("this")
  private Contributors remove(UploadKey key) {
    Map<UploadKey, Contributors> own = byToken.getOrDefault(key.token(), Map.of());
    Contributors removed = own.isEmpty() ? null : own.remove(key);
    if (removed != null) {
      count--;
      if (own.isEmpty()) {
        byToken.remove(key.token());
      }
    }
    return removed;
  }
}
