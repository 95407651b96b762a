package slipway.upload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import slipway.token.TokenUse;

/**
 * Uses of tokens that forms hold of which it is not known yet whether they bring a whole file or a
 * chunk. Several chunks of one file come at a time, and the one that ends first begins its upload:
 * it takes the use that one of them holds. For many threads.
 */
final class UndecidedUses {
  private record NamedFile(String token, String filename) {}

  private final Map<NamedFile, Deque<UndecidedUse>> held = new HashMap<>();

  /** A use that another form may take. */
  final class UndecidedUse {
    private final NamedFile file;
    private TokenUse use;

    private UndecidedUse(NamedFile file, TokenUse use) {
      this.file = file;
      this.use = use;
    }

    /** The use, which is the caller's from now on; empty when another form has taken it. */
    Optional<TokenUse> take() {
      synchronized (UndecidedUses.this) {
        Optional<TokenUse> taken = Optional.ofNullable(use);
        if (use != null) {
          use = null;
          leave(this);
        }
        return taken;
      }
    }
  }

  /** Holds a use for a form whose file has that name. */
  synchronized UndecidedUse hold(TokenUse use, String filename) {
    UndecidedUse one = new UndecidedUse(new NamedFile(use.token().id(), filename), use);
    held.computeIfAbsent(one.file, none -> new ArrayDeque<>()).add(one);
    return one;
  }

  /** Takes one of those that forms hold whose file has that name. */
  synchronized Optional<TokenUse> takeAny(String token, String filename) {
    Deque<UndecidedUse> all = held.get(new NamedFile(token, filename));
    return all == null ? Optional.empty() : all.getFirst().take();
  }

  private void leave(UndecidedUse one) {
    Deque<UndecidedUse> all = held.get(one.file);
    all.remove(one);
    if (all.isEmpty()) {
      held.remove(one.file);
    }
  }
}
