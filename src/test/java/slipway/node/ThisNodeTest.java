package slipway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NeedsPostgres;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

@NeedsPostgres
class ThisNodeTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = TestedDatabase.POSTGRES.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ThisNode node(String file) {
    return new ThisNode(database, folder.resolve(file));
  }

  private List<String> there() {
    return database.read(
        handle -> handle.createQuery("select node_id from node").mapTo(String.class).list());
  }

  private void isSilent(ThisNode node, int seconds) {
    database.execute(
        "update node set seen_at = seen_at - ? where node_id = ?", seconds * 1000L, node.id());
  }

  @Test
  void isThereFromItsStartToItsEnd() throws IOException {
    try (ThisNode one = node("one").start();
        ThisNode other = node("other").start()) {
      assertThat(there()).containsExactlyInAnyOrder(one.id(), other.id());
    }
    assertThat(there()).isEmpty();
  }

  @Test
  void takesOneForDeadThatIsSilentForTooLongAndBackAsItWakes() throws IOException {
    try (ThisNode one = node("one").start();
        ThisNode other = node("other").start()) {
      isSilent(one, 25);
      other.bury();
      assertThat(there()).contains(one.id());
      isSilent(one, 10);
      other.bury();
      assertThat(there()).containsExactly(other.id());
      one.beat();
      assertThat(there()).contains(one.id());
    }
  }

  @Test
  void knowsThatTheOneBeforeItInItsFolderIsGone() throws IOException {
    ThisNode killed = node("one");
    killed.beat();
    try (ThisNode first = node("one").start()) {
      try (ThisNode second = node("one").start()) {
        assertThat(there()).containsExactlyInAnyOrder(killed.id(), second.id());
        assertThat(first.id()).isNotEqualTo(second.id());
      }
    }
  }

  @Test
  void tellsThatItWasTakenForDeadOnce() throws IOException {
    AtomicInteger times = new AtomicInteger();
    try (ThisNode one = node("one").start();
        ThisNode other = node("other").start()) {
      one.whenBack(times::incrementAndGet);
      one.beat();
      assertThat(times).hasValue(0);
      isSilent(one, 40);
      other.bury();
      one.beat();
      one.beat();
      assertThat(times).hasValue(1);
    }
  }

  @Test
  void knowsHowManyThereAre() throws IOException {
    try (ThisNode one = node("one").start()) {
      assertThat(one.count()).isEqualTo(1);
      try (ThisNode other = node("other").start()) {
        one.beat();
        other.beat();
        assertThat(one.count()).isEqualTo(2);
        assertThat(other.count()).isEqualTo(2);
      }
      one.beat();
      assertThat(one.count()).isEqualTo(1);
    }
  }

  @Test
  void goesByTheDatabasesClockAndSaysThatItsOwnIsOff() throws IOException {
    SetClock wall = new SetClock();
    wall.pass(Duration.between(wall.instant(), Instant.now()));
    try (ThisNode one = new ThisNode(database, folder.resolve("one"), wall).start()) {
      assertThat(one.isOnTime()).isTrue();
      wall.pass(Duration.ofMinutes(-1));
      one.beat();
      assertThat(one.isOnTime()).isFalse();
      assertThat(one.clock().instant()).isCloseTo(Instant.now(), within(Duration.ofSeconds(20)));
      wall.pass(Duration.ofMinutes(1));
      one.beat();
      assertThat(one.isOnTime()).isTrue();
    }
  }
}
