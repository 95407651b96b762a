package slipway.media.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.disk.FullDisk;
import slipway.harness.Tool;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;

/** With shells in place of ffmpeg. */
class ProgramTest {
  private static final ProgramLimits LIMITS = new ProgramLimits(20, 256);

  @TempDir Path folder;

  private Path output() {
    return folder.resolve("output");
  }

  private void run(String script) throws Exception {
    Program.run(List.of("sh", "-c", script), output(), LIMITS);
  }

  private static void fails(Obstacle obstacle, ThrowingCallable running) {
    assertThatThrownBy(running)
        .isInstanceOfSatisfying(
            NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(obstacle));
  }

  @Test
  void keepsWhatAProgramWrites() throws Exception {
    run("echo a; echo b >&2; echo c");
    assertThat(output()).hasContent("a\nc");
  }

  @Test
  void doesNotTakeAFullDiskForAFaultOfTheFile() {
    assertThatThrownBy(() -> Program.run(List.of("echo", "a"), Path.of("/dev/full"), LIMITS))
        .isInstanceOf(IOException.class)
        .matches(FullDisk::isReasonOf);
    assertThatThrownBy(() -> run("echo 'pipe:1: No space left on device' >&2; exit 1"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill -TERM $$", "exit 129", "exit 255"})
  void doesNotTakeTheEndOfEverythingForAFaultOfTheFile(String script) {
    assertThatThrownBy(() -> run(script)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 127",
        "echo 'prlimit: failed to set the AS resource limit' >&2; exit 1",
        "/no/such/program"
      })
  void tellsThatAProgramCannotBeRun(String script) {
    assertThatThrownBy(() -> run(script)).isInstanceOf(NotStartedException.class);
  }

  @Test
  void tellsThatAProgramIsOfAnotherKindOfMachine() throws Exception {
    Path program = Files.write(folder.resolve("program"), new byte[] {1, 2, 3, 0});
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> Program.run(List.of(program.toString()), output(), LIMITS))
        .isInstanceOf(NotStartedException.class);
  }

  @Test
  void takesWhatItCannotDecodeForAFaultOfTheFile() {
    fails(Obstacle.FILE, () -> run("echo 'Invalid data' >&2; exit 1"));
    fails(Obstacle.FILE, () -> run("echo 'Invalid data' >&2; exit 183"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill -KILL $$", "kill -USR1 $$", "exit 137"})
  void tellsThatSomebodyKilledIt(String script) {
    assertThatThrownBy(() -> run(script)).isInstanceOf(KilledException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'file:/a: Permission denied' >&2; exit 1",
        "echo 'file:/a: No such file or directory' >&2; exit 254"
      })
  void doesNotTakeWhatTheMachineDoesNotLetItReadForAFaultOfTheFile(String script) {
    assertThatThrownBy(() -> run(script)).isInstanceOf(IOException.class);
  }

  @Test
  void triesWhatItCouldNotReadAgainAsSomeBrokenFilesLookSo() {
    fails(Obstacle.COST, () -> run("echo 'file:/a: Input/output error' >&2; exit 1"));
  }

  private void read(Path file, String script) throws Exception {
    Program.read(file, List.of("sh", "-c", script), output(), LIMITS);
  }

  @Test
  void judgesAFileOnlyWhereItCanBeRead() throws Exception {
    Path file = folder.resolve("file");
    assertThatThrownBy(() -> read(file, "exit 1")).isInstanceOf(NoSuchFileException.class);
    Files.write(file, new byte[1_000_000]);
    fails(Obstacle.FILE, () -> read(file, "exit 1"));
    assertThatThrownBy(() -> read(file, "rm " + file + "; exit 1"))
        .isInstanceOf(NoSuchFileException.class);
    // A folder opens, but cannot be read, as a file of a disk that fails.
    Files.createDirectory(file);
    assertThatThrownBy(() -> read(file, "true")).isInstanceOf(IOException.class);
  }

  @Test
  void takesAFileThatIsTooLongForAFaultOfTheFile() {
    fails(Obstacle.FILE, () -> run("head -c 100000000 /dev/zero > " + folder.resolve("long")));
    fails(Obstacle.FILE, () -> run("kill -XFSZ $$"));
  }

  /** By libheif's words. */
  @Test
  void takesACodecThatIsNotInstalledForAKindThatIsKept() {
    fails(
        Obstacle.KIND,
        () ->
            run(
                "echo 'Could not decode image: 0: Unsupported feature: Unsupported codec' >&2; exit 1"));
  }

  @Test
  void takesACrashForCost() {
    fails(Obstacle.COST, () -> run("kill -SEGV $$"));
    fails(Obstacle.COST, () -> run("kill -XCPU $$"));
  }

  @Test
  void endsAProgramWhoseOutputIsTooLarge() {
    fails(Obstacle.FILE, () -> run("cat /dev/zero"));
    assertThat(output())
        .satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(64 << 20));
  }

  @Test
  void waitsForNobodyWhoReadsItsWords() throws Exception {
    run("head -c 1000000 /dev/zero >&2; echo a");
    assertThat(output()).hasContent("a");
  }

  @Test
  void endsAProgramByItselfThatHasHadItsTime() throws Exception {
    Tool.require("prlimit");
    run("ulimit -t");
    assertThat(output()).hasContent("25");
    Process left = Program.bounded(List.of("sh", "-c", "while :; do :; done"), "--cpu=1").start();
    try {
      assertThat(left.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      left.destroyForcibly();
    }
  }
}
