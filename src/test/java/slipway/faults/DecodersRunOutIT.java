package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.OpenFiles;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Files run out while there are enough to take a photo, but not to begin a process. */
@Tag("faults")
class DecodersRunOutIT {
  /** For connections and for the file of an upload; a process takes six at once. */
  private static final int FREE = 5;

  @ParameterizedTest
  @AnyContainer
  void photosWaitForTheirRenditions(Container container) throws Exception {
    try (Server server = Server.on(container).withRenditions().start()) {
      // All that is opened once, and for long.
      new Catalogue(server).upload("title", "first");
      ApiClient api = ApiClient.of(server);
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      awaitNoDecoder(server);
      JsonObject waiting;
      try (OpenFiles files = OpenFiles.moreThanNow(server, FREE)) {
        waiting = new Catalogue(server).upload("title", "second");
        Await.until("the want to be told", () -> decoding(server).equals("failing"));
        assertThat(api.get("/health/ready").status()).isEqualTo(200);
      }
      Await.until("the renditions", () -> state(server, waiting).equals("done"));
      assertThat(decoding(server)).isEqualTo("ok");
      Await.until("the folders to be deleted", () -> folders(server).size() <= 1);
      assertThat(server.log()).doesNotContain("NoClassDefFoundError");
    }
  }

  private static String decoding(Server server) {
    return ApiClient.of(server).get("/health/ready").json().get("decoding").getAsString();
  }

  private static String state(Server server, JsonObject photo) {
    String path = "/%s/%s/%s/small";
    Answer small =
        ApiClient.of(server)
            .get(
                path.formatted(
                    photo.get("tree_id").getAsString(),
                    photo.get("photo_id").getAsString(),
                    photo.get("token").getAsString()));
    return small.header("Slipway-Rendition").orElse("done");
  }

  private static void awaitNoDecoder(Server server) {
    Await.until("the decoder to end", () -> folders(server).isEmpty());
  }

  private static List<Path> folders(Server server) {
    try (Stream<Path> all = Files.list(server.data().resolve("work"))) {
      return all.toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
