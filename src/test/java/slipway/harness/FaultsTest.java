package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path folder;

  @Tag("faults")
  @Test
  void leavesADiskWithoutFaultsAsItIs() throws Exception {
    assertThat(write(Faults.none()))
        .containsExactly(
            "write",
            "flush",
            "write at a place",
            "write",
            "flush",
            "flush",
            "first second third",
            "flush a folder",
            "rename",
            "rename failed",
            "commit",
            "commit");
  }

  @Test
  void losesWhatAFailedFlushWasToKeepAndNoMore() throws Exception {
    Faults faults = Faults.none().loseFlush("*/file", 1, 1);
    assertThat(write(faults))
        .containsSequence("flush", "write at a place", "write", "flush failed", "flush")
        .contains("first 000000000000", "commit");
    assertThat(faults.made()).containsExactly("sync 5 " + folder.toRealPath() + "/file");
  }

  @Test
  void failsWritesFlushesOfFoldersAndRenamesSoManyTimes() throws Exception {
    Faults faults = Faults.none();
    faults.failWrite("*/file", 2, Faults.ENOSPC).failFlush(folder.toRealPath() + "", 1);
    faults.failRename("*/moved", 1);
    assertThat(write(faults))
        .startsWith("write failed", "flush", "write at a place failed", "write", "flush")
        .contains("second ", "flush a folder failed")
        .containsSequence("rename failed", "rename", "commit");
    assertThat(faults.made()).hasSize(4).first().asString().startsWith("write 28 ");
  }

  @Test
  void failsTheDatabasesFlush() throws Exception {
    Faults faults = Faults.none().failFlush("*/a.db-wal", 1);
    assertThat(write(faults)).endsWith("commit failed", "commit");
    assertThat(faults.made()).singleElement().asString().endsWith("/a.db-wal");
  }

  private List<String> write(Faults faults) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            NativeSqlite.option(),
            "-cp",
            System.getProperty("java.class.path"),
            Writing.class.getName(),
            folder.toString());
    command.environment().putAll(faults.environment());
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
