package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.upload.UploadLaterException;

/** What nothing comes for any more is removed, by a clock that is set. */
class SweepTest {
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private TestUploads all;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
  }

  @AfterEach
  void close() throws Exception {
    crowd.close();
    all.close();
  }

  @Test
  void removesWhatNothingComesForAndReturnsItsUse() throws Exception {
    String token = all.token(1);
    TestUploads.send(all.begin(token, "a"), CONTENT, 0, 100);
    all.clock.pass(TestUploads.TTL);
    assertThat(all.uploads.sweep()).isZero();
    all.clock.pass(TestUploads.TTL.dividedBy(1000));
    assertThat(all.uploads.sweep()).isEqualTo(1);
    all.assertNothingIsLeft();
  }

  @Test
  void removesSoonWhatNoByteEverCameFor() throws Exception {
    String token = all.token(3);
    ResumableUpload begun = all.begin(token, "a");
    TestUploads.send(begun, CONTENT, 0, 1);
    ResumableUpload created = all.create(token, false);
    ResumableUpload part = all.create(token, true);
    assertThat(created.expires()).contains(all.clock.instant().plus(TestUploads.EMPTY_TTL));
    assertThat(begun.expires()).contains(all.clock.instant().plus(TestUploads.TTL));
    all.clock.pass(TestUploads.EMPTY_TTL);
    assertThat(all.uploads.sweep()).isZero();
    all.clock.pass(Duration.ofSeconds(1));
    assertThat(all.uploads.sweep()).isEqualTo(2);
    assertThat(all.uploads.find(part.info().id())).isEmpty();
    assertThat(all.uploads.find(begun.info().id())).isPresent();
    assertThat(all.tokens.recall(token).orElseThrow().usesFree()).isEqualTo(2);
  }

  @Test
  void tellsWhatIsLeftByTheWallClockHoweverThatWasSet() throws Exception {
    ResumableUpload begun = all.begin(all.token(1), "a");
    TestUploads.send(begun, CONTENT, 0, 1);
    all.wall.pass(Duration.ofHours(-2));
    all.clock.pass(Duration.ofMinutes(1));
    assertThat(begun.expires())
        .contains(all.wall.instant().plus(TestUploads.TTL).minus(Duration.ofMinutes(1)));
  }

  @Test
  void waitsAnewForAnUploadThatIsCreatedOnceMore() throws Exception {
    String token = all.token(1);
    ResumableUpload upload = all.create(token, "", "key").upload();
    all.clock.pass(TestUploads.EMPTY_TTL);
    ResumableUpload again = all.create(token, "", "key").upload();
    all.clock.pass(TestUploads.EMPTY_TTL);
    assertThat(all.uploads.sweep()).isZero();
    assertThat(all.uploads.find(again.info().id())).isPresent();
    assertThat(all.uploads.find(upload.info().id())).isEmpty();
  }

  @Test
  void leavesWhatIsBeingSent() throws Exception {
    ResumableUpload upload = all.begin(all.token(1), "a");
    try (PieceWriter piece = upload.chunk(0, 100)) {
      all.clock.pass(TestUploads.TTL.multipliedBy(2));
      assertThat(all.uploads.sweep()).isZero();
      piece.write(ByteBuffer.wrap(CONTENT, 0, 100));
      piece.end();
    }
    assertThat(all.uploads.sweep()).isZero();
    assertThat(upload.has(0, 100)).isTrue();
  }

  @Test
  void hasAnUploadTakeNothingMoreOnceItIsToGo() throws Exception {
    ResumableUpload upload = all.create(all.token(1), false);
    CountDownLatch flushing = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    all.disk.onFlush(
        name -> {
          flushing.countDown();
          Crowd.await(letGo);
        });
    Future<Void> client = crowd.begin(() -> takeOverFromItself(upload));
    flushing.await();
    all.clock.pass(TestUploads.TTL.plusSeconds(1));
    AtomicReference<Thread> sweeper = new AtomicReference<>(Thread.currentThread());
    Future<Void> sweep =
        crowd.begin(
            () -> {
              sweeper.set(Thread.currentThread());
              assertThat(all.uploads.sweep()).isEqualTo(1);
            });
    while (sweeper.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait(); // It waits for the flush.
    }
    assertThatThrownBy(() -> upload.append(0, 100, true)).isInstanceOf(UploadLaterException.class);
    letGo.countDown();
    Crowd.end(sweep);
    Crowd.end(client);
    all.assertNothingIsLeft();
  }

  private static void takeOverFromItself(ResumableUpload upload) throws IOException {
    try (PieceWriter piece = upload.append(0, 100, true)) {
      piece.write(ByteBuffer.wrap(CONTENT, 0, 100));
      upload.takeOver();
    }
  }

  /** An answer that the bytes are there holds for the whole time to live. */
  @Test
  void removesNothingThatWasReceivedJustBefore() throws Exception {
    for (int round = 0; round < 20; round++) {
      String token = all.token(1);
      ResumableUpload upload = all.begin(token, "a");
      all.clock.pass(TestUploads.TTL.plusSeconds(1));
      AtomicBoolean received = new AtomicBoolean();
      crowd.together(
          () -> received.set(TestUploads.isSent(upload, CONTENT, 0, 100)),
          () -> all.uploads.sweep(),
          () -> all.uploads.sweep());
      assertThat(all.uploads.find(upload.info().id()).isPresent()).isEqualTo(received.get());
      assertThat(upload.has(0, 100)).isEqualTo(received.get());
      all.uploads.remove(upload);
      all.assertNothingIsLeft();
    }
  }
}
