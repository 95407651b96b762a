package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
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

  /** A client that is to send a chunk, or to send one again, is heard within that time. */
  private static final long MOST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** How long a client's questions may overtake each other. */
  private static final long OVERTAKING_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** A client that was told to send a chunk begins at once. */
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long size;
  private final Semaphore waits;
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

  /**
   * Of an upload of that many bytes.
   *
   * @param waits how many questions may wait at a time
   */
  Vouched(long size, Semaphore waits) {
    this(size, waits, System::nanoTime);
  }

  Vouched(long size, Semaphore waits, LongSupplier nanos) {
    this.size = size;
    this.waits = waits;
    this.nanos = nanos;
  }

  /**
   * Notes that a client asks for a chunk. One that asks for the first chunk once more begins anew,
   * or is a second client of the same address and program. Where no photo could be made, it waits
   * until those before it that are not heard meanwhile have been silent for 6 s; where too many
   * wait, it does not, and those stay.
   *
   * @param there what is there; for the first chunk
   * @param isWhole whether every byte is there
   * @return whether it need not send it, as it has done so; else it will send it
   */
  boolean asks(Sender who, long first, long end, ByteRanges there, boolean isWhole) {
    boolean mayWait = isWhole && waits.tryAcquire();
    lock.lock();
    try {
      if (mayWait && first != 0) {
        awaitFirst(who);
      }
      Question question = ask(who, first, end, there, isWhole);
      if (mayWait) {
        awaitSilence(question.session());
      } else {
        question.session().release();
      }
      return answer(question);
    } finally {
      lock.unlock();
      if (mayWait) {
        waits.release();
      }
    }
  }

  /** A question for another chunk may overtake the one for the first. */
  @GuardedBy("lock")
  private void awaitFirst(Sender who) {
    Optional<ChunkSession> now = current(who);
    long left = OVERTAKING_NANOS;
    while (left > 0 && current(who).equals(now)) {
      left = news(left);
    }
  }

  @GuardedBy("lock")
  private void awaitSilence(ChunkSession session) {
    long left = waitFor(session);
    while (left > 0 && session.isHeld()) {
      left = news(left);
    }
  }

  /** How long it takes until those before a session that are not heard meanwhile are gone. */
  @GuardedBy("lock")
  private long waitFor(ChunkSession session) {
    long now = nanos.getAsLong();
    return own(session).stream()
        .filter(one -> one != session)
        .mapToLong(one -> MOST_SILENCE_NANOS - one.silence(now))
        .max()
        .orElse(0);
  }

  /** Waits for what happens next, and gives how long may be waited still. */
  @GuardedBy("lock")
  private long news(long nanos) {
    try {
      return isEnded ? 0 : news.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** A question that is to be answered. */
  record Question(ChunkSession session, long first, long end, boolean isWhole) {}

  /** Notes a question. */
  Question ask(Sender who, long first, long end, ByteRanges there, boolean isWhole) {
    lock.lock();
    try {
      Optional<ChunkSession> current = current(who);
      boolean isNew = current.isEmpty() || (first == 0 && current.get().hasBegun());
      ChunkSession session =
          isNew
              ? current.map(ChunkSession::next).orElseGet(() -> new ChunkSession(who, size, null))
              : current.get();
      if (isNew && isWhole && own(who).stream().anyMatch(ChunkSession::isWaitedFor)) {
        session.hold(nanos.getAsLong());
      }
      use(session);
      session.turn(++questions);
      session.asks(first, end, there, nanos.getAsLong());
      return new Question(session, first, end, isWhole);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the client need not send the chunk. */
  boolean answer(Question question) {
    lock.lock();
    try {
      ChunkSession session = question.session();
      long first = question.first();
      long end = question.end();
      if (session.isHeld()) {
        session.forgetSilent(sessions);
        session.release();
        news.signalAll();
      }
      boolean isSent =
          session.mayOmit(first, end)
              && (!question.isWhole()
                  || session.canBeAll(sessions)
                  || session.goesOn(first, end, sessions));
      if (!isSent) {
        session.open(first, end);
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
      ChunkSession session = current(who).orElseGet(() -> new ChunkSession(who, size, null));
      use(session);
      return session;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whose chunk it is that begins to come now: of the sessions that were told to send it; where
   * none was, of any of that sender's.
   */
  ChunkClaim claim(Sender who, long first, long end) {
    lock.lock();
    try {
      of(who);
      List<ChunkSession> own = own(who);
      List<ChunkSession> told = own.stream().filter(one -> one.isToldToSend(first, end)).toList();
      long now = nanos.getAsLong();
      told.forEach(one -> one.hear(now));
      return new ChunkClaim(told.isEmpty() ? own : told, !told.isEmpty(), first, end);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private List<ChunkSession> own(Sender who) {
    return sessions.stream().filter(one -> one.isOf(who)).toList();
  }

  @GuardedBy("lock")
  private List<ChunkSession> own(ChunkSession session) {
    return sessions.stream().filter(session::isOfSameSender).toList();
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
      if (chunk.shows()) {
        by.sent(chunk);
      }
      if (!chunk.isAsked()) {
        sessions.forEach(one -> one.unasked(chunk.first(), chunk.end()));
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
      return by.canBeAll(sessions);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a client is sure to send more, though the file be whole, and no photo can be made. */
  boolean goesOn(ChunkSession by) {
    lock.lock();
    try {
      return by.goesOn(0, 0, sessions);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a client whose chunk is there is sure to send more, though the file be whole, and no
   * photo can be made: whichever may have sent it is. Else it is to send the chunk again. One that
   * was not told to may have asked for its last one elsewhere.
   *
   * @param hasFilled whether that chunk made the file whole
   */
  boolean goesOn(ChunkClaim chunk, boolean hasFilled) {
    lock.lock();
    try {
      if (hasFilled) {
        chunk.sessions().forEach(ChunkSession::fills);
      }
      boolean goesOn = chunk.isAsked();
      for (ChunkSession one : chunk.sessions()) {
        goesOn &= one.goesOn(chunk.first(), chunk.end(), sessions);
      }
      if (!goesOn && chunk.shows()) {
        chunk.session().open(chunk.first(), chunk.end());
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
      return by.isAtItsEnd()
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
      while (left > 0 && isInDoubt(by)) {
        left = news(left);
      }
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
    boolean hasAll = by.hasSentAll();
    return by.canBeAll(sessions)
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
