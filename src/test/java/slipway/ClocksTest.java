package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NeedsPostgres;
import slipway.harness.TestedDatabase;
import slipway.node.ThisNode;

@NeedsPostgres
class ClocksTest {
  @TempDir Path folder;

  /** Tokens expire, and rows are swept, by the database's clock, as a node's own may be wrong. */
  @Test
  void showTheTimeOfTheDatabaseWhereNodesShareIt() throws Exception {
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));
    try (Database database = TestedDatabase.POSTGRES.open(folder.resolve("test.db"));
        ThisNode node = new ThisNode(database, folder.resolve("node"), wrong).start()) {
      Clocks clocks = Clocks.of(database, node);
      assertThat(List.of(clocks.wall().instant(), clocks.watch().now(), clocks.steady().instant()))
          .allSatisfy(
              time -> assertThat(time).isCloseTo(Instant.now(), within(Duration.ofMinutes(1))));
    }
  }
}
