package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Container;
import slipway.harness.Gate;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/**
 * The real clients of chunks, all at the same time, while their server is killed. {@link
 * slipway.faults.KillIT} has a client of our own.
 */
@Tag("faults")
class ChunkRestartIT {
  private static final int CHUNKS = 20;

  /** Bytes a second, so that none of the clients is done before the others have begun. */
  private static final long SLOW = 1_000_000;

  private static final List<ChunkClient> CLIENTS = List.of(ChunkClient.values());

  @Test
  void allClientsGoOnAfterTheServerWasKilledAndStartedAgain() throws Exception {
    Server server = Server.mortal(Container.JETTY_12);
    try (Gate gate = Gate.before(server);
        ChunkPage page = new ChunkPage()) {
      page.load();
      page.browser().upstream(SLOW);
      Path file = jpeg();
      int clients = CLIENTS.size();
      Future<Void> killed = gate.after(clients * 7L * ChunkPage.CHUNK + 1000, server::kill);
      List<String> tokens = new ArrayList<>();
      for (ChunkClient client : CLIENTS) {
        String token = new Visits(server).token("allowed_origin", page.origin());
        tokens.add(token);
        page.upload(client, token, Map.of(), List.of(gate.uri(Visits.REDEEM)), file);
      }
      killed.get(1, TimeUnit.MINUTES);
      page.browser().upstream(-1);
      server.restart();
      page.answers(clients);
      for (String token : tokens) {
        Stored stored = new Stored(server, token);
        stored.isExactly(file);
        assertThat(stored.usesLeft()).isZero();
      }
      assertThat(page.count("POST 200"))
          .as("chunks that were received are not sent again")
          .isEqualTo(clients * CHUNKS);
    }
  }

  private static Path jpeg() throws IOException {
    byte[] bytes = SampleMedia.largeJpeg(CHUNKS * ChunkPage.CHUNK).get().readAllBytes();
    return SampleMedia.file("cat.jpg", bytes);
  }
}
