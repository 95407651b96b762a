package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Container;

/** A run of what {@link KillRun} does; the long one is a benchmark. */
@Tag("faults")
class ManyKillsIT {
  @ParameterizedTest
  @EnumSource(Container.class)
  void keepsEveryPromiseWhenKilledAtRandomPoints(Container container) throws Exception {
    try (KillRun run = new KillRun(container, 7)) {
      for (int i = 0; i < 4; i++) {
        run.killAndCheck();
      }
      run.finish();
      assertThat(run.reported()).isZero();
    }
  }
}
