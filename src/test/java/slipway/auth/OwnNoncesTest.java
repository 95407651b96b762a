package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class OwnNoncesTest {
  @Parameter TestedDatabase on;

  private static final long START = 1_800_000_000;

  @TempDir Path folder;

  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private OwnNonces startedAt(long second, int most) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    return new OwnNonces(database, new ClockWatch(clock, null), 300, most);
  }

  private static void assertTaken(OwnNonces nonces, long credential, long stamp, String nonce) {
    assertThatCode(() -> nonces.use(credential, stamp, nonce)).doesNotThrowAnyException();
  }

  private static void assertRefused(OwnNonces nonces, long credential, long stamp, String nonce) {
    assertThatThrownBy(() -> nonces.use(credential, stamp, nonce))
        .isInstanceOf(InvalidSignatureException.class);
  }

  @Test
  void takesANonceOncePerTimestampAndCredential() {
    OwnNonces nonces = startedAt(START, 100);
    assertTaken(nonces, 1, START, "a");
    assertRefused(nonces, 1, START, "a");
    assertTaken(nonces, 1, START + 1, "a");
    assertTaken(nonces, 1, START, "b");
    assertTaken(nonces, 2, START, "a");
  }

  @Test
  void takesNothingTwiceWhenMemoryIsFull() {
    OwnNonces nonces = startedAt(START, 2);
    for (int i = 0; i < 5; i++) {
      assertTaken(nonces, 1, START + i, "a");
    }
    for (int i = 0; i < 5; i++) {
      assertRefused(nonces, 1, START + i, "a");
    }
    assertTaken(nonces, 1, START + 4, "b");
  }

  @Test
  void takesNothingTwiceThoughTheClockIsMovedForwardsAndBack() {
    SetClock clock = new SetClock();
    long now = clock.instant().getEpochSecond();
    OwnNonces nonces = new OwnNonces(database, new ClockWatch(clock, null), 300, 100);
    assertTaken(nonces, 1, now, "a");
    clock.pass(Duration.ofHours(1));
    assertRefused(nonces, 1, now + 10, "checked before the clock was moved");
    assertTaken(nonces, 1, now + 3600, "b");
    clock.pass(Duration.ofHours(-1));
    assertRefused(nonces, 1, now, "a");
    assertRefused(nonces, 1, now + 3600, "b");
    assertTaken(nonces, 1, now + 11, "a");
  }

  @Test
  void takesWhatRightClocksSignOnceItsOwnIsPutRight() {
    SetClock clock = new SetClock();
    long now = clock.instant().getEpochSecond();
    AtomicLong nanos = new AtomicLong();
    clock.pass(Duration.ofHours(2));
    OwnNonces nonces = new OwnNonces(database, new ClockWatch(clock, null, nanos::get), 300, 100);
    assertTaken(nonces, 1, now + 7200, "signed by a clock as wrong");
    assertRefused(nonces, 1, now, "before");
    clock.pass(Duration.ofHours(-2).plusMinutes(1));
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertRefused(nonces, 1, now - 1, "before the start");
    assertTaken(nonces, 1, now + 1, "a");
    assertTaken(nonces, 1, now + 60, "a");
    assertRefused(nonces, 1, now + 60, "a");
  }

  /** Its requests continued until nonces were forgotten. */
  @ParameterizedTest
  @ValueSource(strings = "PT2H")
  void takesWhatIsSignedByTheClockAsItIsPutBackFrom(Duration ahead) {
    SetClock clock = new SetClock();
    AtomicLong nanos = new AtomicLong();
    OwnNonces nonces = new OwnNonces(database, new ClockWatch(clock, null, nanos::get), 300, 100);
    for (Duration moved : List.of(Duration.ZERO, ahead, ahead.negated())) {
      clock.pass(moved);
      for (int i = 0; i < 60; i++) {
        long now = clock.instant().getEpochSecond();
        String nonce = "after " + nanos.get();
        assertTaken(nonces, 1, now, nonce);
        assertRefused(nonces, 1, now, nonce);
        clock.pass(Duration.ofMinutes(5));
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
      }
    }
  }

  @Tag("faults")
  @ParameterizedTest
  @ValueSource(strings = {"P40D", "PT-2H"})
  void takesWhatIsSignedAfterOtherChangesToo(Duration ahead) {
    takesWhatIsSignedByTheClockAsItIsPutBackFrom(ahead);
  }

  @Test
  void keepsWhatIsAheadThroughAClockThatIsMovedForwardsAndBack() {
    SetClock clock = new SetClock();
    Instant told = clock.instant();
    long now = told.getEpochSecond();
    assertTaken(new OwnNonces(database, new ClockWatch(clock, told), 300, 100), 1, now + 100, "a");
    clock.pass(Duration.ofHours(2));
    OwnNonces ahead = new OwnNonces(database, new ClockWatch(clock, told), 300, 100);
    assertTaken(ahead, 1, now + 7200, "b");
    clock.pass(Duration.ofHours(-2).plusSeconds(50));
    OwnNonces right = new OwnNonces(database, new ClockWatch(clock, told), 300, 100);
    assertRefused(right, 1, now + 100, "a");
    assertTaken(right, 1, now + 100, "c");
  }

  @Test
  void takesNothingTwiceThatWasUsedBeforeAStartWithAClockThatWasBehind() {
    SetClock clock = new SetClock();
    long now = clock.instant().getEpochSecond();
    assertTaken(new OwnNonces(database, new ClockWatch(clock, null), 300, 100), 1, now, "a");
    AtomicLong nanos = new AtomicLong();
    clock.pass(Duration.ofHours(-2).plusSeconds(1));
    OwnNonces nonces = new OwnNonces(database, new ClockWatch(clock, null, nanos::get), 300, 100);
    clock.pass(Duration.ofHours(2).plusSeconds(1));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertRefused(nonces, 1, now, "a");
    assertTaken(nonces, 1, now + 2, "a");
  }

  @Test
  void takesNothingTwiceThatWasUsedWhileTheClockWasAhead() {
    SetClock clock = new SetClock();
    Instant told = clock.instant();
    long now = told.getEpochSecond();
    clock.pass(Duration.ofHours(2));
    OwnNonces ahead = new OwnNonces(database, new ClockWatch(clock, told), 300, 100);
    assertTaken(ahead, 1, now + 7200, "a");
    clock.pass(Duration.ofHours(-2));
    OwnNonces right = new OwnNonces(database, new ClockWatch(clock, told), 300, 100);
    clock.pass(Duration.ofHours(2));
    assertRefused(right, 1, now + 7200, "a");
  }

  @Test
  void takesNothingTwiceAfterARestart() {
    OwnNonces before = startedAt(START, 100);
    assertTaken(before, 1, START, "now");
    assertTaken(before, 1, START + 100, "ahead of the clock");
    OwnNonces after = startedAt(START + 5, 100);
    assertRefused(after, 1, START, "now");
    assertRefused(after, 1, START + 100, "ahead of the clock");
    assertTaken(after, 1, START + 100, "another");
  }

  /** Each that is kept has the writer delete those that are over. */
  @Test
  void findsWhatIsOverThroughAnIndex() {
    on.assumeSqlite();
    List<String> plan =
        database.read(
            handle ->
                handle
                    .createQuery("explain query plan delete from oauth_nonce where stamp < 1")
                    .map((row, context) -> row.getString("detail"))
                    .list());
    assertThat(String.join("\n", plan)).contains("oauth_nonce_by_stamp").doesNotContain("SCAN");
  }
}
