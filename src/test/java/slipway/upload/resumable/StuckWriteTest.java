package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.upload.IncomingRoomTest;

/** A disk on which a write does not end. */
class StuckWriteTest {
  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);

  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    letGo.countDown();
    crowd.close();
  }

  /** As a disk that is asked when it seems full, and then does not answer. */
  private long usable() {
    if (asked.getAndIncrement() > 0) {
      stuck.countDown();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return 1000;
  }

  @Test
  void doesNotStopTheSweeper() throws Exception {
    PartialFile file = new Spool(folder).receiveInPieces();
    UploadInfo info = new UploadInfo("id", "token", "id", 2000, "a.jpg", file.name(), "", "");
    DiskUse disk = new DiskUse(1 << 20, 1 << 20, IncomingRoomTest.on(this::usable));
    UploadTable.Row row = new UploadTable.Row(info, new ByteRanges(), null);
    ReceivedBytes received =
        new ReceivedBytes(row, file, null, disk, Clock.systemUTC(), kept -> {});
    Writers writers = new Writers(info, file, received, disk, null);
    PieceWriter piece = writers.open(null, 1, 900, false);
    PieceWriter other = writers.open(null, 1000, 900, false);
    piece.write(ByteBuffer.allocate(600));
    Future<Void> writing = crowd.begin(() -> other.write(ByteBuffer.allocate(600)));
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(writing.isDone()).isFalse();
    AtomicReference<Thread> stopping = new AtomicReference<>(Thread.currentThread());
    Future<Void> stop =
        crowd.begin(
            () -> {
              stopping.set(Thread.currentThread());
              writers.stop();
            });
    while (stopping.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait(); // It waits for the write.
    }
    Crowd.end(crowd.begin(() -> assertThat(writers.closeIfIdleSince(Instant.MAX)).isFalse()));
    letGo.countDown();
    Crowd.end(stop);
    assertThat(writers.closeIfIdleSince(Instant.MAX)).isTrue();
  }
}
