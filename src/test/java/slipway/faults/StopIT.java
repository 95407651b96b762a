package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

@Execution(ExecutionMode.CONCURRENT)
class StopIT {
  private static final int PIECES = 15;

  @ParameterizedTest
  @AnyContainer
  void letsRunningUploadsEndBeforeItStopsThoughFilesHadRunOut(Container container)
      throws Exception {
    try (Server server = Server.on(container).start()) {
      // First, as the server has loaded nothing yet but what a start loads.
      FilesRunOut.isOverOnceItMayOpenFilesAgain(server);
      List<byte[]> files = files(server);
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
        assertThat(data.unfinished()).isEmpty();
      }
    }
  }

  private static List<byte[]> files(Server server) throws IOException {
    try (DataFolder data = new DataFolder(server.data())) {
      return data.files();
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
