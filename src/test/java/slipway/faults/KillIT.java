package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.AnyContainer;
import slipway.harness.Container;

/**
 * One kill of what {@link KillRun} does; {@link ManyKillsIT} has more. What is left of it is swept
 * in {@code mvn -Pfaults verify}.
 */
@ParameterizedClass
@AnyContainer
class KillIT {
  @Parameter Container container;

  @Test
  void keepsEveryPromiseWhenKilledAtARandomPoint() throws Exception {
    try (KillRun run = new KillRun(container, 7)) {
      run.killAndCheck();
      if (AnyContainer.ALL) {
        run.finish();
      }
      assertThat(run.reported()).isZero();
    }
  }
}
