package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** Clients that are gone in mid body, by each door and in each way. */
final class GoneClients {
  private static final String RUNNING = "slipway_uploads_running ";

  /** How a client goes. */
  private interface Leaving {
    void leave(RawConnection connection) throws IOException;
  }

  private GoneClients() {}

  /** Fails when a server keeps a slot, a use or a file of a client that is gone in mid body. */
  static void leaveNothing(Server server) throws IOException {
    leaveInMidBody(server, RawConnection::reset);
    leaveInMidBody(server, RawConnection::endSending);
    // Half-open: nothing ever tells that the client is gone.
    leaveInMidBody(server, connection -> {});
  }

  private static void leaveInMidBody(Server server, Leaving way) throws IOException {
    Set<String> before = Set.copyOf(unfinished(server));
    List<TestedDoor> doors = TestedDoor.all(server);
    List<RawConnection> connections = new ArrayList<>();
    for (TestedDoor door : doors) {
      RawConnection connection = RawConnection.to(server);
      connections.add(connection);
      byte[] request = door.request();
      connection.send(Arrays.copyOf(request, request.length - door.again().file().length / 2));
      Await.until("an upload that runs", () -> running(server) > 0);
      way.leave(connection);
    }
    Await.metric(server, "slipway_uploads_running", 0);
    try (DataFolder data = new DataFolder(server.data())) {
      List<String> unfinished = later(data.unfinished(), before);
      assertThat(unfinished).hasSize(3).containsAll(later(data.incoming(), before));
      for (TestedDoor door : doors) {
        String path = door.again().send();
        assertThat(ApiClient.of(server).get(path).body())
            .as(door.toString())
            .isEqualTo(door.again().file());
      }
      assertThat(later(data.unfinished(), before)).isEmpty();
      assertThat(later(data.incoming(), before)).isEmpty();
    }
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  /** The names of the files of unfinished uploads, which other tests may have. */
  private static List<String> unfinished(Server server) {
    try (DataFolder data = new DataFolder(server.data())) {
      return data.unfinished();
    }
  }

  private static List<String> later(List<String> names, Set<String> before) {
    return names.stream().filter(name -> !before.contains(name)).toList();
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
}
