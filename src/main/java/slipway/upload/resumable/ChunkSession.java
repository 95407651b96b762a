package slipway.upload.resumable;

import java.util.Collection;
import java.util.List;

/**
 * One client's work at an upload in chunks, as far as it can be told: what came from one sender
 * since it asked for the first chunk, with which clients begin. A client asks for each chunk once.
 * So two sessions that asked for the same chunk are of two clients, or of one that has begun anew.
 * Not for several threads at a time.
 */
final class ChunkSession {
  /** Clients ask for chunks in order: many more stretches are of none. */
  private static final int MOST_ASKED = 32;

  /** Writers take no more either. */
  private static final int MOST_VOUCHED = 4096;

  private final Sender sender;

  /** That of the file. */
  private final long size;

  /** What it asked for. */
  private final ByteRanges asked = new ByteRanges();

  /** What it was told to send, and has not sent since. */
  private final ByteRanges open = new ByteRanges();

  /** What it sent, be it compared only. */
  private final ByteRanges vouched = new ByteRanges();

  /**
   * What no other of its sender can have sent, and came once the first chunk had shown which file
   * it has: that need not come again.
   */
  private final ByteRanges sure = new ByteRanges();

  /** What was there when it began: it has sent none of that. */
  private ByteRanges before = new ByteRanges();

  /** That of the same sender before, until this one has sent a chunk that shows its file. */
  private ChunkSession previous;

  /** What the session before has sent: it may be the same client, which begins anew or goes on. */
  private final ByteRanges sentBefore;

  /** The first session of the same client that is known. */
  private ChunkSession origin = this;

  private boolean hasHead;

  /** Whether a chunk was asked for twice: two clients may have begun at one moment. */
  private boolean isOfSeveral;

  /** Whether a chunk of its client made the file whole, and no photo could be made. */
  private boolean hasFilled;

  /** What came since it began, and nobody was told to send: its client may have sent that. */
  private final ByteRanges unasked = new ByteRanges();

  /** Whether it waits for those before it to show that they are still there. */
  private boolean isHeld;

  /** When it began to wait. */
  private long heldSince;

  /** When it last asked, or a chunk came that may be its client's. */
  private long heard;

  /** Its first and last question among those of all. */
  private long firstTurn;

  private long lastTurn;

  ChunkSession(Sender sender, long size, ChunkSession previous) {
    this.sender = sender;
    this.size = size;
    this.previous = previous;
    this.sentBefore = previous == null ? new ByteRanges() : previous.vouched;
  }

  /** The next one of the same sender. A session without a first chunk leaves nothing to it. */
  ChunkSession next() {
    return new ChunkSession(sender, size, hasHead || previous == null ? this : previous);
  }

  /** Whether the first chunk was asked for, or sent, so that to ask for it is to begin anew. */
  boolean hasBegun() {
    return hasHead || asked.covers(0, 1);
  }

  /**
   * Notes that its client asks for a chunk.
   *
   * @param there what is there
   * @param now nanoseconds
   */
  void asks(long first, long end, ByteRanges there, long now) {
    heard = now;
    if (first == 0) {
      before = there;
    }
    isOfSeveral |= first != 0 && asked.covers(first, end);
    if (asked.count() < MOST_ASKED) {
      asked.add(first, end);
    }
  }

  /** Whether its client need not send a chunk, as it has done so. */
  boolean mayOmit(long first, long end) {
    return !isOfSeveral && sure.covers(first, end);
  }

  /** Notes that its client is to send a chunk. */
  void open(long first, long end) {
    if (open.count() < MOST_ASKED) {
      open.add(first, end);
    }
  }

  /** Notes which question of all its next one is. */
  void turn(long turn) {
    firstTurn = firstTurn == 0 ? turn : firstTurn;
    lastTurn = turn;
  }

  /** Notes that a chunk comes that may be its client's. */
  void hear(long now) {
    heard = now;
  }

  /** Has it wait for those before it. */
  void hold(long now) {
    isHeld = true;
    heldSince = now;
  }

  /** Has it wait no longer. */
  void release() {
    isHeld = false;
  }

  /** Those before it that were not heard since it began to wait are gone: they send no more. */
  void forgetSilent(Collection<ChunkSession> sessions) {
    sessions.stream()
        .filter(one -> one != this && isOfSameSender(one) && one.heard - heldSince < 0)
        .forEach(one -> one.open.clear());
  }

  /** For how long nothing came of a client that is to send something; of none, for ever. */
  long silence(long now) {
    return open.isEmpty() ? Long.MAX_VALUE : now - heard;
  }

  boolean isHeld() {
    return isHeld;
  }

  /** Notes that a chunk has come that nobody was told to send. */
  void unasked(long first, long end) {
    if (unasked.count() < MOST_VOUCHED) {
      unasked.add(first, end);
    }
  }

  /** Notes that a chunk which may be its client's made the file whole. */
  void fills() {
    hasFilled = true;
  }

  /** Whether it was told to send a chunk, and has not sent it since. */
  boolean isToldToSend(long first, long end) {
    return open.covers(first, end);
  }

  /**
   * Notes that its client has sent a chunk, which is there. One that the session before sent, too,
   * shows the same file: what that one sent need not be sent again.
   */
  void sent(ChunkClaim chunk) {
    long first = chunk.first();
    long end = chunk.end();
    boolean isHead = first == 0;
    hasHead |= isHead;
    if (previous != null && previous.vouched.covers(first, end)) {
      vouched.addAll(previous.vouched);
      sure.addAll(previous.sure);
      origin = previous.origin;
      previous = null;
    } else if (isHead) {
      previous = null;
    }
    if (vouched.count() < MOST_VOUCHED) {
      vouched.add(first, end);
      sure.add(first, hasHead && chunk.isSure() ? end : first);
    }
  }

  /** Notes that a chunk has come that it was told to send; false when it was not. */
  boolean close(long first, long end) {
    boolean isOpen = open.covers(first, end);
    open.remove(first, end);
    return isOpen;
  }

  /** Forgets all but these bytes, as others are gone. */
  void keepOnly(ByteRanges there) {
    vouched.keepOnly(there);
    sure.keepOnly(there);
    if (previous != null) {
      previous.keepOnly(there);
    }
  }

  boolean isOf(Sender other) {
    return sender.equals(other);
  }

  boolean isOfSameSender(ChunkSession other) {
    return isOf(other.sender);
  }

  /** Whether its client is another one than that of the other session. */
  boolean isAgainst(ChunkSession other) {
    return this != other && asked.overlaps(other.asked);
  }

  /** Whether its client has asked for the last chunk. */
  boolean isAtItsEnd() {
    return asked.covers(size - 1, size);
  }

  boolean isWaitedFor() {
    return !open.isEmpty();
  }

  /** Whether its client asked for something, and was heard no longer ago. */
  boolean isAlive(long now, long nanos) {
    return !asked.isEmpty() && now - heard < nanos;
  }

  /**
   * Whether its client is sure to have more to send than that chunk: it asks for one chunk after
   * the other from the first on, the last of all may come before others, and some it has not asked
   * for, nor sent; nor has it at another address since, or in the session before. Where its own
   * chunk has made the file whole, it may have sent the others before it moved or began anew.
   */
  boolean goesOn(long first, long end, Collection<ChunkSession> sessions) {
    boolean hasLast = asked.count() == 2 && asked.end() == size;
    ByteRanges toCome = new ByteRanges();
    toCome.add(0, size);
    toCome.remove(first, end);
    List.of(asked, vouched, unasked, sentBefore).forEach(toCome::removeAll);
    sessions.stream()
        .filter(one -> one.lastTurn > firstTurn)
        .filter(one -> hasLast || !isAgainst(one) || !one.hasBegun())
        .forEach(one -> toCome.removeAll(one.asked));
    boolean isInOrder = asked.prefix() > 0 && (asked.count() == 1 || hasLast);
    return isInOrder && !hasFilled && !toCome.isEmpty();
  }

  /** Whether its client has sent every byte. */
  boolean hasSentAll() {
    return vouched.covers(0, size);
  }

  /**
   * Whether every byte can be of its client. Where two clients are known, that is what it has sent
   * itself. Else it is all that came since it began, as a client may go on at another address, or
   * ask for nothing. Where the first chunk does not follow, the session before goes on. What it was
   * told to send, and has not, is not its own.
   *
   * @param sessions those sessions of the upload
   */
  boolean canBeAll(Collection<ChunkSession> sessions) {
    ByteRanges all = new ByteRanges();
    if (sessions.stream().noneMatch(one -> sessions.stream().anyMatch(one::isOfAnother))) {
      all.add(0, size);
      all.removeAll(previous == null ? before : previous.before);
    }
    if (previous != null) {
      all.addAll(previous.vouched);
    }
    all.removeAll(open);
    all.addAll(vouched);
    return all.covers(0, size);
  }

  private boolean isOfAnother(ChunkSession other) {
    return origin != other.origin && isAgainst(other);
  }
}
