package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.upload.UploadRefusedException;

/**
 * Why uploads were refused that their clients gave no other name than their ids, so that who comes
 * with more is told that. The oldest are forgotten.
 */
final class RecentRefusals {
  private static final int MOST = 2_000;

  @GuardedBy("this")
  private final Map<String, UploadRefusedException> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UploadRefusedException> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(String id, UploadRefusedException why) {
    byId.put(id, why);
  }

  /** Throws the refusal of that upload, if there is one. */
  void check(String id) throws UploadRefusedException {
    UploadRefusedException why = of(id);
    if (why != null) {
      throw why;
    }
  }

  private synchronized UploadRefusedException of(String id) {
    return byId.get(id);
  }
}
