package slipway.upload.resumable;

import java.util.Collection;

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

  private boolean hasHead;

  /** Whether a chunk was asked for twice: two clients may have begun at one moment. */
  private boolean isOfSeveral;

  /** Whether it began with the first chunk, which the session before had been told to send. */
  private boolean fillsGap;

  /** Where the furthest chunk ends that it sent itself. */
  private long sentTo;

  private long asking;
  private boolean isUsed;
  private long latest;

  ChunkSession(Sender sender, ChunkSession previous) {
    this.sender = sender;
    this.previous = previous;
  }

  /** The next one of the same sender. A session without a first chunk leaves nothing to it. */
  ChunkSession next() {
    return new ChunkSession(sender, hasHead || previous == null ? this : previous);
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
   * @return whether the client need not send it, as it has done so
   */
  boolean asks(long first, long end, ByteRanges there, long now) {
    asking = now;
    act(now);
    if (first == 0) {
      before = there;
    }
    isOfSeveral |= first != 0 && asked.covers(first, end);
    boolean isSent = !isOfSeveral && sure.covers(first, end);
    if (asked.count() < MOST_ASKED) {
      asked.add(first, end);
    }
    if (!isSent && open.count() < MOST_ASKED) {
      open.add(first, end);
    }
    return isSent;
  }

  private void act(long now) {
    isUsed = true;
    latest = now;
  }

  /** Whether it was told to send a chunk, and has not sent it since. */
  boolean isToldToSend(long first, long end) {
    return open.covers(first, end);
  }

  /**
   * Notes that its client has sent a chunk, which is there. One that the session before sent, too,
   * shows the same file: what that one sent need not be sent again.
   *
   * @param now nanoseconds
   */
  void sent(ChunkClaim chunk, long now) {
    long first = chunk.first();
    long end = chunk.end();
    if (!vouched.covers(first, end)) {
      act(now); // What is only sent again shows nothing more.
    }
    sentTo = Math.max(sentTo, end);
    boolean isHead = first == 0;
    hasHead |= isHead;
    if (previous != null && previous.vouched.covers(first, end)) {
      vouched.addAll(previous.vouched);
      sure.addAll(previous.sure);
      previous = null;
    } else if (isHead && previous != null) {
      fillsGap = previous.hasSentAllBut(end);
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

  boolean isWaitedFor() {
    return !open.isEmpty();
  }

  /** Whether its client asked for something no longer ago. */
  boolean isAlive(long now, long nanos) {
    return !asked.isEmpty() && now - asking < nanos;
  }

  /** Whether its client asked for something, or sent what it had not sent, no longer ago. */
  boolean isActive(long now, long nanos) {
    return isUsed && now - latest < nanos;
  }

  /**
   * Whether its client has asked for the last chunk, or sent it, as it may have asked from another
   * address, and has sent all that it was told to send.
   */
  boolean isAtItsEnd(long size) {
    return (asked.covers(size - 1, size) || sentTo == size) && open.isEmpty();
  }

  private boolean hasSentAllBut(long head) {
    return open.covers(0, head) && vouched.end() > head && vouched.count() == 1;
  }

  /**
   * Whether its client may be the one that sent all but the first chunk before, or another one with
   * another file: it has nothing to send that it was told to.
   */
  boolean isInAGap() {
    return fillsGap && open.isEmpty();
  }

  /** Whether its client has sent every byte. */
  boolean hasSentAll(long size) {
    return vouched.covers(0, size);
  }

  /**
   * Whether every byte can be of its client: sent by it, or come since it began from where no other
   * client is known to be. Of a client that did not begin with a question for the first chunk, as
   * it goes on at another address or asks nothing, that is all that no other is known to have sent.
   * Where the first chunk does not follow, the session before goes on.
   *
   * @param all the sessions of the upload
   */
  boolean canBeAll(long size, Collection<ChunkSession> all) {
    ByteRanges own = vouched.copy();
    ByteRanges old = before;
    if (previous != null) {
      own.addAll(previous.vouched);
      old = previous.before;
    }
    ByteRanges shared = new ByteRanges();
    shared.add(0, size);
    all.stream().filter(this::isAgainst).forEach(one -> shared.removeAll(one.vouched));
    all.stream().filter(one -> !isAgainst(one)).forEach(one -> shared.addAll(one.vouched));
    shared.removeAll(old);
    own.addAll(shared);
    return own.covers(0, size);
  }
}
