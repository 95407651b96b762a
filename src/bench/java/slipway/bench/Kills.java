package slipway.bench;

import java.util.Random;
import slipway.faults.KillRun;
import slipway.harness.Container;

/**
 * The long run of {@link KillRun}: so many kills, spread over the containers. {@code
 * -Dbench.seed=<number>} repeats the choices of a run.
 */
final class Kills {
  private static final int SAY_EVERY = 10;

  private Kills() {}

  static void run(String[] containers, int kills) throws Exception {
    long seed = Long.getLong("bench.seed", new Random().nextInt(1_000_000));
    Bench.say("Kills: %d, seed %d", kills, seed);
    for (int i = 0; i < containers.length; i++) {
      int own = kills * (i + 1) / containers.length - kills * i / containers.length;
      run(Container.valueOf(containers[i]), own, seed + i);
    }
  }

  private static void run(Container container, int kills, long seed) throws Exception {
    try (KillRun run = new KillRun(container, seed)) {
      for (int done = 1; done <= kills; done++) {
        run.killAndCheck();
        if (done % SAY_EVERY == 0) {
          Bench.say("%s: %d of %d kills", container, done, kills);
        }
      }
      run.finish();
      Bench.say(
          "%s: %d kills, %d photos acknowledged and there, %d uploads cut off and gone on with,"
              + " %d photos without renditions",
          container, kills, run.acknowledged(), run.resumed(), run.reported());
    }
  }
}
