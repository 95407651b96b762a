package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.AnyContainer;
import slipway.upload.UploadLaterException;

/** Uploads in pieces on a disk that is slow, or fails now and then. */
class TroubledDiskTest {
  private static final int SIZE = TestUploads.SIZE;
  private static final int ROUNDS = AnyContainer.ALL ? 15 : 5;
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private final AtomicInteger flushes = new AtomicInteger();
  private final CountDownLatch flushing = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private TestUploads all;
  private ResumableUpload upload;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
    upload = all.begin(all.token(1), "a");
  }

  @AfterEach
  void close() throws Exception {
    letGo.countDown();
    crowd.close();
    all.close();
  }

  /** From now on the upload's flushes wait until they are released. */
  private void holdFlushes() {
    all.disk.onFlush(
        name -> {
          if (name.equals(upload.info().mediaName())) {
            flushes.incrementAndGet();
            flushing.countDown();
            Crowd.await(letGo);
          }
        });
  }

  private Future<Void> sending(int first, int length) {
    return crowd.begin(() -> TestUploads.send(upload, CONTENT, first, length));
  }

  @Test
  void holdsUpNoOtherUpload() throws Exception {
    holdFlushes();
    Future<Void> slow = sending(0, 100);
    flushing.await();
    String token = all.token(2);
    crowd.together(
        () -> {
          ResumableUpload other = all.begin(token, "b");
          TestUploads.send(other, CONTENT, 0, SIZE);
          assertThat(TestUploads.finish(other)).isPresent();
        },
        () -> assertThat(all.uploads.remove(all.begin(token, "c"))).isTrue(),
        () -> assertThat(all.uploads.sweep()).isZero());
    assertThat(slow.isDone()).isFalse();
    assertThat(upload.offset()).isZero();
    letGo.countDown();
    Crowd.end(slow);
    assertThat(upload.offset()).isEqualTo(100);
  }

  @Test
  void takesMorePiecesMeanwhileAndFlushesThemTogether() throws Exception {
    holdFlushes();
    Future<Void> first = sending(0, 100);
    flushing.await();
    List<Future<Void>> more = new ArrayList<>();
    for (int from = 100; from < SIZE; from += 100) {
      more.add(sending(from, 100));
    }
    while (upload.onDisk() < SIZE) {
      Thread.onSpinWait();
    }
    assertThat(upload.offset()).as("nothing is acknowledged").isZero();
    letGo.countDown();
    Crowd.end(first);
    for (Future<Void> one : more) {
      Crowd.end(one);
    }
    assertThat(upload.offset()).isEqualTo(SIZE);
    assertThat(flushes).hasValue(2);
  }

  @Test
  void isRemovedOnceTheFlushUnderWayIsOver() throws Exception {
    holdFlushes();
    Future<Void> sending = sending(0, 100);
    flushing.await();
    Future<Void> removing = crowd.begin(() -> all.uploads.remove(upload));
    letGo.countDown();
    Crowd.end(removing);
    assertThat(isEnded(sending)).isTrue();
    all.assertNothingIsLeft();
  }

  /** Its bytes were received, or it was told to try again. */
  private static boolean isEnded(Future<Void> sending) throws Exception {
    try {
      Crowd.end(sending);
      return true;
    } catch (ExecutionException e) {
      return e.getCause() instanceof UploadLaterException;
    }
  }

  @Test
  void losesNothingThatWasAcknowledgedWhenFlushesFail() throws Exception {
    Random random = new Random(7);
    all.disk.onFlush(
        name -> {
          if (isOneInThree(random)) {
            throw new IOException("The flush failed");
          }
        });
    List<Callable<Void>> senders = new ArrayList<>();
    for (int first = 0; first < SIZE; first += 125) {
      int from = first;
      senders.add(() -> sendUntilItIsThere(from, 125));
    }
    crowd.together(senders);
    assertThat(upload.has(0, SIZE)).isTrue();
    all.disk.recover();
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
    all.assertNothingIsLeft();
  }

  private static boolean isOneInThree(Random random) {
    synchronized (random) {
      return random.nextInt(3) == 0;
    }
  }

  private Void sendUntilItIsThere(int first, int length) throws Exception {
    while (!upload.has(first, length)) {
      for (int at = first; at < first + length; at += 25) {
        try {
          TestUploads.send(upload, CONTENT, at, 25);
        } catch (IOException e) {
          assertThat(e).hasMessageMatching(".*(flush|Another connection|again).*");
        }
      }
    }
    return null;
  }

  /** Pieces sent twice are written over what is there, and a failed flush takes both with it. */
  @Test
  void makesNoPhotoOfWhatAFailedFlushTookWithIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      ResumableUpload one = all.begin(all.token(1), "round " + round);
      TestUploads.send(one, CONTENT, 0, SIZE);
      AtomicInteger failing = new AtomicInteger(1);
      all.disk.onFlush(
          name -> {
            if (failing.getAndDecrement() > 0) {
              throw new IOException("The flush failed");
            }
          });
      crowd.together(
          () -> sendAndIgnore(one, 100), () -> sendAndIgnore(one, 500), () -> finishIfItCan(one));
      all.disk.recover();
      TestUploads.isSent(one, CONTENT, 0, SIZE);
      assertThat(TestUploads.finish(one)).isPresent();
      assertThat(all.kept(one)).contains(CONTENT);
    }
  }

  private static void sendAndIgnore(ResumableUpload to, int first) {
    try {
      TestUploads.send(to, CONTENT, first, 100);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching(".*(flush|Another connection|again).*");
    }
  }

  private static void finishIfItCan(ResumableUpload upload) {
    try {
      TestUploads.finish(upload);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching(".*(flush|again).*");
    }
  }

  @Test
  void givesTheRoomBackWhenAFileCannotBeClosed() throws Exception {
    PieceWriter piece = upload.chunk(0, 100);
    piece.write(ByteBuffer.wrap(CONTENT, 0, 100));
    all.disk.onClose(
        name -> {
          throw new IOException("The close failed");
        });
    assertThatThrownBy(piece::close).hasMessageContaining("close failed");
    all.disk.recover();
    try (PieceWriter next = upload.append(0, SIZE, true)) {
      next.write(ByteBuffer.wrap(CONTENT));
      next.end();
    }
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
    all.assertNothingIsLeft();
  }
}
