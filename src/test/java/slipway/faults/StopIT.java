package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

class StopIT {
  private static final int PIECES = 15;

  @ParameterizedTest
  @EnumSource(Container.class)
  void letsRunningPiecesEndBeforeItStops(Container container) throws Exception {
    try (Server server = Server.on(container).start()) {
      List<Door> doors = Door.all(server).stream().filter(door -> door.again().goesOn()).toList();
      assertThat(doors).hasSize(3);
      List<RawConnection> connections = new ArrayList<>();
      for (Door door : doors) {
        byte[] request = door.request();
        connections.add(
            RawConnection.to(server)
                .send(Arrays.copyOf(request, request.length - door.again().file().length / 2)));
      }
      Thread.sleep(500);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      sendRest(doors, connections);
      for (int i = 0; i < doors.size(); i++) {
        Answer answer = connections.get(i).answer().orElseThrow();
        assertThat(answer.status()).as("%s: %s", doors.get(i), answer).isIn(200, 204);
        connections.get(i).close();
      }
      stopped.join();
      server.restart();
      for (Door door : doors) {
        assertThat(Api.of(server).get(door.again().send()).body())
            .as(door.toString())
            .isEqualTo(door.again().file());
      }
    }
  }

  /** Takes as long as three seconds: no container waits that long of its own accord. */
  private static void sendRest(List<Door> doors, List<RawConnection> connections) throws Exception {
    for (int piece = 0; piece < PIECES; piece++) {
      Thread.sleep(200);
      for (int i = 0; i < doors.size(); i++) {
        byte[] request = doors.get(i).request();
        int rest = doors.get(i).again().file().length / 2;
        int start = request.length - rest;
        connections
            .get(i)
            .send(
                Arrays.copyOfRange(
                    request, start + rest * piece / PIECES, start + rest * (piece + 1) / PIECES));
      }
    }
  }
}
