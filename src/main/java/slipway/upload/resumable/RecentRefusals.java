package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.upload.UploadRefusedException;

/**
 * Uploads that were refused for good, so that their pieces still on the way get the same answer
 * rather than begin the upload anew. The oldest are forgotten.
 */
final class RecentRefusals {
  /** Each may hold 4 KiB, by the longest identifier. */
  private static final int MOST = 2_000;

  @GuardedBy("this")
  private final Map<UploadKey, UploadRefusedException> refusals =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadKey, UploadRefusedException> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(UploadKey key, UploadRefusedException why) {
    refusals.put(key, why);
  }

  /** Throws the refusal of that upload, if there is one. */
  void check(UploadKey key) throws UploadRefusedException {
    refuse(of(key));
  }

  /** The same of one that its client gave no other name than its id. */
  void check(String id) throws UploadRefusedException {
    refuse(of(id));
  }

  private synchronized UploadRefusedException of(UploadKey key) {
    return refusals.get(key);
  }

  private synchronized UploadRefusedException of(String id) {
    return refusals.entrySet().stream()
        .filter(one -> one.getKey().identifier().equals(id))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static void refuse(UploadRefusedException why) throws UploadRefusedException {
    if (why != null) {
      throw why;
    }
  }
}
