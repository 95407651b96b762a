package slipway.upload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import slipway.token.TokenUse;

/**
 * Uses of tokens held by forms that may yet turn out to bring a whole file or a chunk. Several
 * chunks of one file come at a time, and the one that ends first begins its upload: it takes the
 * use that one of them holds. For many threads.
 */
final class UndecidedUses {
  /** How long a taker of a use waits for a form that is requesting it. */
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private record NamedFile(String token, String filename) {}

  private final Map<NamedFile, Forms> files = new HashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Condition held = lock.newCondition();

  /** The forms of a file: those that ask for a use, and those that hold one. */
  private static final class Forms {
    private int asking;
    private final Deque<UndecidedUse> holding = new ArrayDeque<>();
  }

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
      lock.lock();
      try {
        Optional<TokenUse> taken = Optional.ofNullable(use);
        if (use != null) {
          use = null;
          files.get(file).holding.remove(this);
          forget(file);
        }
        return taken;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Says that a form whose file has that name asks for a use; {@link #asked} says that it did. */
  void ask(String token, String filename) {
    lock.lock();
    try {
      files.computeIfAbsent(new NamedFile(token, filename), none -> new Forms()).asking++;
    } finally {
      lock.unlock();
    }
  }

  /** Says that the form holds what it got, or got none. */
  void asked(String token, String filename) {
    NamedFile file = new NamedFile(token, filename);
    lock.lock();
    try {
      files.get(file).asking--;
      forget(file);
      held.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Holds a use for a form whose file has that name. */
  UndecidedUse hold(TokenUse use, String filename) {
    UndecidedUse one = new UndecidedUse(new NamedFile(use.token().id(), filename), use);
    lock.lock();
    try {
      files.computeIfAbsent(one.file, none -> new Forms()).holding.add(one);
      return one;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one of those that forms hold whose file has that name, or are about to hold. */
  Optional<TokenUse> takeAny(String token, String filename) {
    NamedFile file = new NamedFile(token, filename);
    lock.lock();
    try {
      long left = MOST_WAIT_NANOS;
      while (left > 0 && files.containsKey(file) && files.get(file).holding.isEmpty()) {
        left = held.awaitNanos(left);
      }
      Forms forms = files.get(file);
      return forms == null || forms.holding.isEmpty()
          ? Optional.empty()
          : forms.holding.getFirst().take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void forget(NamedFile file) {
    Forms forms = files.get(file);
    if (forms.asking == 0 && forms.holding.isEmpty()) {
      files.remove(file);
    }
  }
}
