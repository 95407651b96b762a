package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PieceMapTest {
  private final PieceMap map = new PieceMap();

  private void add(String name, long first, long end) {
    map.add(new KeptPiece(name, first, end));
  }

  private List<String> within(long first, long end) {
    return map.within(first, end).stream()
        .map(it -> it.piece().name() + " " + it.first() + "-" + it.end() + " @" + it.offset())
        .toList();
  }

  @Test
  void readsFromTheLastPieceThatHasAByte() {
    add("a", 0, 100);
    add("b", 40, 60);
    assertThat(within(0, 100)).containsExactly("a 0-40 @0", "b 40-60 @0", "a 60-100 @60");
    add("c", 50, 120);
    assertThat(within(0, 200)).containsExactly("a 0-40 @0", "b 40-50 @0", "c 50-120 @0");
    assertThat(map.end()).isEqualTo(120);
  }

  @Test
  void findsThoseWithAByteOfARangeOnly() {
    add("a", 10, 20);
    add("b", 20, 30);
    assertThat(within(0, 10)).isEmpty();
    assertThat(within(19, 20)).containsExactly("a 10-20 @0");
    assertThat(within(20, 21)).containsExactly("b 20-30 @0");
    assertThat(within(15, 15)).isEmpty();
    assertThat(within(12, 25)).hasSize(2);
  }

  @Test
  void hasNoMoreWhatWasRemoved() {
    add("a", 0, 10);
    add("b", 10, 20);
    map.within(5, 15).forEach(map::remove);
    assertThat(within(0, 100)).isEmpty();
    assertThat(map.end()).isZero();
  }
}
