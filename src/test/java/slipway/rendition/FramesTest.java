package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
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
import slipway.db.Database;
import slipway.details.Details;
import slipway.harness.Await;
import slipway.harness.NewDatabase;
import slipway.health.BusyException;
import slipway.media.Incoming;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.Spool;
import slipway.media.contract.MemoryMediaStore;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoFrames;
import slipway.media.video.VideoTools;
import slipway.photo.Photo;
import slipway.photo.PhotoFile;
import slipway.photo.Photos;
import slipway.photo.SamplePhoto;

/** With a program in place of ffmpeg that notes each run, and waits as long as there is a gate. */
class FramesTest {
  @TempDir private Path folder;
  private Path gate;
  private Path runs;
  private Frames frames;
  private MemoryMediaStore media;

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
          printf 'streams.stream.0.%%s\\n' index=0 codec_type=video width=100 height=100; exit;;
        esac
        echo run >> "%s"
        while [ -e "%s" ]; do sleep 0.05; done
        [ -e "%s" ] || echo picture
        """
            .formatted(runs, gate, folder.resolve("empty")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.createFile(folder.resolve("a.mp4"));
    VideoTools tools = new VideoTools(program.toString(), program.toString(), 60, 2048);
    media = new MemoryMediaStore();
    frames =
        new Frames(
            media, new VideoFrames(tools, new WorkFolder(folder.resolve("work")), 1_000_000), 1);
  }

  @Test
  void runsOnceWhereAVideoHasNoPicture() throws Exception {
    Files.createFile(folder.resolve("empty"));
    MediaKey key;
    try (Incoming incoming = new Spool(folder.resolve("media")).receive()) {
      incoming.write(ByteBuffer.wrap(new byte[10]));
      key = media.keep(incoming);
    }
    Photo video;
    try (Database database = NewDatabase.open(folder.resolve("test.db"))) {
      PhotoFile file = new PhotoFile(key.treeId(), key.name(), "a", "video/mp4", 10);
      Photos photos = new Photos(database, Clock.systemUTC());
      video = database.write(tx -> photos.add(tx, SamplePhoto.of(file, Details.NONE, null)));
    }
    Frame frame = new Frame(500, 100, 100);
    assertThat(frames.isKept(video, frame)).isFalse();
    assertThat(frames.of(video, frame)).isEmpty();
    assertThat(frames.isKept(video, frame)).isTrue();
    assertThat(frames.of(video, frame)).isEmpty();
    assertThat(Files.readAllLines(runs)).hasSize(1);
    media.delete(key);
    Frame other = new Frame(501, 100, 100);
    assertThatThrownBy(() -> frames.of(video, other)).isInstanceOf(NoSuchFileException.class);
    assertThat(frames.isKept(video, other)).isFalse();
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
