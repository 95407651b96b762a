package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Container;

/** A short run of what {@link KillRun} does; the long one is a benchmark. */
@ParameterizedClass
@EnumSource(Container.class)
class KillIT {
  @Parameter Container container;

  @Test
  void keepsEveryPromiseWhenKilledAtRandomPoints() throws Exception {
    try (KillRun run = new KillRun(container, 7)) {
      for (int i = 0; i < 4; i++) {
        run.killAndCheck();
      }
      run.finish();
      assertThat(run.reported()).isZero();
    }
  }
}
