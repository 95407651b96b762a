package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.harness.Answer;
import slipway.harness.Await;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** The stop of a server in an orderly way, while it takes uploads by each door. */
final class OrderlyStop {
  private static final int PIECES = 15;

  private OrderlyStop() {}

  static void letsRunningUploadsEnd(Server server) throws Exception {
    List<byte[]> files;
    List<String> unfinished;
    try (DataFolder data = new DataFolder(server.data())) {
      files = data.files();
      unfinished = data.unfinished();
    }
    List<TestedDoor> doors =
        TestedDoor.all(server).stream().filter(door -> door.again().token() != null).toList();
    assertThat(doors).hasSize(4);
    List<RawConnection> connections = new ArrayList<>();
    for (TestedDoor door : doors) {
      byte[] request = door.request();
      connections.add(
          RawConnection.to(server)
              .send(Arrays.copyOf(request, request.length - door.again().file().length / 2)));
    }
    Await.metric(server, "slipway_uploads_running", doors.size());
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
    sendRest(doors, connections);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < doors.size(); i++) {
      Optional<Answer> answer = connections.get(i).answer();
      assertThat(answer).as("The answer of %s", doors.get(i)).isPresent();
      answers.add(answer.get());
      connections.get(i).close();
    }
    stopped.join();
    for (int i = 0; i < doors.size(); i++) {
      assertThat(answers.get(i).status()).as(doors.get(i).toString()).isIn(200, 204, 301);
    }
    try (DataFolder data = new DataFolder(server.data())) {
      doors.forEach(door -> files.add(door.file()));
      assertThat(data.files()).containsExactlyInAnyOrderElementsOf(files);
      assertThat(data.unfinished()).hasSameElementsAs(unfinished);
    }
  }

  /** Takes as long as three seconds: no container waits that long of its own accord. */
  private static void sendRest(List<TestedDoor> doors, List<RawConnection> connections)
      throws Exception {
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
