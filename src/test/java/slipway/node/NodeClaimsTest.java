package slipway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NeedsPostgres;
import slipway.harness.TestedDatabase;

@NeedsPostgres
class NodeClaimsTest {
  @TempDir Path folder;
  private Database database;
  private ThisNode one;
  private ThisNode other;

  @BeforeEach
  void open() throws IOException {
    database = TestedDatabase.POSTGRES.open(folder.resolve("test.db"));
    one = new ThisNode(database, folder.resolve("one"));
    other = new ThisNode(database, folder.resolve("other"));
    one.beat();
    other.beat();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void isSilent(ThisNode node) {
    database.execute("update node set seen_at = 0 where node_id = ?", node.id());
  }

  @Test
  void areOfOneNodeAtATime() {
    Claims here = one.claims("a");
    Claims there = other.claims("a");
    assertThat(here.take(1)).isTrue();
    assertThat(here.take(1)).as("has it").isTrue();
    assertThat(there.take(1)).isFalse();
    assertThat(there.take(2)).isTrue();
    assertThat(other.claims("b").take(1)).isTrue();
    assertThat(here.count()).isEqualTo(2);
    there.giveBack(1);
    assertThat(there.take(1)).as("was not its own").isFalse();
    here.giveBack(1);
    assertThat(there.take(1)).isTrue();
  }

  @Test
  void areFreeOnceTheirNodeIsGone() {
    assertThat(one.claims("a").take(1)).isTrue();
    assertThat(one.claims("a").take(2)).isTrue();
    isSilent(one);
    other.bury();
    assertThat(other.claims("a").count()).isZero();
    assertThat(other.claims("a").take(1)).isTrue();
    one.beat();
    assertThat(one.claims("a").take(1)).isFalse();
    assertThat(one.claims("a").take(2)).isTrue();
  }

  @Test
  void ofOneAloneAreAlwaysTaken() {
    assertThat(Claims.ALONE.take(1)).isTrue();
    Claims.ALONE.giveBack(1);
    assertThat(Claims.ALONE.count()).isZero();
  }
}
