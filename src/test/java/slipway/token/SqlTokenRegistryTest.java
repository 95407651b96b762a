package slipway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.db.NotWrittenException;
import slipway.details.DetailsChange;
import slipway.harness.NeedsPostgres;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.token.TokenRefusedException.Reason;

/** What the registry does that shares its tokens with other nodes. */
@NeedsPostgres
class SqlTokenRegistryTest {
  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private SqlTokenRegistry one;
  private SqlTokenRegistry other;

  @BeforeEach
  void open() throws IOException {
    database = TestedDatabase.POSTGRES.open(folder.resolve("test.db"));
    one = node("one");
    other = node("other");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private SqlTokenRegistry node(String name) {
    database.execute("insert into node (node_id, started_at, seen_at) values (?, 0, 0)", name);
    return new SqlTokenRegistry(database, clock, name);
  }

  private void isDead(String name) {
    database.execute("delete from node where node_id = ?", name);
  }

  private UploadToken issue(int maxUploads) {
    UploadToken token = SampleToken.issue(maxUploads, clock.instant());
    one.add(token);
    return token;
  }

  private boolean isSpent(TokenUse use) {
    return database.write(tx -> use.spend(tx).get().isPresent());
  }

  private void spend(TokenUse use) {
    assertThat(isSpent(use)).isTrue();
    use.spent();
  }

  private KeptToken kept(UploadToken token) {
    return other.recall(token.id()).orElseThrow();
  }

  private long out() {
    return database.<Long, RuntimeException>read(
        handle -> handle.select("select count(*) from token_use").mapTo(Long.class).one());
  }

  @Test
  void knowsOnEachNodeWhatTheOtherHasOut() throws TokenRefusedException {
    UploadToken token = issue(2);
    try (TokenUse use = one.reserve(token.id())) {
      assertThat(kept(token).inProgress()).isEqualTo(1);
      assertThat(other.isInUse(token.id())).isTrue();
      assertThat(other.free(token.id()).count()).isEqualTo(1);
      TokenUse last = other.reserve(token.id());
      assertThatThrownBy(() -> one.reserve(token.id()))
          .isInstanceOfSatisfying(
              TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE));
      spend(last);
      assertThat(kept(token).spent()).isEqualTo(1);
    }
    assertThat(kept(token).usesFree()).isEqualTo(1);
    assertThat(out()).isZero();
  }

  @Test
  void givesTheUsesBackOfANodeThatIsGone() throws TokenRefusedException {
    UploadToken token = issue(2);
    one.reserve(token.id());
    TokenUse ofTheLiving = other.reserve(token.id());
    assertThat(other.settleUses()).isZero();
    isDead("one");
    assertThat(other.settleUses()).isEqualTo(1);
    assertThat(kept(token).inProgress()).isEqualTo(1);
    assertThat(out()).isEqualTo(1);
    spend(ofTheLiving);
  }

  /** As one that was stopped for a while, and continues. */
  @Test
  void spendsAnotherUseWhereANodeHasLostItsOwnAndNoMoreThanThereAre() throws Exception {
    UploadToken token = issue(2);
    TokenUse first = one.reserve(token.id());
    TokenUse second = one.reserve(token.id());
    isDead("one");
    assertThat(other.settleUses()).isEqualTo(2);
    spend(other.reserve(token.id()));
    spend(first);
    assertThat(isSpent(second)).isFalse();
    second.close();
    assertThat(kept(token).spent()).isEqualTo(2);
    assertThat(kept(token).inProgress()).isZero();
  }

  @Test
  void givesNoUseBackTwice() throws TokenRefusedException {
    UploadToken token = issue(3);
    TokenUse use = one.reserve(token.id());
    one.reserve(token.id());
    isDead("one");
    assertThat(other.settleUses()).isEqualTo(2);
    use.close();
    assertThat(kept(token).inProgress()).isZero();
    assertThat(kept(token).usesFree()).isEqualTo(3);
  }

  /** Its answer was lost, say. */
  @Test
  void givesAUseBackThatNobodyKnowsOf() {
    UploadToken token = issue(1);
    database.execute("update upload_token set reserved = 1 where token = ?", token.id());
    database.execute(
        "insert into token_use (node_id, number, token) values ('one', 99, ?)", token.id());
    assertThat(other.settleUses()).isZero();
    assertThat(one.settleUses()).isEqualTo(1);
    assertThat(kept(token).usesFree()).isEqualTo(1);
  }

  @Test
  void keepsTheUseOfAnUploadWhoseTransactionFails() throws TokenRefusedException {
    UploadToken token = issue(1);
    TokenUse use = one.reserve(token.id());
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      assertThat(use.spend(tx).get()).isPresent();
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    assertThat(kept(token).spent()).isZero();
    assertThat(kept(token).inProgress()).isEqualTo(1);
    spend(use);
    assertThat(kept(token).spent()).isEqualTo(1);
  }

  @Test
  void tellsOfAChangeThatAnotherNodeMade() throws TokenRefusedException {
    UploadToken token = issue(1);
    try (TokenUse use = one.reserve(token.id())) {
      assertThat(use.isAsIssued()).isTrue();
      database.write(
          tx -> other.change(tx, token.id(), new DetailsChange(null, "B", null, null, null)));
      assertThat(database.read(use::details).title()).isEqualTo("B");
      assertThat(use.isAsIssued()).isFalse();
    }
  }

  @Test
  void letsRacersOnTwoNodesHaveExactlyTheUsesThereAre() throws Exception {
    race(2, 24);
  }

  @Test
  @Tag("faults")
  void letsManyRacersHaveExactlyTheUsesThereAre() throws Exception {
    race(1000, 64);
  }

  /** Some end well, and some fail and give theirs back, which the others may then have. */
  private void race(int rounds, int racers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      for (int round = 0; round < rounds; round++) {
        UploadToken token = issue(5);
        List<Callable<Boolean>> all =
            IntStream.range(0, racers)
                .mapToObj(i -> (Callable<Boolean>) () -> isSpent(token, i))
                .toList();
        int spent = 0;
        for (Future<Boolean> racer : threads.invokeAll(all)) {
          spent += racer.get() ? 1 : 0;
        }
        assertThat(kept(token).spent()).isEqualTo(spent).isLessThanOrEqualTo(5);
        assertThat(kept(token).inProgress()).isZero();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(out()).isZero();
  }

  private boolean isSpent(UploadToken token, int racer) {
    try (TokenUse use = (racer % 2 == 0 ? one : other).reserve(token.id())) {
      if (racer % 3 == 0 || !isSpent(use)) {
        return false;
      }
      use.spent();
      return true;
    } catch (TokenRefusedException | NotWrittenException e) {
      return false;
    }
  }
}
