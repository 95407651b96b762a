package slipway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir Path folder;

  @Test
  void keepsAFolderToOneWebApplicationOfAServer() throws IOException {
    Path data = folder.resolve("a/b");
    try (DataLock first = DataLock.of(data)) {
      assertThatThrownBy(() -> DataLock.of(data)).hasMessageContaining(data.toString());
      assertThatThrownBy(() -> DataLock.of(data)).hasMessageContaining("another Slipway");
      DataLock.of(folder).close();
    }
    DataLock.of(data).close();
  }
}
