package slipway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Await;
import slipway.photo.ScanState;
import slipway.scan.StubClamd.Mood;

class ClamdScannerTest {
  @TempDir Path folder;
  private StubClamd clamd;

  @BeforeEach
  void open() throws IOException {
    clamd = StubClamd.at(0);
  }

  @AfterEach
  void close() throws IOException {
    clamd.close();
  }

  private Path file(int size, String end) throws IOException {
    return Files.writeString(folder.resolve("file"), "x".repeat(size) + end);
  }

  private VirusScanner scanner(int millis) throws IOException {
    return new ClamdScanner(
        new ClamdAddress(null, "127.0.0.1", clamd.port()), Duration.ofMillis(millis));
  }

  private ScanVerdict scan(Path file, int millis) throws Exception {
    return scanner(millis).scan(file, Files.size(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64 << 10, 1_000_000})
  void sendsTheWholeFileAndHearsThatItIsClean(int size) throws Exception {
    assertThat(scan(file(size, ""), 20_000)).isEqualTo(ScanVerdict.CLEAN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000_000})
  void hearsWhatWasFound(int size) throws Exception {
    assertThat(scan(file(size, StubClamd.VIRUS), 20_000))
        .isEqualTo(ScanVerdict.infected("Test.Virus-1"));
  }

  @Test
  void takesTheLimitOfItsSizeForNoVerdictThatWillCome() throws Exception {
    clamd.is(Mood.LIMITED);
    assertThat(scan(file(9_000, ""), 20_000)).isEqualTo(ScanVerdict.CLEAN);
    // It says so while the rest is still being sent.
    assertThat(scan(file(5_000_000, ""), 20_000)).isEqualTo(ScanVerdict.tooLarge());
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "GARBLED", "REFUSING", "HASTY"})
  void takesNothingElseForClean(Mood mood) throws Exception {
    clamd.is(mood);
    ScanVerdict verdict = scan(file(5_000_000, ""), 20_000);
    assertThat(verdict.state()).isEqualTo(ScanState.UNKNOWN);
    assertThat(verdict.isAnswer()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGING", "SILENT"})
  void waitsNoLongerThanItMay(Mood mood) throws Exception {
    clamd.is(mood);
    ScanVerdict verdict = scan(file(5_000_000, ""), 300);
    assertThat(verdict.state()).isEqualTo(ScanState.UNKNOWN);
    assertThat(verdict.reason()).contains("took longer");
  }

  @Test
  void endsWithItsThread() throws Exception {
    clamd.is(Mood.SILENT);
    Path file = file(10, "");
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                scan(file, 60_000);
                end.complete(null);
              } catch (Exception e) {
                end.complete(e);
              }
            });
    thread.start();
    Await.until("the scan", () -> clamd.files() == 1);
    thread.interrupt();
    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void tellsAScannerThatIsAwayFromAFileThatIsMissing() throws Exception {
    Path file = file(10, "");
    assertThatThrownBy(() -> scanner(9_000).scan(folder.resolve("none"), 10))
        .isInstanceOf(NoSuchFileException.class);
    // What is shorter than it was when it came is not sent as if it were whole.
    assertThatThrownBy(() -> scanner(9_000).scan(file, 11))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ScannerAwayException.class);
    VirusScanner away;
    try (ServerSocket free = new ServerSocket(0)) {
      away =
          new ClamdScanner(
              new ClamdAddress(null, "127.0.0.1", free.getLocalPort()), Duration.ofSeconds(9));
    }
    assertThatThrownBy(() -> away.scan(file, 10)).isInstanceOf(ScannerAwayException.class);
    assertThatThrownBy(away::probe).isInstanceOf(ScannerAwayException.class);
    VirusScanner nowhere =
        new ClamdScanner(
            ClamdAddress.of(folder.resolve("socket").toString()).orElseThrow(),
            Duration.ofSeconds(9));
    assertThatThrownBy(() -> nowhere.scan(file, 10)).isInstanceOf(ScannerAwayException.class);
  }

  @Test
  void findsClamdAtTheSocketOfThisMachine() throws Exception {
    Path path = folder.resolve("clamd.ctl");
    try (StubClamd local = StubClamd.at(path)) {
      VirusScanner scanner =
          new ClamdScanner(ClamdAddress.of(path.toString()).orElseThrow(), Duration.ofSeconds(20));
      assertThat(scanner.probe()).isTrue();
      Path file = file(100_000, StubClamd.VIRUS);
      assertThat(scanner.scan(file, Files.size(file)).state()).isEqualTo(ScanState.INFECTED);
      assertThat(local.files()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/run/clamd.ctl, /run/clamd.ctl",
    "clamd.example.com:3310, clamd.example.com:3310",
    "[::1]:3310, ::1:3310",
  })
  void readsAddresses(String text, String address) {
    assertThat(ClamdAddress.of(text)).map(ClamdAddress::toString).contains(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clamd", "clamd:0", "clamd:65536", "clamd:x", "::1:3310", "a b:1", ":1"})
  void readsNothingElseForAnAddress(String text) {
    assertThat(ClamdAddress.of(text)).isEmpty();
  }
}
