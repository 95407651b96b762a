package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Await;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.Server;
import slipway.harness.Tool;

/** Three nodes under uploads, of which one after the other is stopped, killed or replaced. */
@NeedsPostgres
@Tag("faults")
class RollingIT {
  private static final int VISITORS = 6;
  private static final int KILLS = Integer.getInteger("slipway.faults.kills", 15);

  @TempDir Path folder;

  private static void more(Visitors visitors, int files) {
    int before = visitors.count();
    Await.until("more files", () -> visitors.count() >= before + files);
  }

  private static void assertAllIsWell(Visitors visitors, String what) throws InterruptedException {
    visitors.end();
    visitors.tell(what);
    visitors.assertNothingWrong();
    visitors.assertAllKept();
  }

  /** A stop may cut connections that were accepted for a node, and not read from yet. */
  @Test
  void losesNothingThoughEachIsRestarted() throws Exception {
    try (Nodes nodes = Nodes.start(3, folder);
        Visitors visitors = new Visitors(nodes, VISITORS)) {
      for (Server node : nodes.all()) {
        more(visitors, 10);
        node.restart();
      }
      more(visitors, 10);
      assertAllIsWell(visitors, "restarts");
    }
  }

  /**
   * Of the version before, whose WAR is at {@code slipway.previous-war}: the tables are those of
   * the new one from the first start of that on, and the others continue with them.
   */
  @Test
  void losesNothingThoughEachIsReplacedByTheNextVersion() throws Exception {
    String previous = System.getProperty("slipway.previous-war");
    if (previous == null) {
      throw Tool.skip("There is no WAR of the version before: set slipway.previous-war");
    }
    try (Nodes nodes = Nodes.start(3, folder, Map.of(), Path.of(previous));
        Visitors visitors = new Visitors(nodes, VISITORS)) {
      for (int i = 0; i < 3; i++) {
        more(visitors, 20);
        nodes.upgrade(i);
      }
      more(visitors, 20);
      assertAllIsWell(visitors, "upgrades");
    }
  }

  /** Somewhere in an upload: as its bytes come, are flushed, kept, committed or answered. */
  @Test
  void losesNothingThoughTheyAreKilledAgainAndAgain() throws Exception {
    Random random = new Random(67);
    try (Nodes nodes = Nodes.start(3, folder);
        Visitors visitors = new Visitors(nodes, VISITORS)) {
      more(visitors, 10);
      for (int i = 0; i < KILLS; i++) {
        Thread.sleep(random.nextInt(700));
        Server node = nodes.get(random.nextInt(3));
        node.kill();
        node.restart();
        more(visitors, 3);
      }
      assertAllIsWell(visitors, KILLS + " kills");
      assertThat(visitors.cut()).isPositive();
    }
  }
}
