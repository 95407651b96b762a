package slipway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.db.Database;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.harness.AnyContainer;
import slipway.harness.SetClock;
import slipway.token.TokenRefusedException.Reason;

/** What every registry of tokens does. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestedRegistry.class)
class TokenRegistryTest {
  @Parameter TestedRegistry on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private TokenRegistry registry;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    registry = on.of(database, clock);
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

  /** The rows stay. */
  private void sweep(int fromMemory) {
    assertThat(registry.sweep(clock.instant()))
        .isEqualTo(on == TestedRegistry.SQL ? 0 : fromMemory);
  }

  private void assertRefused(String id, Reason reason) {
    assertThatThrownBy(() -> registry.reserve(id))
        .isInstanceOfSatisfying(
            TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void takesATokenForExpiredThatAClockGaveWhichWasFarAhead() throws TokenRefusedException {
    UploadToken early = issue(1);
    clock.pass(Duration.ofDays(40));
    UploadToken token = issue(2);
    spend(token);
    clock.pass(Duration.ofDays(-40));
    for (int run = 0; run < 2; run++) {
      assertRefused(token.id(), Reason.EXPIRED);
      assertThat(registry.find(token.id())).isEmpty();
      KeptToken kept = registry.recall(token.id()).orElseThrow();
      assertThat(kept.state(clock.instant())).isEqualTo(TokenState.EXPIRED);
      assertThat(registry.countValid()).isEqualTo(1);
      registry = on.of(database, clock);
    }
    clock.pass(UploadToken.MOST_LEFT.negated().plusHours(3));
    spend(early);
  }

  @Test
  void refusesATokenItNeverGave() {
    assertRefused("0".repeat(40), Reason.UNKNOWN);
  }

  @Test
  void givesAUseBackWhenTheUploadFailed() throws TokenRefusedException {
    UploadToken token = issue(1);
    try (TokenUse use = registry.reserve(token.id())) {
      assertThat(use.token()).isEqualTo(token);
      assertRefused(token.id(), Reason.IN_USE);
    }
    spend(token);
    assertRefused(token.id(), Reason.USED_UP);
  }

  /** What is told about a token is what a request for its uses would get. */
  @Test
  void tellsUsesThatUploadsUnderWayHoldFromThoseThatAreSpent() throws TokenRefusedException {
    UploadToken token = issue(2);
    spend(token);
    TokenUse use = registry.reserve(token.id());
    for (KeptToken told :
        List.of(
            registry.recall(token.id()).orElseThrow(),
            registry.recallEvenRevoked(token.id()).orElseThrow(),
            registry.list(null, 0, 1).get(0))) {
      assertThat(told.spent()).isEqualTo(1);
      assertThat(told.inProgress()).isEqualTo(1);
      assertThat(told.usesFree()).isZero();
      assertThat(told.state(clock.instant())).isEqualTo(TokenState.VALID);
    }
    assertRefused(token.id(), Reason.IN_USE);
    assertThat(registry.isInUse(token.id())).isTrue();
    use.close();
    assertThat(registry.recall(token.id()).orElseThrow().usesFree()).isEqualTo(1);
    assertThat(registry.isInUse(token.id())).isFalse();
  }

  @Test
  void lets64RacersHaveExactly10Uses() throws InterruptedException {
    UploadToken token = issue(10);
    AtomicInteger uses = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> racers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Thread racer =
          new Thread(
              () -> {
                try {
                  go.await();
                  spend(token);
                  uses.incrementAndGet();
                } catch (TokenRefusedException e) {
                  assertThat(e.reason()).isIn(Reason.USED_UP, Reason.IN_USE);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      racers.add(racer);
      racer.start();
    }
    go.countDown();
    for (Thread racer : racers) {
      racer.join();
    }
    assertThat(uses).hasValue(10);
  }

  @Test
  void refusesAnExpiredTokenFromItsLastSecondOn() {
    UploadToken token = issue(1);
    clock.pass(Duration.between(clock.instant(), token.validUntil()).minusMillis(1));
    assertThat(registry.find(token.id())).contains(token);
    clock.pass(Duration.ofMillis(1));
    assertThat(registry.find(token.id())).isEmpty();
    assertRefused(token.id(), Reason.EXPIRED);
  }

  @Test
  void letsAnUploadThatBeganInTimeEndAfterExpiry() throws TokenRefusedException {
    UploadToken token = issue(1);
    try (TokenUse use = registry.reserve(token.id())) {
      clock.pass(Duration.ofMinutes(16));
      sweep(0);
      boolean isSpent = database.write(tx -> use.spend(tx).get().isPresent());
      assertThat(isSpent).isTrue();
      use.spent();
    }
    sweep(1);
  }

  @Test
  void knowsATokenForItsOwnPurposeOnlyAlsoAfterARestart() throws TokenRefusedException {
    UploadToken token = SampleToken.issue(1, clock.instant()).replacing(7);
    registry.add(token);
    for (int i = 0; i < 2; i++) {
      assertRefused(token.id(), Reason.UNKNOWN);
      assertThat(registry.find(token.id())).isEmpty();
      try (TokenUse use = registry.reserve(token.id(), TokenPurpose.REPLACE)) {
        assertThat(use.token()).isEqualTo(token);
      }
      registry = on.of(database, clock);
    }
    UploadToken upload = issue(1);
    assertThatThrownBy(() -> registry.reserve(upload.id(), TokenPurpose.REPLACE))
        .isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void losesNoTokenAndNoUseWhenTheClockIsMovedForwardsAndBack() throws TokenRefusedException {
    UploadToken token = issue(3);
    spend(token);
    clock.pass(Duration.ofDays(2));
    assertRefused(token.id(), Reason.EXPIRED);
    sweep(1);
    assertRefused(token.id(), Reason.EXPIRED);
    clock.pass(Duration.ofDays(-2).minusHours(1));
    assertThat(registry.find(token.id())).contains(token);
    spend(token);
    spend(token);
    assertRefused(token.id(), Reason.USED_UP);
    clock.pass(Duration.ofHours(1).plusMinutes(15));
    assertRefused(token.id(), Reason.EXPIRED);
  }

  @Test
  void bringsNoRevokedTokenBackWhenTheClockIsMoved() {
    UploadToken token = issue(1);
    assertThat(registry.revoke(token.id(), null)).isTrue();
    clock.pass(Duration.ofMinutes(-1));
    assertRefused(token.id(), Reason.UNKNOWN);
  }

  @Test
  void sweepsOnlyWhatIsExpired() {
    UploadToken old = issue(1);
    clock.pass(Duration.ofMinutes(10));
    UploadToken young = issue(1);
    clock.pass(Duration.ofMinutes(6));
    sweep(1);
    assertRefused(old.id(), Reason.EXPIRED);
    assertThat(registry.find(young.id())).contains(young);
  }

  @Test
  void givesNoUseTwiceThoughATokenLeavesTheMemoryMeanwhile() throws Exception {
    int uses = AnyContainer.ALL ? 300 : 100;
    UploadToken token = issue(uses);
    AtomicInteger given = new AtomicInteger();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread sweeping =
        new Thread(
            () -> {
              while (!isOver.get()) {
                registry.sweep(clock.instant());
              }
            });
    sweeping.start();
    List<Thread> all =
        Stream.generate(() -> new Thread(() -> spendAll(token, given))).limit(3).toList();
    all.forEach(Thread::start);
    for (Thread one : all) {
      one.join();
    }
    isOver.set(true);
    sweeping.join();
    assertThat(given.get()).isEqualTo(uses);
    assertThat(registry.recall(token.id()).orElseThrow().spent()).isEqualTo(uses);
  }

  private void spendAll(UploadToken token, AtomicInteger given) {
    try {
      while (true) {
        spend(token);
        given.incrementAndGet();
      }
    } catch (TokenRefusedException e) {
      // None is left, or the others hold the last ones.
    }
  }

  @Test
  void aChangeHoldsThoughTheTokenIsNotAskedForSince() {
    UploadToken token = issue(1);
    database.write(
        tx -> registry.change(tx, token.id(), new DetailsChange(null, "New", null, null, null)));
    for (int i = 0; i < 3; i++) {
      registry.sweep(clock.instant());
    }
    assertThat(registry.find(token.id()).orElseThrow().details().title()).isEqualTo("New");
  }

  @Test
  void forgetsNoTokenAndNoUseOverARestart() throws TokenRefusedException {
    UploadToken token = issue(2);
    UploadToken usedUp = issue(1);
    spend(token);
    spend(usedUp);
    registry = on.of(database, clock);
    assertThat(registry.find(token.id())).contains(token);
    assertRefused(usedUp.id(), Reason.USED_UP);
    spend(token);
    assertRefused(token.id(), Reason.USED_UP);
  }

  @Test
  void revokesAllThatACredentialIssued() {
    UploadToken token = issue(2);
    long credentialId = token.issuer().credentialId();
    database.execute(
        "insert into credential (credential_id, name, level, created_at) values (?, 'a', 'write', 0)",
        credentialId);
    database.write(
        tx -> {
          registry.revokeAll(tx, credentialId + 1);
          return null;
        });
    registry.dropAll(credentialId + 1);
    assertThat(registry.find(token.id())).contains(token);
    database.write(
        tx -> {
          registry.revokeAll(tx, credentialId);
          return null;
        });
    registry.dropAll(credentialId);
    assertRefused(token.id(), Reason.UNKNOWN);
    registry = on.of(database, clock);
    assertRefused(token.id(), Reason.UNKNOWN);
    assertThat(registry.recall(token.id())).isEmpty();
    assertThat(registry.list(null, 0, 9)).allMatch(kept -> kept.revokedAt() != null);
    assertThat(registry.countValid()).isZero();
    assertThat(registry.revoke(token.id(), null)).as("it is revoked already").isFalse();
    assertThat(
            database.<Long, RuntimeException>read(
                handle ->
                    handle
                        .createQuery("select count(*) from upload_token where revoked_at is null")
                        .mapTo(Long.class)
                        .one()))
        .as("rows of tokens that were not written, as they may be a million")
        .isEqualTo(1);
  }

  @Test
  void addsNoTokenOnceItsCredentialIsRevoked() {
    long credentialId = issue(1).issuer().credentialId();
    database.execute(
        "insert into credential (credential_id, name, level, created_at, revoked_at)"
            + " values (?, 'a', 'write', 0, 1)",
        credentialId);
    long before = registry.countValid();
    assertThatThrownBy(() -> issue(1)).isInstanceOf(IssuerRevokedException.class);
    assertThat(registry.countValid()).isEqualTo(before);
  }

  @Test
  void refusesARevokedTokenAtOnceAndAfterARestart() throws TokenRefusedException {
    UploadToken token = issue(2);
    assertThat(registry.revoke(token.id(), 99L)).isFalse();
    try (TokenUse use = registry.reserve(token.id())) {
      assertThat(registry.revoke(token.id(), token.issuer().credentialId())).isTrue();
      assertRefused(token.id(), Reason.UNKNOWN);
      boolean isSpent = database.write(tx -> use.spend(tx).get().isPresent());
      assertThat(isSpent).isTrue();
      use.spent();
    }
    assertThat(registry.recall(token.id())).isEmpty();
    assertThat(registry.recallEvenRevoked(token.id()).map(KeptToken::token)).contains(token);
    assertThat(registry.resume(token.id(), "an upload")).isEmpty();
    assertThat(registry.revoke(token.id(), null)).isFalse();
    registry = on.of(database, clock);
    assertRefused(token.id(), Reason.UNKNOWN);
    KeptToken kept = registry.list(1L, 0, 10).get(0);
    assertThat(kept.state(clock.instant())).isEqualTo(TokenState.REVOKED);
    assertThat(kept.spent()).isEqualTo(1);
  }

  @Test
  void recallsATokenFor30DaysAfterItsExpiry() {
    UploadToken token = issue(1);
    clock.pass(Duration.ofDays(30));
    registry.sweep(clock.instant());
    KeptToken kept = registry.recall(token.id()).orElseThrow();
    assertThat(kept.token()).isEqualTo(token);
    assertThat(kept.state(clock.instant())).isEqualTo(TokenState.EXPIRED);
    clock.pass(Duration.ofMinutes(15));
    registry.sweep(clock.instant());
    assertThat(registry.recall(token.id())).isEmpty();
  }

  @Test
  void listsTheTokensOfACredentialTheYoungestFirst() {
    UploadToken older = issue(1);
    clock.pass(Duration.ofMinutes(1));
    UploadToken younger = issue(1);
    assertThat(registry.list(1L, 0, 10))
        .extracting(kept -> kept.token().id())
        .containsExactly(younger.id(), older.id());
    assertThat(registry.list(null, 1, 1))
        .extracting(kept -> kept.token().id())
        .containsExactly(older.id());
    assertThat(registry.count(1L)).isEqualTo(2);
    assertThat(registry.count(2L)).isZero();
    assertThat(registry.list(2L, 0, 10)).isEmpty();
  }

  private boolean change(UploadToken token, DetailsChange change) {
    return database.write(tx -> registry.change(tx, token.id(), change));
  }

  @Test
  void remembersAChangeOverARestart() {
    UploadToken token = issue(1);
    DetailsChange change = new DetailsChange(List.of(), "B", null, null, false);
    assertThat(change(token, change)).isTrue();
    Details after = registry.find(token.id()).orElseThrow().details();
    assertThat(after).isEqualTo(change.of(token.details()));
    registry = on.of(database, clock);
    assertThat(registry.find(token.id()).orElseThrow().details()).isEqualTo(after);
    clock.pass(Duration.ofMinutes(15));
    assertThat(change(token, change)).isFalse();
  }

  /** A change that is undone must not stay in force for the uploads under way. */
  @Test
  void forgetsAChangeWhoseTransactionFails() throws TokenRefusedException {
    UploadToken token = issue(1);
    DetailsChange change = new DetailsChange(null, "B", null, null, !token.details().publish());
    try (TokenUse use = registry.reserve(token.id())) {
      assertThatThrownBy(
              () ->
                  database.write(
                      tx -> {
                        assertThat(registry.change(tx, token.id(), change)).isTrue();
                        assertThat(use.details(tx)).isEqualTo(change.of(token.details()));
                        assertThat(database.read(use::details)).isEqualTo(token.details());
                        throw new IllegalStateException("undone");
                      }))
          .hasMessage("undone");
      assertThat(database.read(use::details)).isEqualTo(token.details());
      assertThat(registry.find(token.id())).contains(token);
      assertThat(change(token, change)).isTrue();
      assertThat(database.read(use::details)).isEqualTo(change.of(token.details()));
    }
  }

  @Test
  void takesEachChangeOfOneTransaction() throws TokenRefusedException {
    UploadToken token = issue(1);
    DetailsChange title = new DetailsChange(null, "B", null, null, null);
    DetailsChange tags = new DetailsChange(null, null, null, "b c", null);
    database.write(
        tx -> registry.change(tx, token.id(), title) && registry.change(tx, token.id(), tags));
    assertThat(registry.find(token.id()).orElseThrow().details())
        .isEqualTo(tags.of(title.of(token.details())));
  }

  @Test
  void doesNotSayItsSecret() {
    UploadToken token = issue(1);
    assertThat(token.toString()).doesNotContain(token.id());
  }
}
