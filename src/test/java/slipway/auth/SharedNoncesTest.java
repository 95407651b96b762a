package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.harness.AtOnce;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** Nonces of two nodes. */
@OnEachDatabase
class SharedNoncesTest {
  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private long now;
  private Database database;
  private SharedNonces one;
  private SharedNonces other;

  @BeforeEach
  void open() throws Exception {
    database = on.open(folder.resolve("test.db"));
    now = clock.instant().getEpochSecond();
    one = new SharedNonces(database, new ClockWatch(clock, null), 300);
    other = new SharedNonces(database, new ClockWatch(clock, null), 300);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void assertRefused(SharedNonces nonces, long credential, long stamp, String nonce) {
    assertThatThrownBy(() -> nonces.check(credential, stamp, nonce))
        .isInstanceOf(InvalidSignatureException.class);
    assertThatThrownBy(() -> nonces.use(credential, stamp, nonce))
        .isInstanceOf(InvalidSignatureException.class);
  }

  @Test
  void areTakenOncePerTimestampAndCredentialByWhicheverNode() throws Exception {
    one.use(1, now, "a");
    assertRefused(one, 1, now, "a");
    assertRefused(other, 1, now, "a");
    assertThatCode(() -> other.check(2, now, "a")).doesNotThrowAnyException();
    assertThatCode(() -> other.use(1, now + 1, "a")).doesNotThrowAnyException();
    assertThatCode(() -> other.use(1, now, "b")).doesNotThrowAnyException();
    assertThatCode(() -> other.use(2, now, "a")).doesNotThrowAnyException();
  }

  /** As a move from a file leaves it. */
  @Test
  void areTakenOfNoTimestampUpToThatOfNoCredential() throws Exception {
    database.execute(
        "insert into oauth_nonce (credential_id, stamp, nonce) values (0, ?, '')", now);
    assertRefused(one, 1, now - 1, "a");
    assertRefused(one, 1, now, "b");
    assertThatThrownBy(() -> one.use(1, now, "b")).hasMessageContaining("sign the request anew");
    one.use(1, now + 1, "c");
    assertRefused(one, 1, now + 1, "c");
    assertThatThrownBy(() -> one.use(1, now + 1, "c")).hasMessageContaining("used before");
  }

  private boolean isTaken(SharedNonces nonces) {
    try {
      nonces.use(1, now, "at once");
      return true;
    } catch (InvalidSignatureException e) {
      return false;
    }
  }

  @Test
  void areTakenOnceThoughManyComeAtOnce() throws Exception {
    assertThat(AtOnce.run(8, i -> () -> isTaken(i % 2 == 0 ? one : other))).containsOnlyOnce(true);
  }

  @Test
  void areKnownAsLongAsANodeThatIsBehindMayTakeThem() throws Exception {
    one.use(1, now, "a");
    clock.pass(Duration.ofMinutes(64));
    SharedNonces later = new SharedNonces(database, new ClockWatch(clock, null), 300);
    later.sweep();
    assertRefused(other, 1, now, "a");
    clock.pass(Duration.ofMinutes(2));
    new SharedNonces(database, new ClockWatch(clock, null), 300).sweep();
    assertThatCode(() -> other.check(1, now, "a")).doesNotThrowAnyException();
  }
}
