package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  private static final int SOME = 20_000;

  /** Whichever names the clock and chance give. */
  @Test
  void areOfTheirTimeAndInTheTreeOfItsSecond() {
    long before = Instant.now().getEpochSecond();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < SOME; i++) {
      String name = FileNames.newName();
      assertThat(FileNames.isName(name)).isTrue();
      long second = Long.parseLong(name.substring(0, 8), 16);
      assertThat(second).isBetween(before, Instant.now().getEpochSecond());
      assertThat(MediaKey.of(name).treeId()).isEqualTo(1 + (int) (second % MediaKey.TREES));
      names.add(name);
    }
    assertThat(names).hasSize(SOME);
  }

  @Test
  void comeInTheOrderOfTheirTime() throws InterruptedException {
    String before = FileNames.newName();
    Thread.sleep(2);
    assertThat(FileNames.newName()).isGreaterThan(before);
  }

  @Test
  void tellTheOriginalOfWhatIsBesideIt() {
    String name = FileNames.newName();
    for (String end : List.of("", ".whole", ".renditions", ".renditions-1", ".renditions-12")) {
      assertThat(FileNames.original(Path.of("1", name + end))).contains(name);
    }
    for (String other : List.of("lost+found", name + ".kept", name + "0", name.substring(1))) {
      assertThat(FileNames.original(Path.of("1", other))).isEmpty();
    }
    for (String other : List.of(name.toUpperCase(Locale.ROOT), name.replace(name.charAt(0), 'g'))) {
      assertThat(FileNames.isName(other)).isEqualTo(other.equals(name));
    }
  }

  @Test
  void canBeInAnyTree() {
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      for (String start : new String[] {"0".repeat(30), "f".repeat(30), "6a1b".repeat(7) + "9c"}) {
        String name = FileNames.inTree(tree, start);
        assertThat(name).startsWith(start).hasSize(32);
        assertThat(MediaKey.of(name).treeId()).isEqualTo(tree);
      }
    }
  }
}
