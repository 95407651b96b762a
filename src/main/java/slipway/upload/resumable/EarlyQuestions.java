package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who asked for chunks of uploads that have not begun: clients ask for the first chunks before they
 * send one. The oldest are forgotten.
 */
final class EarlyQuestions {
  private static final int MOST = 1000;

  @GuardedBy("this")
  private final Map<UploadKey, Vouched> questions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadKey, Vouched> eldest) {
          return size() > MOST;
        }
      };

  /** Those about the upload of that key. */
  synchronized Vouched of(UploadKey key) {
    return questions.computeIfAbsent(key, one -> new Vouched(one.size()));
  }

  /** The same, for the upload that begins. */
  synchronized Vouched take(UploadKey key) {
    Vouched early = questions.remove(key);
    return early == null ? new Vouched(key.size()) : early;
  }
}
