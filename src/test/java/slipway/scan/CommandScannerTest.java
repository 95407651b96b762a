package slipway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Await;
import slipway.harness.Tool;
import slipway.media.program.ProgramLimits;
import slipway.photo.ScanState;

/** With scripts of the shell in place of clamscan. */
class CommandScannerTest {
  private static final ProgramLimits LIMITS = new ProgramLimits(20, 256);

  @TempDir Path folder;

  private Path script(String content) throws IOException {
    Path script = Files.writeString(folder.resolve("scan"), "#!/bin/sh\n" + content + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private ScanVerdict scan(String content, ProgramLimits limits, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("a file; rm -rf *"), "x");
    List<String> command =
        Stream.concat(Stream.of(script(content).toString()), Stream.of(more)).toList();
    return new CommandScanner(command, limits).scan(file, 1);
  }

  @ParameterizedTest
  @CsvSource({"0, CLEAN", "1, INFECTED", "2, UNKNOWN", "40, UNKNOWN", "255, UNKNOWN"})
  void goesByTheExitStatus(int status, ScanState state) throws Exception {
    assertThat(scan("echo a; exit " + status, LIMITS).state()).isEqualTo(state);
  }

  @Test
  void hearsWhatWasFound() throws Exception {
    assertThat(scan("echo \"$1: Test.Virus-1 FOUND\"; exit 1", LIMITS).reason())
        .contains("found Test.Virus-1 in");
    // It looked at a part of the file only, which is no verdict on the whole.
    assertThat(scan("echo \"$1: Heuristics.Limits.Exceeded.MaxFileSize FOUND\"; exit 1", LIMITS))
        .isEqualTo(ScanVerdict.tooLarge());
    assertThat(
            scan(
                "echo 'a: Heuristics.Limits.Exceeded FOUND'; echo 'a: Worm FOUND'; exit 1", LIMITS))
        .isEqualTo(ScanVerdict.infected("Worm"));
  }

  @ParameterizedTest
  @CsvSource({"KILL", "TERM", "SEGV"})
  void takesNoProgramThatWasEndedForOneThatFoundNothing(String signal) throws Exception {
    assertThat(scan("kill -" + signal + " $$", LIMITS).state()).isEqualTo(ScanState.UNKNOWN);
  }

  @Test
  void givesThePathAsOneWordAndNoShell() throws Exception {
    String told = folder.resolve("told").toString();
    scan("printf '%s|' \"$@\" > " + told, LIMITS);
    assertThat(Path.of(told)).hasContent(folder.resolve("a file; rm -rf *") + "|");
    scan("printf '%s|' \"$@\" > " + told, LIMITS, "--file={}", "-q", "$HOME");
    assertThat(Path.of(told))
        .hasContent("--file=" + folder.resolve("a file; rm -rf *") + "|-q|$HOME|");
  }

  @Test
  void endsAProgramThatTakesTooLongWithAllItHasBegun() throws Exception {
    String pid = folder.resolve("pid").toString();
    ScanVerdict verdict =
        scan("sleep 300 & echo $! > " + pid + "; wait", new ProgramLimits(1, 256));
    assertThat(verdict.state()).isEqualTo(ScanState.UNKNOWN);
    assertThat(verdict.reason()).contains("took longer than 1 s");
    long child = Long.parseLong(Files.readString(Path.of(pid)).strip());
    Await.until("its end", () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void leavesNothingBehindThatAProgramHasBegun() throws Exception {
    Tool.require("setsid");
    String pid = folder.resolve("pid").toString();
    // The first has its output, and the second another parent by the time that the program ends.
    assertThat(scan("sleep 300 & (sleep 300 >&- 2>&- & echo $! > " + pid + "); exit 0", LIMITS))
        .isEqualTo(ScanVerdict.CLEAN);
    long child = Long.parseLong(Files.readString(Path.of(pid)).strip());
    Await.until("its end", () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    Await.until("the end of the threads that read", () -> readers() == 0);
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("slipway-program"))
        .count();
  }

  @Test
  void isNotStoppedByAProgramThatSaysMuch() throws Exception {
    assertThat(scan("head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2; exit 1", LIMITS))
        .isEqualTo(ScanVerdict.infected(""));
  }

  @Test
  void tellsAProgramThatCannotBeStartedFromOneThatGivesNoVerdict() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    CommandScanner missing = new CommandScanner(List.of("/nowhere/clamscan"), LIMITS);
    assertThatThrownBy(() -> missing.scan(file, 1)).isInstanceOf(ScannerAwayException.class);
    assertThatThrownBy(missing::probe).isInstanceOf(ScannerAwayException.class);
  }
}
