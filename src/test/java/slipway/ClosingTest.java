package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.health.StillAtWorkException;

class ClosingTest {
  @TempDir Path folder;
  private final Closing closing = new Closing();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesTheLastOpenedFirstThoughOneFails() throws Exception {
    closing.later(DataLock.of(folder));
    closing.later(() -> closed.add("first"));
    closing.later(
        () -> {
          throw new IllegalStateException("as a test has it");
        });
    closing.later(() -> closed.add("last"));
    closing.close();
    assertThat(closed).containsExactly("last", "first");
    DataLock.of(folder).close();
  }

  @Test
  void leavesTheDataLockedWhileAPartStillWorksOnThem() throws Exception {
    closing.later(DataLock.of(folder));
    closing.later(() -> closed.add("first"));
    closing.later(
        () -> {
          throw new StillAtWorkException("as a test has it");
        });
    closing.close();
    System.gc();
    assertThat(closed).containsExactly("first");
    assertThatThrownBy(() -> DataLock.of(folder)).hasMessageContaining("another Slipway");
  }
}
