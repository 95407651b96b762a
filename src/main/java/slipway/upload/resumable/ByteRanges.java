package slipway.upload.resumable;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which bytes of a file are there. Not for several threads at a time. */
final class ByteRanges {
  /** First byte to the byte after the last; neither overlapping nor adjacent. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /** Reads what {@link #toString} wrote. */
  static ByteRanges parse(String text) {
    ByteRanges parsed = new ByteRanges();
    for (String range : text.isEmpty() ? new String[0] : text.split(",")) {
      int dash = range.indexOf('-');
      parsed.add(
          Long.parseLong(range.substring(0, dash)), Long.parseLong(range.substring(dash + 1)));
    }
    return parsed;
  }

  /**
   * Adds the bytes from {@code first} to before {@code end}.
   *
   * @return how many of them are new
   */
  long add(long first, long end) {
    if (first >= end) {
      return 0;
    }
    long before = 0;
    long from = first;
    long to = end;
    Map.Entry<Long, Long> near = ranges.floorEntry(to);
    while (near != null && near.getValue() >= from) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      before += near.getValue() - near.getKey();
      ranges.remove(near.getKey());
      near = ranges.floorEntry(to);
    }
    ranges.put(from, to);
    return to - from - before;
  }

  /** Adds all bytes of another. */
  void addAll(ByteRanges other) {
    other.ranges.forEach(this::add);
  }

  /** Removes the bytes from {@code first} to before {@code end}. */
  void remove(long first, long end) {
    Map.Entry<Long, Long> near = first < end ? ranges.lowerEntry(end) : null;
    while (near != null && near.getValue() > first) {
      ranges.remove(near.getKey());
      add(near.getKey(), Math.min(near.getValue(), first));
      add(end, near.getValue());
      near = ranges.lowerEntry(end);
    }
  }

  /** Removes all bytes of another. */
  void removeAll(ByteRanges other) {
    other.ranges.forEach(this::remove);
  }

  /** Removes all bytes but those of another. */
  void keepOnly(ByteRanges other) {
    ByteRanges gone = copy();
    gone.removeAll(other);
    removeAll(gone);
  }

  void clear() {
    ranges.clear();
  }

  ByteRanges copy() {
    ByteRanges copy = new ByteRanges();
    copy.ranges.putAll(ranges);
    return copy;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Whether all bytes from {@code first} to before {@code end} are there. */
  boolean covers(long first, long end) {
    Map.Entry<Long, Long> range = ranges.floorEntry(first);
    return first >= end || (range != null && range.getValue() >= end);
  }

  /** Whether some byte is in both. */
  boolean overlaps(ByteRanges other) {
    return other.ranges.entrySet().stream().anyMatch(one -> hasAny(one.getKey(), one.getValue()));
  }

  private boolean hasAny(long first, long end) {
    Map.Entry<Long, Long> range = ranges.lowerEntry(end);
    return range != null && range.getValue() > first;
  }

  /** Those that lie between {@code first} and {@code end}. */
  ByteRanges within(long first, long end) {
    ByteRanges within = new ByteRanges();
    ranges.headMap(end).forEach((from, to) -> within.add(Math.max(from, first), Math.min(to, end)));
    return within;
  }

  /** Where the bytes that follow from {@code first} on, all there or all missing, end. */
  long endOfRun(long first) {
    Map.Entry<Long, Long> range = ranges.floorEntry(first);
    if (range != null && range.getValue() > first) {
      return range.getValue();
    }
    Long next = ranges.higherKey(first);
    return next == null ? Long.MAX_VALUE : next;
  }

  /** First byte to the byte after the last, as they are now. */
  NavigableMap<Long, Long> asMap() {
    return Collections.unmodifiableNavigableMap(ranges);
  }

  /** How many bytes are there without a gap from the start. */
  long prefix() {
    return ranges.getOrDefault(0L, 0L);
  }

  long total() {
    return ranges.entrySet().stream().mapToLong(one -> one.getValue() - one.getKey()).sum();
  }

  /** The byte after the last one that is there. */
  long end() {
    return ranges.isEmpty() ? 0 : ranges.lastEntry().getValue();
  }

  /** How many stretches without a gap there are. */
  int count() {
    return ranges.size();
  }

  /** Such as {@code 0-1000,2000-3000}: first byte and the one after the last. */
  @Override
  public String toString() {
    return ranges.entrySet().stream()
        .map(range -> range.getKey() + "-" + range.getValue())
        .collect(Collectors.joining(","));
  }
}
