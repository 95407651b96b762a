package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Await;
import slipway.health.BusyException;
import slipway.media.LocalFile;
import slipway.media.contract.MemoryMediaStore;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoFrames;
import slipway.media.video.VideoTools;

/** With a program in place of ffmpeg that notes each run, and waits as long as there is a gate. */
class FramesTest {
  @TempDir private Path folder;
  private Path gate;
  private Path runs;
  private Frames frames;

  @BeforeEach
  void open() throws IOException {
    gate = folder.resolve("gate");
    runs = folder.resolve("runs");
    Path program = folder.resolve("ffmpeg");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$*" in *-show_entries*)
          printf 'streams.stream.0.%%s=100\\n' index width height; exit;;
        esac
        echo run >> "%s"
        while [ -e "%s" ]; do sleep 0.05; done
        echo picture
        """
            .formatted(runs, gate));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    VideoTools tools = new VideoTools(program.toString(), program.toString(), 60, 2048);
    frames =
        new Frames(
            new MemoryMediaStore(),
            new VideoFrames(tools, new WorkFolder(folder.resolve("work")), 1_000_000),
            1);
  }

  private Optional<byte[]> take() throws Exception {
    LocalFile file = new LocalFile(folder.resolve("a.mp4"), () -> {});
    return frames.of(file, new Frame(0, 100, 100));
  }

  @Test
  void takesFewAtATimeAndLetsFewWait() throws Exception {
    Files.createFile(gate);
    AtomicInteger refused = new AtomicInteger();
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      Callable<Boolean> one =
          () -> {
            try {
              return take().isPresent();
            } catch (BusyException e) {
              refused.incrementAndGet();
              return false;
            }
          };
      List<Future<Boolean>> all = new ArrayList<>();
      all.add(callers.submit(one));
      Await.until("the first to run", () -> Files.exists(runs));
      for (int i = 0; i < 11; i++) {
        all.add(callers.submit(one));
      }
      Await.until("three to be refused", () -> refused.get() == 3);
      assertThat(Files.readAllLines(runs)).hasSize(1);
      Files.delete(gate);
      int taken = 0;
      for (Future<Boolean> each : all) {
        taken += each.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(9);
    } finally {
      callers.shutdownNow();
    }
  }
}
