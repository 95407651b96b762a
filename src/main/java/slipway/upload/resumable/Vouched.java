package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Who vouches for which bytes of an upload in chunks: who has sent them, be they compared only. Two
 * files that come under one name are told apart by that: a client is told to send what it has not
 * sent, which is compared, and completes the upload only if every byte can be its own. In memory
 * only; after a start nobody vouches for anything. For many threads.
 */
final class Vouched {
  /** Clients at the same time, with the addresses that one may have; the oldest are forgotten. */
  private static final int MOST_SESSIONS = 8;

  /** How long the end of an upload waits for what may show that two clients send it. */
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A client that was told to send a chunk begins at once. */
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long size;
  private final LongSupplier nanos;
  private final Lock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** The one used last comes last. */
  @GuardedBy("lock")
  private final Set<ChunkSession> sessions = new LinkedHashSet<>();

  @GuardedBy("lock")
  private long questions;

  @GuardedBy("lock")
  private boolean isEnded;

  /** Of an upload of that many bytes. */
  Vouched(long size) {
    this(size, System::nanoTime);
  }

  Vouched(long size, LongSupplier nanos) {
    this.size = size;
    this.nanos = nanos;
  }

  /**
   * Notes that a client asks for a chunk. One that asks for the first chunk once more begins anew,
   * or is a second client of the same address and program.
   *
   * @param there what is there; for the first chunk
   * @param isWhole whether every byte is there
   * @return whether it need not send it, as it has done so; else it will send it
   */
  boolean asks(Sender who, long first, long end, ByteRanges there, boolean isWhole) {
    lock.lock();
    try {
      Optional<ChunkSession> current = current(who);
      ChunkSession session =
          current.isEmpty() || (first == 0 && current.get().hasBegun())
              ? current.map(ChunkSession::next).orElseGet(() -> new ChunkSession(who, null))
              : current.get();
      use(session);
      session.turn(++questions);
      boolean isSent = session.asks(first, end, there, nanos.getAsLong());
      if (isSent && isWhole && !session.canBeAll(size, sessions)) {
        return goesOn(new ChunkClaim(session, first, end, false, false), false);
      }
      return isSent;
    } finally {
      lock.unlock();
    }
  }

  /** The session of a sender that asks for the whole, or of nobody knows which chunk. */
  ChunkSession of(Sender who) {
    lock.lock();
    try {
      ChunkSession session = current(who).orElseGet(() -> new ChunkSession(who, null));
      use(session);
      return session;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whose chunk it is that begins to come now: of the session that was told to send it. Where
   * several of that sender were, it may be of any.
   */
  ChunkClaim claim(Sender who, long first, long end) {
    lock.lock();
    try {
      List<ChunkSession> own = sessions.stream().filter(one -> one.isOf(who)).toList();
      List<ChunkSession> told = own.stream().filter(one -> one.isToldToSend(first, end)).toList();
      ChunkSession session = told.isEmpty() ? of(who) : told.get(told.size() - 1);
      boolean isOfAny = told.isEmpty() && own.size() > 1;
      return new ChunkClaim(session, first, end, told.size() < 2, isOfAny);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Optional<ChunkSession> current(Sender who) {
    return sessions.stream().filter(one -> one.isOf(who)).reduce((one, later) -> later);
  }

  @GuardedBy("lock")
  private void use(ChunkSession session) {
    sessions.remove(session);
    sessions.add(session);
    if (sessions.size() > MOST_SESSIONS) {
      sessions.remove(sessions.iterator().next());
    }
    news.signalAll();
  }

  /** Notes that a chunk is there that was sent, or compared. */
  void sent(ChunkClaim chunk) {
    lock.lock();
    try {
      ChunkSession by = chunk.session();
      if (!chunk.isOfAny()) {
        by.sent(chunk);
      }
      if (!by.close(chunk.first(), chunk.end())) {
        sessions.stream()
            .filter(one -> one.isOfSameSender(by) || !one.isAgainst(by))
            .forEach(one -> one.close(chunk.first(), chunk.end()));
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether that client may complete the upload, as every byte can be its own. */
  boolean canBeAllOf(ChunkSession by) {
    lock.lock();
    try {
      return by.canBeAll(size, sessions);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a client is sure to send more, though the file be whole, and no photo can be made. */
  boolean goesOn(ChunkSession by) {
    lock.lock();
    try {
      return by.goesOn(size, false, sessions);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a client whose chunk is there is sure to send more, though the file be whole, and no
   * photo can be made. Else it is to send the chunk again. One that asked for the chunk elsewhere
   * may have asked for its last one there.
   *
   * @param hasFilled whether that chunk made the file whole
   */
  boolean goesOn(ChunkClaim chunk, boolean hasFilled) {
    lock.lock();
    try {
      ChunkSession by = chunk.session();
      boolean isOwn = !chunk.isOfAny() && by.hasAskedFor(chunk.first(), chunk.end());
      boolean goesOn = by.goesOn(size, hasFilled, sessions) && isOwn;
      if (!goesOn && !chunk.isOfAny()) {
        by.open(chunk.first(), chunk.end());
      }
      return goesOn;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a client has come to its last chunk, and nobody is to send what is missing: it was
   * there before this upload began anew, as after a long pause.
   */
  boolean hasLost(ChunkSession by) {
    lock.lock();
    try {
      return by.isAtItsEnd(size)
          && sessions.stream().noneMatch(one -> one.hasBegun() || one.isWaitedFor());
    } finally {
      lock.unlock();
    }
  }

  /** Waits a moment where it may show yet that not every byte is of that client. */
  void awaitOthers(ChunkSession by) {
    lock.lock();
    try {
      long left = MOST_WAIT_NANOS;
      while (left > 0 && !isEnded && isInDoubt(by)) {
        left = news.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The same for tests. */
  boolean mayShowYet(ChunkSession by) {
    lock.lock();
    try {
      return isInDoubt(by);
    } finally {
      lock.unlock();
    }
  }

  /**
   * One that has sent every byte waits for what its own sender was told to send, as those may be
   * two clients; one that has not, for all that are there.
   */
  @GuardedBy("lock")
  private boolean isInDoubt(ChunkSession by) {
    long now = nanos.getAsLong();
    boolean hasAll = by.hasSentAll(size);
    return by.canBeAll(size, sessions)
        && sessions.stream()
            .filter(one -> one.isAlive(now, ALIVE_NANOS))
            .anyMatch(
                one ->
                    hasAll
                        ? one.isOfSameSender(by) && one.isWaitedFor()
                        : one != by || one.isWaitedFor());
  }

  /** The upload has ended: nobody waits any more. */
  void end() {
    lock.lock();
    try {
      isEnded = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets who has sent other bytes than these, as they are gone. */
  void keepOnly(ByteRanges there) {
    lock.lock();
    try {
      sessions.forEach(one -> one.keepOnly(there));
    } finally {
      lock.unlock();
    }
  }
}
