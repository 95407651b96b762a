package slipway.upload;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.details.Details;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * Uses of tokens for requests with an Idempotency-Key. Those with the same one are one upload, of
 * which one request at a time receives the file. A few others wait for its outcome; the rest are
 * told to try again. So a use never receives more than one file at a time.
 */
final class SharedUses {
  private static final int MOST_WAITING = 32;
  private static final int MOST_WAITING_OF_TOKEN = 4;

  private record Key(String token, String idempotencyKey) {}

  private final Map<Key, KeyRequests> running = new HashMap<>();
  private final Map<String, Integer> waitingByToken = new HashMap<>();
  private final TokenRegistry tokens;
  private final TokenPurpose purpose;
  private final Duration patience;
  private int waiting;

  /**
   * Uses of these tokens.
   *
   * @param patience how long a request waits for another with its key
   */
  SharedUses(TokenRegistry tokens, TokenPurpose purpose, Duration patience) {
    this.tokens = tokens;
    this.purpose = purpose;
    this.patience = patience;
  }

  /** Checks whether an earlier request with the same key has made the photo. */
  @FunctionalInterface
  interface Repeat {
    boolean isOne() throws UploadRefusedException;
  }

  /**
   * Takes a use of the token, once no other request with the same key has one.
   *
   * @param repeat evaluated then
   * @return empty when this is a repeat
   * @throws UploadLaterException when the other still runs after a while, or too many wait
   */
  Optional<TokenUse> reserve(String token, String idempotencyKey, Repeat repeat)
      throws TokenRefusedException, UploadRefusedException, UploadLaterException {
    Key key = new Key(token, idempotencyKey);
    take(key);
    boolean isTaken = false;
    try {
      Optional<TokenUse> use =
          repeat.isOne()
              ? Optional.empty()
              : Optional.of(new Held(key, tokens.reserve(token, purpose)));
      isTaken = use.isPresent();
      return use;
    } finally {
      if (!isTaken) {
        giveBack(key);
      }
    }
  }

  /** The use of an upload that outlives its request: the turn of its key is over. */
  static TokenUse detached(TokenUse use) {
    return use instanceof Held held ? held.detached() : use;
  }

  private void take(Key key) throws UploadLaterException {
    KeyRequests ofKey;
    synchronized (this) {
      ofKey = running.computeIfAbsent(key, none -> new KeyRequests());
      if (ofKey.turn.tryAcquire()) {
        ofKey.requests++;
        return;
      }
      if (waiting >= MOST_WAITING || waiting(key) >= MOST_WAITING_OF_TOKEN) {
        throw UploadLaterException.sameUploadRuns();
      }
      ofKey.requests++;
      waiting++;
      waitingByToken.merge(key.token(), 1, Integer::sum);
    }
    boolean isTaken = false;
    try {
      isTaken = ofKey.turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      endWait(key, ofKey, isTaken);
    }
    if (!isTaken) {
      throw UploadLaterException.sameUploadRuns();
    }
  }

  private int waiting(Key key) {
    return waitingByToken.getOrDefault(key.token(), 0);
  }

  private synchronized void endWait(Key key, KeyRequests ofKey, boolean isTaken) {
    waiting--;
    waitingByToken.computeIfPresent(key.token(), (same, own) -> own == 1 ? null : own - 1);
    if (!isTaken) {
      leave(key, ofKey);
    }
  }

  private synchronized void giveBack(Key key) {
    KeyRequests ofKey = running.get(key);
    ofKey.turn.release();
    leave(key, ofKey);
  }

  private void leave(Key key, KeyRequests ofKey) {
    ofKey.requests--;
    if (ofKey.requests == 0) {
      running.remove(key);
    }
  }

  /** Requests that wait for another with their key. */
  synchronized int waiting() {
    return waiting;
  }

  /** The requests with one key: one has the turn, the others wait for it. */
  private static final class KeyRequests {
    final Semaphore turn = new Semaphore(1, true);
    int requests;
  }

  /** A use with the turn of its key. */
  private final class Held implements TokenUse {
    private final Key key;
    private final TokenUse use;
    private boolean closed;

    Held(Key key, TokenUse use) {
      this.key = key;
      this.use = use;
    }

    @Override
    public UploadToken token() {
      return use.token();
    }

    @Override
    public boolean isAsIssued() {
      return use.isAsIssued();
    }

    @Override
    public Details details(Handle handle) {
      return use.details(handle);
    }

    @Override
    public void claim(long bytes) throws TokenRefusedException {
      use.claim(bytes);
    }

    @Override
    public Supplier<Optional<Details>> spend(Handle tx) {
      return use.spend(tx);
    }

    @Override
    public void bind(Handle tx, String upload) {
      use.bind(tx, upload);
    }

    @Override
    public void spent() {
      use.spent();
    }

    @Override
    public void leave() {
      use.leave();
    }

    TokenUse detached() {
      closed = true;
      giveBack(key);
      return use;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        try {
          use.close();
        } finally {
          giveBack(key);
        }
      }
    }
  }
}
