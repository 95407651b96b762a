package slipway.photo;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A page of a list in whose order most photos have the value 0: the photos above 0, followed by the
 * others. An index with the others would have an entry for each photo, which every upload would
 * have to write, although nobody has rated it.
 */
record PageOfTwo(Handle handle, PhotoQuery query, PhotoOrder order, boolean ascending) {
  /** The numbers of its photos, in order. */
  List<Long> numbers(int size, long offset) {
    List<Long> first = numbers(ascending, size, offset);
    if (first.size() == size) {
      return first;
    }
    // Where the first list ends before the page, the page is further in the second.
    long before = first.isEmpty() && offset > 0 ? offset - count(ascending) : 0;
    List<Long> both = new ArrayList<>(first);
    both.addAll(numbers(!ascending, size - first.size(), before));
    return both;
  }

  private List<Long> numbers(boolean isZero, int size, long offset) {
    String sql =
        isZero
            ? query.pageOfZeros(order, ascending, size, offset)
            : query.pageAboveZero(order, ascending, size, offset);
    return query.bound(handle, sql).mapTo(Long.class).list();
  }

  private long count(boolean isZero) {
    return query.bound(handle, query.countOf(order, isZero)).mapTo(Long.class).one();
  }
}
