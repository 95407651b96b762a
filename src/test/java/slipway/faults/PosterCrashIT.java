package slipway.faults;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;

/**
 * The server is killed, or its commit fails, while a video gets another picture: it has the one or
 * the other all along, with the sizes that its row says.
 */
@Tag("faults")
class PosterCrashIT {
  private static final String LOG = "*/slipway.db-wal";
  private static final long LONG_MILLIS = 60_000;

  private final Faults disk = Faults.none();
  private Server server;
  private JsonObject video;

  @Test
  void hasTheOneOrTheOtherPictureAfterEveryCrash() throws Exception {
    Tool.require("ffmpeg");
    try (Server started = Server.on(Container.JETTY_12).withRenditions().faults(disk).start()) {
      server = started;
      upload();
      byte[] first = assertWhole();

      keptButNotCommitted();
      assertThat(assertWhole()).as("the row names it still").isEqualTo(first);

      disk.failFlushLate(LOG, 0, 1, 0);
      assertThat(replace(400).status()).isGreaterThanOrEqualTo(500);
      disk.end();
      assertThat(assertWhole()).as("after a commit that failed").isEqualTo(first);

      committedButNotDeleted();
      byte[] second = assertWhole();
      assertThat(second).as("the row names the new one").isNotEqualTo(first);
      assertThat(replace(500).status()).isEqualTo(200);
      assertThat(assertWhole()).isNotEqualTo(second);
      delete();
    }
  }

  private void upload() throws IOException {
    Multipart form =
        new Multipart()
            .field("format", "json")
            .file("file", "a.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4()));
    video =
        ApiClient.withKey(server).post("/api/photo/upload", form).json().getAsJsonObject("upload");
    Await.until("the video's own pictures", () -> !listed("large_size").isEmpty());
  }

  private String field(String name) {
    return video.get(name).getAsString();
  }

  private String listed(String field) {
    return ApiClient.withKey(server)
        .get("/api/photo/list", Map.of("photo_id", field("photo_id")))
        .xml("/response/photo/@" + field);
  }

  private Answer replace(int width) {
    Multipart form =
        new Multipart()
            .field("photo_id", field("photo_id"))
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(width, 300));
    return ApiClient.withKey(server).post("/api/photo/replace", form);
  }

  /** Killed while the folder with the new renditions is flushed, before the row names them. */
  private void keptButNotCommitted() throws Exception {
    disk.stallFlush("*/media/" + field("tree_id"), 1, LONG_MILLIS);
    CompletableFuture<Void> sent = runAsync(() -> replace(350));
    Await.until("the flush of the folder", () -> !disk.made().isEmpty());
    assertThat(renditions()).hasSize(2);
    killAndStart(sent);
  }

  /** Killed while the commit is flushed: it is in the log, and the start finds it. */
  private void committedButNotDeleted() throws Exception {
    int made = disk.made().size();
    disk.stallFlush("*/media/" + field("tree_id"), 1, 1500);
    CompletableFuture<Void> sent = runAsync(() -> replace(450));
    Await.until("the flush of the folder", () -> disk.made().size() > made);
    disk.stallFlush(LOG, 1, LONG_MILLIS);
    Await.until("the flush of the commit", () -> disk.made().size() > made + 1);
    assertThat(renditions()).hasSizeGreaterThan(1);
    killAndStart(sent);
  }

  private void killAndStart(CompletableFuture<Void> sent) {
    server.kill();
    sent.handle((nothing, cut) -> nothing).join();
    disk.end();
    server.restart();
    Await.until("what is left of renditions to be deleted", () -> renditions().size() == 1);
  }

  private byte[] assertWhole() {
    String path = "/%s/%s/%s/large".formatted(field("tree_id"), field("photo_id"), field("token"));
    Answer large = ApiClient.of(server).get(path);
    assertThat(large.header("Slipway-Rendition")).isEmpty();
    assertThat(large.header("Content-Type")).contains("image/jpeg");
    assertThat(listed("large_size")).isEqualTo(Integer.toString(large.body().length));
    return large.body();
  }

  /** The folders with renditions. */
  private List<String> renditions() {
    try (Stream<Path> files = Files.walk(server.data().resolve("media"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".renditions"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void delete() {
    Map<String, String> id = Map.of("photo_id", field("photo_id"));
    assertThat(supplyAsync(() -> ApiClient.withKey(server).post("/api/photo/delete", id)).join())
        .extracting(Answer::status)
        .isEqualTo(200);
    // That of the commit of which nobody knew goes with the next start.
    assertThat(renditions().size()).isLessThanOrEqualTo(1);
  }
}
