package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import slipway.token.UploadToken;

/**
 * Which uploads have ended, removed or as photos: their clients may have been told about bytes, and
 * continue though no row describes them any more. In memory only, so that any of a token that is
 * older than this may have. For many threads.
 */
final class EndedUploads {
  private static final int MOST_TOKENS = 2_000;

  /** Of a token with more, any upload may have ended. */
  private static final int MOST_OF_TOKEN = 50;

  /**
   * Those of a token.
   *
   * @param hashes of their keys, as identifiers may be long
   */
  private record EndedOfToken(Instant issued, Set<Integer> hashes) {
    void add(UploadKey key) {
      if (hashes.size() <= MOST_OF_TOKEN) {
        hashes.add(key.hashCode());
      }
    }

    boolean mayInclude(UploadKey key) {
      return hashes.size() > MOST_OF_TOKEN || hashes.contains(key.hashCode());
    }
  }

  @GuardedBy("this")
  private final Map<String, EndedOfToken> byToken = new LinkedHashMap<>();

  @GuardedBy("this")
  private Instant since;

  /** None, of tokens that are issued from now on. */
  EndedUploads(Instant now) {
    this.since = now.truncatedTo(ChronoUnit.SECONDS); // No start takes less than a second.
  }

  /** Adds one; of too many, those of the first token are forgotten, and any of older tokens. */
  synchronized void add(UploadKey key, UploadToken token) {
    byToken
        .computeIfAbsent(token.id(), id -> new EndedOfToken(token.issued(), new HashSet<>()))
        .add(key);
    if (byToken.size() > MOST_TOKENS) {
      forgetFirst();
    }
  }

  @GuardedBy("this")
  private void forgetFirst() {
    Iterator<EndedOfToken> first = byToken.values().iterator();
    Instant after = first.next().issued().plusSeconds(1);
    first.remove();
    since = after.isAfter(since) ? after : since;
  }

  /** Whether an upload that begins now may be one that has ended. */
  synchronized boolean mayInclude(UploadKey key, UploadToken token) {
    EndedOfToken ended = byToken.get(token.id());
    return token.issued().isBefore(since) || (ended != null && ended.mayInclude(key));
  }
}
