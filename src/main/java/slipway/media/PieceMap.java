package slipway.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which stretches of a file are to be read from which pieces. Not for several threads at a time.
 */
final class PieceMap {
  private final TreeMap<Long, PieceRange> sources = new TreeMap<>();

  /**
   * A stretch, and where it is.
   *
   * @param first its first byte in the file
   * @param end the byte after its last
   */
  record PieceRange(KeptPiece piece, long first, long end) {
    /** Where it begins in the piece. */
    long offset() {
      return first - piece.first();
    }

    long length() {
      return end - first;
    }
  }

  /** Adds a piece: what it has is read from there, and from no earlier one. */
  void add(KeptPiece piece) {
    for (PieceRange there : within(piece.first(), piece.end())) {
      remove(there);
      put(there.piece(), there.first(), piece.first());
      put(there.piece(), piece.end(), there.end());
    }
    put(piece, piece.first(), piece.end());
  }

  private void put(KeptPiece piece, long first, long end) {
    if (first < end) {
      sources.put(first, new PieceRange(piece, first, end));
    }
  }

  void remove(PieceRange source) {
    sources.remove(source.first());
  }

  /** Those with a byte of that range, in order. */
  List<PieceRange> within(long first, long end) {
    List<PieceRange> within = new ArrayList<>();
    if (first >= end) {
      return within;
    }
    Map.Entry<Long, PieceRange> before = sources.lowerEntry(first);
    if (before != null && before.getValue().end() > first) {
      within.add(before.getValue());
    }
    within.addAll(sources.subMap(first, end).values());
    return within;
  }

  /** The byte after the last one; 0 where there is none. */
  long end() {
    return sources.isEmpty() ? 0 : sources.lastEntry().getValue().end();
  }
}
