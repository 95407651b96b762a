package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import slipway.token.UploadToken;

/**
 * Which uploads were removed with bytes that their clients had been told of: these may go on. In
 * memory only, so that anything may have been removed of a token that is older than this. For many
 * threads.
 */
final class RemovedUploads {
  /** Each may hold 4 KiB, by the longest identifier. */
  private static final int MOST = 2_000;

  @GuardedBy("this")
  private final Set<UploadKey> removed = new HashSet<>();

  @GuardedBy("this")
  private Instant since;

  /** None, of tokens that are issued from now on. */
  RemovedUploads(Instant now) {
    this.since = now.truncatedTo(ChronoUnit.SECONDS); // No start takes less than a second.
  }

  /** Adds one; of too many, all are forgotten. */
  synchronized void add(UploadKey key, Instant now) {
    if (removed.size() == MOST) {
      removed.clear();
      since = now;
    }
    removed.add(key);
  }

  /** Whether an upload that begins now may have been removed before. */
  synchronized boolean mayInclude(UploadKey key, UploadToken token) {
    return token.issued().isBefore(since) || removed.contains(key);
  }
}
