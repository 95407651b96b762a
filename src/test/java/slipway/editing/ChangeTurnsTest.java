package slipway.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeTurnsTest {
  private final ChangeTurns turns = new ChangeTurns();
  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    others.shutdownNow();
  }

  private Future<?> waitFor(String token) {
    int before = turns.waiting();
    Future<?> waiting =
        others.submit(
            () -> {
              turns.take(token).close();
              return null;
            });
    await(() -> turns.waiting() > before);
    return waiting;
  }

  @Test
  void letsTwoOfATokenWaitAndOthersGetTheirTurns() throws Exception {
    List<Future<?>> waiting = new ArrayList<>();
    ChangeTurns.ChangeTurn turn = turns.take("greedy");
    waiting.add(waitFor("greedy"));
    waiting.add(waitFor("greedy"));
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> turns.take("greedy")).isInstanceOf(TooManyChangesException.class);
    }
    waiting.add(waitFor("other"));
    turn.close();
    for (Future<?> one : waiting) {
      one.get();
    }
    turns.take("greedy").close();
    assertThat(turns.waiting()).isZero();
  }

  @Test
  void letsOnlySoManyWaitInAll() throws Exception {
    ChangeTurns.ChangeTurn turn = turns.take("a");
    for (int i = 0; i < 32; i++) {
      var unused = waitFor("a" + i);
    }
    assertThatThrownBy(() -> turns.take("b")).isInstanceOf(TooManyChangesException.class);
    turn.close();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
