package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

@Execution(ExecutionMode.CONCURRENT)
class GoneClientIT {
  private static final String RUNNING = "slipway_uploads_running ";

  /** How a client goes. */
  private interface Leaving {
    void leave(RawConnection connection) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void keepsNoSlotNoUseAndNoFileOfAClientThatIsGoneInMidBody(Container container) throws Exception {
    try (Server server =
        Server.on(container)
            .setting("slipway.limit.uploads", "50")
            .jvm("-Dharness.idle-millis=2000")
            .start()) {
      leaveInMidBody(server, RawConnection::reset);
      leaveInMidBody(server, RawConnection::endSending);
      // Half-open: nothing ever tells that the client is gone.
      leaveInMidBody(server, connection -> {});
    }
  }

  private static void leaveInMidBody(Server server, Leaving way) throws IOException {
    List<TestedDoor> doors = TestedDoor.all(server);
    List<RawConnection> connections = new ArrayList<>();
    for (TestedDoor door : doors) {
      RawConnection connection = RawConnection.to(server);
      connections.add(connection);
      byte[] request = door.request();
      connection.send(Arrays.copyOf(request, request.length - door.again().file().length / 2));
      await(() -> running(server) > 0);
      way.leave(connection);
    }
    await(() -> running(server) == 0);
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.unfinished()).hasSize(3).containsAll(data.incoming());
      for (TestedDoor door : doors) {
        String path = door.again().send();
        assertThat(ApiClient.of(server).get(path).body())
            .as(door.toString())
            .isEqualTo(door.again().file());
      }
      assertThat(data.unfinished()).isEmpty();
      assertThat(data.incoming()).isEmpty();
    }
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  private static double running(Server server) {
    return ApiClient.of(server)
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(RUNNING))
        .mapToDouble(line -> Double.parseDouble(line.substring(RUNNING.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
