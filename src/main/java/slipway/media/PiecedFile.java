package slipway.media;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * One whose bytes are durable as pieces in a store, from which any node goes on with it. What is
 * written or read is in a local file, too, which nobody relies on: bytes of pieces come there when
 * they are asked for, and the next run of the server deletes it. For many threads.
 */
final class PiecedFile extends PartialFile {
  /** Bytes of a piece at most, and what pieces are cut at, so that whole ones meet. */
  static final long WINDOW = 8L << 20;

  /** Shorter ones become one with what comes beside them: a file has no more than it has MiB. */
  private static final long LONG = 1L << 20;

  private final String name;
  private final SparseFile local;
  private final PieceStore store;

  /** Held while pieces are fetched, and while the local file is created or deleted. */
  private final Lock lock = new ReentrantLock();

  /** What is not in the local file. */
  @GuardedBy("lock")
  private final PieceMap away = new PieceMap();

  /** The names of all. */
  @GuardedBy("lock")
  private final Set<String> names = new LinkedHashSet<>();

  /** Those that are read, by their first bytes. */
  @GuardedBy("lock")
  private final TreeMap<Long, KeptPiece> kept = new TreeMap<>();

  @GuardedBy("lock")
  private final Set<String> replaced = new LinkedHashSet<>();

  @GuardedBy("lock")
  private long end;

  @GuardedBy("lock")
  private boolean isThere;

  @GuardedBy("lock")
  private boolean isOver;

  /**
   * One of which pieces may be there.
   *
   * @param name that it has when it is kept
   * @param local where it is worked on; there is no such file yet
   * @param pieces in the order in which they came: what is in two of them counts as in the last
   */
  PiecedFile(String name, SparseFile local, PieceStore store, List<KeptPiece> pieces) {
    super(local.path());
    this.name = name;
    this.local = local;
    this.store = store;
    pieces.forEach(away::add);
    pieces.forEach(this::note);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void create() throws IOException {
    lock.lock();
    try {
      if (isOver) {
        throw new NoSuchFileException(name);
      }
      if (!isThere) {
        local.create();
        isThere = true;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public WritableByteChannel writeFrom(long position) throws IOException {
    create();
    return local.writeFrom(position);
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    create();
    return new FetchingChannel(this, local.open());
  }

  /** Has the bytes from {@code first} to before {@code to} be in the local file, if there are. */
  void fetch(long first, long to) throws IOException {
    lock.lock();
    try {
      create();
      for (PieceMap.PieceRange source : away.within(first, to)) {
        fetch(source);
        away.remove(source);
      }
    } finally {
      lock.unlock();
    }
  }

  private void fetch(PieceMap.PieceRange source) throws IOException {
    try (InputStream bytes = store.read(source.piece(), source.offset(), source.length());
        WritableByteChannel channel = local.writeFrom(source.first())) {
      if (bytes.transferTo(Channels.newOutputStream(channel)) != source.length()) {
        throw new NoSuchFileException(source.piece().name());
      }
    }
  }

  @Override
  FileChannel whole() throws IOException {
    fetch(0, Long.MAX_VALUE);
    return local.whole();
  }

  @Override
  public void append(PartialFile other, LongConsumer written) throws IOException {
    create();
    local.append(other, written);
  }

  @Override
  public InputStream read() throws IOException {
    fetch(0, Long.MAX_VALUE);
    return local.read();
  }

  @Override
  public InputStream read(long first, long length) throws IOException {
    fetch(first, first + length);
    return local.read(first, length);
  }

  @Override
  public byte[] head(int length) throws IOException {
    fetch(0, length);
    return local.head(length);
  }

  @Override
  public LocalFile lend() throws IOException {
    fetch(0, Long.MAX_VALUE);
    return local.lend();
  }

  @Override
  public long size() throws IOException {
    lock.lock();
    try {
      return Math.max(end, local.size());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    lock.lock();
    try {
      if (local.size() > size) {
        local.truncate(size);
      }
    } finally {
      lock.unlock();
    }
  }

  /** For one thread at a time. */
  @Override
  public List<KeptPiece> keep(NavigableMap<Long, Long> ranges) throws IOException {
    List<KeptPiece> all = new ArrayList<>();
    for (var range : ranges.entrySet()) {
      long next;
      for (long first = range.getKey(); first < range.getValue(); first = next) {
        next = Math.min(range.getValue(), (first / WINDOW + 1) * WINDOW);
        all.add(keep(first, next));
      }
    }
    return all;
  }

  private KeptPiece keep(long first, long next) throws IOException {
    KeptPiece piece = widened(first, next);
    fetch(piece.first(), piece.end());
    store.keep(piece, local);
    lock.lock();
    try {
      note(piece);
    } finally {
      lock.unlock();
    }
    return piece;
  }

  /**
   * A stretch with the pieces beside it that are no longer than it, so that however short stretches
   * are, each byte is sent few times, and few pieces are there.
   */
  private KeptPiece widened(long first, long next) {
    long window = first / WINDOW * WINDOW;
    long from = first;
    long to = next;
    lock.lock();
    try {
      Map.Entry<Long, KeptPiece> before = kept.lowerEntry(from);
      while (before != null
          && before.getValue().end() == from
          && before.getKey() >= window
          && isShort(before.getValue(), to - from)) {
        from = before.getKey();
        before = kept.lowerEntry(from);
      }
      Map.Entry<Long, KeptPiece> after = kept.ceilingEntry(to);
      while (after != null
          && after.getKey() == to
          && after.getValue().end() <= window + WINDOW
          && isShort(after.getValue(), to - from)) {
        to = after.getValue().end();
        after = kept.ceilingEntry(to);
      }
    } finally {
      lock.unlock();
    }
    return new KeptPiece(FileNames.newName(), from, to);
  }

  private static boolean isShort(KeptPiece piece, long most) {
    long length = piece.end() - piece.first();
    return length < LONG && length <= most;
  }

  /** What lies within the piece is read from there from now on. */
  @GuardedBy("lock")
  private void note(KeptPiece piece) {
    names.add(piece.name());
    Map<Long, KeptPiece> within = kept.subMap(piece.first(), piece.end());
    within.values().forEach(one -> replaced.add(one.name()));
    within.clear();
    kept.put(piece.first(), piece);
    end = Math.max(end, piece.end());
  }

  @Override
  public Optional<KeptPiece> piece(long first, long length) {
    lock.lock();
    try {
      KeptPiece piece = kept.get(first);
      boolean isIt = piece != null && piece.end() == first + length && !hasOthers(piece);
      return isIt ? Optional.of(piece) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether some of its bytes came again later. */
  @GuardedBy("lock")
  private boolean hasOthers(KeptPiece piece) {
    Map.Entry<Long, KeptPiece> before = kept.lowerEntry(piece.first());
    return (before != null && before.getValue().end() > piece.first())
        || !kept.subMap(piece.first(), false, piece.end(), false).isEmpty();
  }

  @Override
  public void drop(Collection<String> gone) throws IOException {
    store.delete(gone);
    lock.lock();
    try {
      names.removeAll(Set.copyOf(gone));
      replaced.removeAll(Set.copyOf(gone));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> replaced() {
    lock.lock();
    try {
      return List.copyOf(replaced);
    } finally {
      lock.unlock();
    }
  }

  /** No piece is ever written over. */
  @Override
  public boolean mayLoseWhatWasKept() {
    return false;
  }

  @Override
  public void leave() throws IOException {
    lock.lock();
    try {
      isOver = true;
      local.delete();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> delete() throws IOException {
    leave();
    List<String> all;
    lock.lock();
    try {
      all = List.copyOf(names);
    } finally {
      lock.unlock();
    }
    store.delete(all);
    return all;
  }

  @Override
  public void sync() {
    // Nobody relies on that; its pieces are durable.
  }

  @Override
  public void syncName() {
    // Its rows tell of it.
  }

  @Override
  public void doom() {
    // Its pieces are noted with the end of its rows.
  }

  @Override
  public boolean isDoomed() {
    return false;
  }

  @Override
  public void rememberKept() {
    // It is never moved back from among the kept ones.
  }

  @Override
  public boolean wasKept() {
    return false;
  }

  @Override
  void forgetKept() {
    // Nothing was remembered.
  }
}
