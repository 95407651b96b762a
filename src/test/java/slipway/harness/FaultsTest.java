package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  private static final String LOST = "lost";
  private static final String REFUSED = "refused";
  private static final String DATABASE = "database";

  @TempDir private static Path folder;
  private static Faults faults;
  private static Map<String, List<String>> told;

  /** Each folder has faults of its own, so that one process is enough. */
  @BeforeAll
  static void writeToAll() throws Exception {
    faults = Faults.none();
    faults.loseFlush("*/lost/file", 1, 1);
    faults.failWrite("*/refused/file", 2, Faults.ENOSPC);
    faults.failFlush(folder.toRealPath().resolve(REFUSED).toString(), 1);
    faults.failRename("*/refused/moved", 1);
    faults.failFlush("*/database/a.db-wal", 1);
    told = write(faults, LOST, REFUSED, DATABASE);
  }

  private static List<String> made(String name) throws IOException {
    String path = folder.toRealPath().resolve(name).toString();
    return faults.made().stream().filter(fault -> fault.contains(path)).toList();
  }

  @Tag("faults")
  @Test
  void leavesADiskWithoutFaultsAsItIs() throws Exception {
    assertThat(write(Faults.none(), "well").get("well"))
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
    assertThat(told.get(LOST))
        .containsSequence("flush", "write at a place", "write", "flush failed", "flush")
        .contains("first 000000000000", "commit");
    assertThat(made(LOST)).containsExactly("sync 5 " + folder.toRealPath() + "/lost/file");
  }

  @Test
  void failsWritesFlushesOfFoldersAndRenamesSoManyTimes() throws Exception {
    assertThat(told.get(REFUSED))
        .startsWith("write failed", "flush", "write at a place failed", "write", "flush")
        .contains("second ", "flush a folder failed")
        .containsSequence("rename failed", "rename", "commit");
    assertThat(made(REFUSED)).hasSize(4).first().asString().startsWith("write 28 ");
  }

  @Test
  void failsTheDatabasesFlush() throws Exception {
    assertThat(told.get(DATABASE)).endsWith("commit failed", "commit");
    assertThat(made(DATABASE)).singleElement().asString().endsWith("/a.db-wal");
  }

  /** What is told of each folder. */
  private static Map<String, List<String>> write(Faults faults, String... names)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                NativeSqlite.option(),
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName()));
    for (String name : names) {
      command.add(Files.createDirectory(folder.resolve(name)).toString());
    }
    ProcessBuilder writing = new ProcessBuilder(command);
    writing.environment().putAll(faults.environment());
    Process process = writing.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, List<String>> told = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line :
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList()) {
      if (line.startsWith(Writing.FOLDER)) {
        lines = new ArrayList<>();
        told.put(line.substring(Writing.FOLDER.length()), lines);
      } else {
        lines.add(line);
      }
    }
    assertThat(process.waitFor()).isZero();
    return told;
  }
}
