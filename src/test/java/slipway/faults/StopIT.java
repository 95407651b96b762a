package slipway.faults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.Server;

/** The first life of a server, to its orderly stop; {@link KillIT} stops one in its second. */
@Tag("faults")
class StopIT {
  @ParameterizedTest
  @AnyContainer
  void letsRunningUploadsEndBeforeItStopsThoughFilesHadRunOut(Container container)
      throws Exception {
    try (Server server = Server.on(container).start()) {
      // First, as the server has loaded nothing yet but what a start loads.
      FilesRunOut.isOverOnceItMayOpenFilesAgain(server);
      OrderlyStop.letsRunningUploadsEnd(server);
    }
  }
}
