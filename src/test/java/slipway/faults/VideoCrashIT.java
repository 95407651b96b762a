package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;

/** The server is killed, or stopped, while a video is converted: nothing of that is left. */
@Tag("faults")
class VideoCrashIT {
  @TempDir Path folder;
  private Server server;
  private String id;

  @Test
  void convertsAnewWhatAKillOrAStopHasCut() throws Exception {
    Path running = folder.resolve("running");
    Path slow = folder.resolve("ffmpeg");
    String ffmpeg = Tool.require("ffmpeg").toString();
    // Pictures are made as ever; a conversion writes its file, and does not end.
    Files.writeString(
        slow,
        """
        #!/bin/sh
        case "$*" in *copy.mp4*) ;; *) exec %s "$@" ;; esac
        for last; do :; done
        head -c 1000000 /dev/zero > "${last#file:}"
        echo $$ > %s
        exec sleep 600
        """
            .formatted(ffmpeg, running));
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    try (Server started =
        Server.on(Container.JETTY_12)
            .withRenditions()
            .setting("slipway.video.ffmpeg", slow.toString())
            .start()) {
      server = started;
      upload();
      long first = await(running);
      server.kill();
      awaitEnd(first);
      assertThat(work()).as("what the kill left").isNotEmpty();
      Files.delete(running);
      server.restart();
      long second = await(running);
      Files.delete(running);
      server.stop();
      awaitEnd(second);
      assertThat(work()).isEmpty();
      server.setting("slipway.video.ffmpeg", ffmpeg);
      server.restart();
      Await.until("the copy", () -> progress("video_state").equals("done"));
      // A decoder that waits for more has one.
      Await.until("all others to be deleted", () -> work().size() <= 1);
    }
  }

  private void upload() throws IOException {
    Multipart form =
        new Multipart()
            .file("file", "a.mov", "video/quicktime", Files.readAllBytes(SampleMedia.hevc()));
    id = ApiClient.withKey(server).post("/api/photo/upload", form).xml("/response/photo_id");
  }

  private String progress(String field) {
    return ApiClient.withKey(server)
        .get("/api/photo/get-transcoding-progress", Map.of("photo_id", id))
        .xml("/response/" + field);
  }

  private static long await(Path running) throws IOException {
    Await.until("ffmpeg", () -> running.toFile().length() > 0);
    return Long.parseLong(Files.readString(running).strip());
  }

  private static void awaitEnd(long pid) {
    Await.until("its end", () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  private List<Path> work() {
    try (Stream<Path> files = Files.list(server.data().resolve("work"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
