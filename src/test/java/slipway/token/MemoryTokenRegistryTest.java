package slipway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.AskedClock;
import slipway.harness.Await;
import slipway.harness.NewDatabase;
import slipway.harness.SetClock;

/** What the registry does that has tokens in memory. */
class MemoryTokenRegistryTest {
  private static final Runnable NOTHING = () -> {};

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private MemoryTokenRegistry registry;

  @BeforeEach
  void open() throws IOException {
    database = NewDatabase.open(folder.resolve("test.db"));
    registry = new MemoryTokenRegistry(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private UploadToken issue(int maxUploads) {
    UploadToken token = SampleToken.issue(maxUploads, clock.instant());
    registry.add(token);
    return token;
  }

  private void spend(UploadToken token) throws TokenRefusedException {
    try (TokenUse use = registry.reserve(token.id())) {
      boolean isSpent = database.write(tx -> use.spend(tx).get().isPresent());
      assertThat(isSpent).isTrue();
      use.spent();
    }
  }

  @Test
  void keepsInMemoryOnlyWhatIsAskedFor() throws TokenRefusedException {
    UploadToken idle = issue(2);
    UploadToken busy = issue(2);
    spend(idle);
    try (TokenUse use = registry.reserve(busy.id())) {
      for (int i = 0; i < 3; i++) {
        assertThat(registry.sweep(clock.instant())).isZero();
      }
      assertThat(registry.inMemory()).isEqualTo(1);
      assertThat(use.token()).isEqualTo(busy);
    }
    assertThat(registry.countValid()).isEqualTo(2);
    assertThat(registry.recall(idle.id()).orElseThrow().spent()).isEqualTo(1);
    spend(idle);
    assertThatThrownBy(() -> registry.reserve(idle.id())).isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void keepsNoTokenInMemoryOnceItsCredentialIsRevoked() {
    long credentialId = issue(1).issuer().credentialId();
    database.execute(
        "insert into credential (credential_id, name, level, created_at, revoked_at)"
            + " values (?, 'a', 'write', 0, 1)",
        credentialId);
    int inMemory = registry.inMemory();
    assertThatThrownBy(() -> issue(1)).isInstanceOf(IssuerRevokedException.class);
    assertThat(registry.inMemory()).isEqualTo(inMemory);
  }

  @Test
  void givesNoUseOfATokenThatWasReadWhileItsCredentialWasRevoked() throws InterruptedException {
    UploadToken token = issue(1);
    long credentialId = token.issuer().credentialId();
    database.execute(
        "insert into credential (credential_id, name, level, created_at) values (?, 'a', 'write', 0)",
        credentialId);
    Thread revoking = new Thread(() -> revokeAll(credentialId));
    interrupted().set(() -> startAndAwait(revoking));
    registry.find(token.id());
    revoking.join();
    assertThat(registry.find(token.id())).isEmpty();
    assertThatThrownBy(() -> registry.reserve(token.id()))
        .isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void givesAUseOnceThoughTheTokenIsSweptByAClockThatIsAhead() throws TokenRefusedException {
    UploadToken token = issue(1);
    AtomicReference<Runnable> next = interrupted();
    registry.find(token.id());
    Instant ahead = token.validUntil().plusSeconds(1);
    next.set(() -> assertThat(registry.sweep(ahead)).isEqualTo(1));
    try (TokenUse use = registry.reserve(token.id())) {
      assertThat(use.token()).isEqualTo(token);
      assertThatThrownBy(() -> registry.reserve(token.id()))
          .isInstanceOf(TokenRefusedException.class);
    }
  }

  private void revokeAll(long credentialId) {
    database.write(
        tx -> {
          registry.revokeAll(tx, credentialId);
          return null;
        });
    registry.dropAll(credentialId);
  }

  /** Until it has ended, or waits for the current thread. */
  private static void startAndAwait(Thread thread) {
    thread.start();
    Await.until("the revocation waits, or is over", () -> !thread.isAlive() || isInDropAll(thread));
  }

  private static boolean isInDropAll(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && Stream.of(thread.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("dropAll"));
  }

  /** What the registry does once from now on, the next time that it looks at the clock. */
  private AtomicReference<Runnable> interrupted() {
    AtomicReference<Runnable> next = new AtomicReference<>(NOTHING);
    Clock asked = new AskedClock(clock, () -> next.getAndSet(NOTHING).run());
    registry = new MemoryTokenRegistry(database, asked);
    return next;
  }

  @Test
  void countsTheValidOnesByTheirIndexAlone() {
    List<String> plan =
        database.read(
            handle ->
                handle
                    .createQuery("explain query plan " + TokenTable.COUNT_VALID)
                    .bind("now", 0)
                    .bind("mostUntil", 1)
                    .bind("most", 1)
                    .map((row, context) -> row.getString("detail"))
                    .list());
    assertThat(plan)
        .anyMatch(
            step ->
                step.contains(
                    "USING COVERING INDEX upload_token_by_expiry (valid_until>? AND valid_until<?)"));
  }
}
