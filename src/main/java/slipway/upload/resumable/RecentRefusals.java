package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import slipway.upload.UploadRefusedException;

/**
 * Uploads that were refused for good, so that their pieces still on the way get the same answer
 * rather than begin the upload again. The oldest are forgotten, and one of a minute does not keep a
 * first piece from starting over: of files in numbered pieces, phones name every one alike.
 */
final class RecentRefusals {
  /** Each may hold 4 KiB, by the longest identifier. */
  private static final int MOST = 2_000;

  private static final Duration STILL_ON_THE_WAY = Duration.ofMinutes(1);

  private record KnownRefusal(UploadRefusedException why, long nanos) {}

  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final Map<UploadKey, KnownRefusal> refusals =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadKey, KnownRefusal> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Knows none yet.
   *
   * @param nanoTime a clock that no one sets
   */
  RecentRefusals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized void add(UploadKey key, UploadRefusedException why) {
    refusals.put(key, new KnownRefusal(why, nanoTime.getAsLong()));
  }

  /** Has a first piece start over, once no other is on its way any more. */
  synchronized void forgetOld(UploadKey key) {
    KnownRefusal refusal = refusals.get(key);
    if (refusal != null && nanoTime.getAsLong() - refusal.nanos() >= STILL_ON_THE_WAY.toNanos()) {
      refusals.remove(key);
    }
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
    KnownRefusal refusal = refusals.get(key);
    return refusal == null ? null : refusal.why();
  }

  private synchronized UploadRefusedException of(String id) {
    return refusals.entrySet().stream()
        .filter(one -> one.getKey().identifier().equals(id))
        .map(one -> one.getValue().why())
        .findFirst()
        .orElse(null);
  }

  private static void refuse(UploadRefusedException why) throws UploadRefusedException {
    if (why != null) {
      throw why;
    }
  }
}
