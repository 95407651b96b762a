package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who has sent which bytes of an upload in chunks. Two pages that have sent the same byte have the
 * same file, as far as is known: the second one's was compared. In memory only. For many threads.
 */
final class Contributors {
  /** Pages that are known at a time; the bytes of the oldest are of nobody in particular. */
  private static final int MOST_PAGES = 16;

  /** Stretches of one page, with gaps between them: what comes beside them is of nobody. */
  private static final int MOST_STRETCHES = 256;

  private static final String MIXED = "mixed";

  /** The number of what is the page of now for nobody. */
  private static final long NONE = 0;

  /** What came from one sender since it asked for the first chunk, with which clients begin. */
  static final class Visit {
    /** Null where only the mark is known. */
    private final Sender sender;

    /** {@link Sender#mark}; null where the sender is known. */
    private final String mark;

    /** The largest of a sender is that of its page of now, whichever chunk ends last. */
    private final long number;

    private final ByteRanges sent = new ByteRanges();

    /** Whether a chunk has begun to come. */
    private boolean isUsed;

    /** Whether it has asked for the first chunk: that question may be overtaken by chunks. */
    private boolean hasAsked;

    /** Whether it may be two: it asked for the first chunk twice before any came. */
    private boolean isMixed;

    private Visit(Sender sender, String mark, long number, boolean hasAsked) {
      this.sender = sender;
      this.mark = mark;
      this.number = number;
      this.hasAsked = hasAsked;
    }

    private boolean isOf(Sender who) {
      return sender == null ? mark.equals(who.mark()) : sender.equals(who);
    }

    private String text() {
      String who = sender == null ? mark : sender.mark();
      return who + ":" + (isMixed ? MIXED : "") + ":" + sent;
    }
  }

  /** The one that was used last comes last. */
  @GuardedBy("this")
  private final List<Visit> pages = new ArrayList<>();

  @GuardedBy("this")
  private long begun;

  /** Bytes of the first chunk, as which those after it begin; 0 until it comes. */
  @GuardedBy("this")
  private long chunk;

  /** What came before the start, or from pages that are forgotten. */
  @GuardedBy("this")
  private final ByteRanges others = new ByteRanges();

  /** Chunks that may be there already, though it is not noted yet whose they are. */
  @GuardedBy("this")
  private int commits;

  /**
   * Whether no chunk that was answered is gone, or the first one was asked for or sent since: who
   * goes on after a loss does neither.
   */
  @GuardedBy("this")
  private boolean isBegun;

  /**
   * Says that these bytes are there; of those that nobody is known to have sent, it stays unknown.
   *
   * @param senders who has sent them, as {@link #toString} wrote it elsewhere; empty for nobody
   * @param mayHaveLost whether clients may have sent others that are not there any more
   */
  synchronized void startWith(ByteRanges there, String senders, boolean mayHaveLost) {
    ByteRanges ofNobody = there.copy();
    if (!senders.isEmpty()) {
      String[] parts = senders.split("/");
      chunk = Long.parseLong(parts[0]);
      for (int i = 1; i < parts.length; i++) {
        Visit page = visit(parts[i]);
        page.sent.keepOnly(there);
        ofNobody.removeAll(page.sent);
        use(page);
      }
    }
    pages.forEach(page -> ofNobody.removeAll(page.sent));
    others.addAll(ofNobody);
    isBegun |= !mayHaveLost || there.covers(0, 1);
  }

  @GuardedBy("this")
  private Visit visit(String text) {
    String[] fields = text.split(":", -1);
    Visit page = new Visit(null, fields[0], ++begun, true);
    page.isUsed = true;
    page.isMixed = fields[1].equals(MIXED);
    page.sent.addAll(ByteRanges.parse(fields[2]));
    return page;
  }

  /** Who has sent which bytes, for another node, which is not told who they are. */
  @Override
  public synchronized String toString() {
    return pages.stream()
        .filter(page -> page.isUsed || !page.sent.isEmpty())
        .map(Visit::text)
        .collect(Collectors.joining("/", chunk + "/", ""));
  }

  /**
   * Notes that a client asks for a chunk.
   *
   * @return whether it need not send it: its sender has, and a chunk of its page was compared
   */
  synchronized boolean asks(Sender who, long first, long end) {
    Optional<Visit> page = current(who);
    if (first == 0) {
      isBegun = true;
      begin(who, page);
      return false;
    }
    return page.isPresent() && isShown(page.get()) && sentBy(who).covers(first, end);
  }

  /**
   * Notes that a client asks where to go on, which begins anew.
   *
   * @return the byte to go on with: its last whole chunk comes once more, to be compared
   */
  synchronized long resumes(Sender who) {
    isBegun = true;
    long there = sentBy(who).prefix();
    begin(who, current(who));
    return chunk == 0 ? 0 : Math.max(0, there / chunk - 1) * chunk;
  }

  @GuardedBy("this")
  private void begin(Sender who, Optional<Visit> before) {
    if (before.isPresent() && !before.get().hasAsked) {
      before.get().hasAsked = true;
    } else if (before.isPresent() && !before.get().isUsed) {
      before.get().isMixed = true;
    } else {
      use(new Visit(who, null, ++begun, true));
    }
  }

  @GuardedBy("this")
  private Optional<Visit> current(Sender who) {
    return pages.stream()
        .filter(page -> page.isOf(who))
        .max(Comparator.comparingLong(page -> page.number));
  }

  @GuardedBy("this")
  private boolean isShown(Visit page) {
    Stream<ByteRanges> before = pages.stream().filter(one -> one != page).map(one -> one.sent);
    return !page.isMixed && Stream.concat(before, Stream.of(others)).anyMatch(page.sent::overlaps);
  }

  @GuardedBy("this")
  private ByteRanges sentBy(Sender who) {
    ByteRanges sent = new ByteRanges();
    pages.stream().filter(page -> page.isOf(who)).forEach(page -> sent.addAll(page.sent));
    return sent;
  }

  @GuardedBy("this")
  private void use(Visit page) {
    pages.remove(page);
    pages.add(page);
    ByteRanges oldest = pages.size() > MOST_PAGES ? pages.remove(0).sent : new ByteRanges();
    if (others.count() < MOST_PAGES * MOST_STRETCHES) {
      others.addAll(oldest);
    }
  }

  /** The page that a chunk is of which begins to come now. */
  synchronized Visit begins(Sender who, long first) {
    Visit page = current(who).orElseGet(() -> new Visit(who, null, ++begun, false));
    page.isUsed = true;
    isBegun |= first == 0;
    use(page);
    return page;
  }

  /** Notes that a client created it, which may not have sent any of it yet. */
  synchronized void created(Sender who) {
    begins(who, 0);
  }

  /** Whether a client has created it, or sent any of it, as far as is known. */
  synchronized boolean knows(Sender who) {
    return current(who).isPresent();
  }

  /** Says that a chunk is there, as it was written or compared. */
  synchronized void came(Visit page, long first, long end) {
    chunk = first == 0 ? end : chunk;
    Visit of = page.isMixed ? new Visit(page.sender, page.mark, NONE, true) : page;
    if (of.sent.count() < MOST_STRETCHES) {
      of.sent.add(first, end);
    }
    use(of);
    use(page);
  }

  /** Says that a chunk may be there from now on; {@link #noted} is to follow. */
  synchronized void commits() {
    commits++;
  }

  /** Says that it is noted whose the chunk is, or that it is not there. */
  synchronized void noted() {
    commits--;
  }

  /** Whether nobody goes on with what is gone, as far as is known: clients begin with the first. */
  synchronized boolean isBegun() {
    return isBegun;
  }

  /** Whether all that have sent bytes have the same file, as far as is known. */
  synchronized boolean areOfOneFile() {
    List<ByteRanges> left =
        Stream.concat(pages.stream().map(page -> page.sent), Stream.of(others))
            .filter(sent -> !sent.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    ByteRanges joined = left.isEmpty() ? others : left.remove(0).copy();
    boolean isMore = true;
    while (isMore) {
      isMore = left.removeIf(one -> isJoined(joined, one));
    }
    return left.isEmpty() && commits == 0;
  }

  private static boolean isJoined(ByteRanges joined, ByteRanges one) {
    boolean isJoined = joined.overlaps(one);
    if (isJoined) {
      joined.addAll(one);
    }
    return isJoined;
  }

  /** Forgets who has sent other bytes than these, as they are gone. */
  synchronized void keepOnly(ByteRanges there) {
    pages.forEach(page -> keepOnly(page.sent, there));
    keepOnly(others, there);
  }

  @GuardedBy("this")
  private void keepOnly(ByteRanges sent, ByteRanges there) {
    long before = sent.total();
    sent.keepOnly(there);
    isBegun &= sent.total() == before;
  }
}
