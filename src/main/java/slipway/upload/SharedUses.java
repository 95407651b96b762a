package slipway.upload;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * Uses of tokens that requests with the same Idempotency-Key share while they run: they are one
 * upload, whichever of them ends first, and the last that fails returns the use.
 */
final class SharedUses {
  private record Key(String token, String idempotencyKey) {}

  private final Map<Key, Shared> running = new HashMap<>();
  private final TokenRegistry tokens;
  private final TokenPurpose purpose;

  SharedUses(TokenRegistry tokens, TokenPurpose purpose) {
    this.tokens = tokens;
    this.purpose = purpose;
  }

  /** Takes a use of the token, or a share in that of a request that repeats this one. */
  TokenUse reserve(String token, String idempotencyKey) throws TokenRefusedException {
    Key key = new Key(token, idempotencyKey);
    synchronized (running) {
      Shared shared = running.get(key);
      if (shared == null) {
        shared = new Shared(key, tokens.reserve(token, purpose));
        running.put(key, shared);
      }
      shared.holders++;
      return new Share(shared);
    }
  }

  private static final class Shared {
    final Key key;
    final TokenUse use;
    int holders;

    Shared(Key key, TokenUse use) {
      this.key = key;
      this.use = use;
    }
  }

  private final class Share implements TokenUse {
    private final Shared of;
    private boolean closed;

    Share(Shared of) {
      this.of = of;
    }

    @Override
    public UploadToken token() {
      return of.use.token();
    }

    @Override
    public void spend(Handle tx) {
      of.use.spend(tx);
    }

    @Override
    public void spent() {
      synchronized (running) {
        of.use.spent();
      }
    }

    @Override
    public void close() {
      synchronized (running) {
        if (!closed) {
          closed = true;
          of.holders--;
          if (of.holders == 0) {
            running.remove(of.key);
            of.use.close();
          }
        }
      }
    }
  }
}
