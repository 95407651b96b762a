package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  @Test
  void isNothingForOthersToReadOrWrite() throws IOException {
    DataLock.of(folder).close();
    assertThat(Files.getPosixFilePermissions(folder.resolve("slipway.lock")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
