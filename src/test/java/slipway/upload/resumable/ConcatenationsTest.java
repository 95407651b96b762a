package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** A client whose answer was lost asks again for the same parts to be put together. */
class ConcatenationsTest {
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private TestUploads all;
  private String token;
  private List<String> parts;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
    token = all.token(2);
    parts = parts(CONTENT);
  }

  @AfterEach
  void close() throws Exception {
    crowd.close();
    all.close();
  }

  private List<String> parts(byte[] content) throws Exception {
    int half = content.length / 2;
    ResumableUpload first = all.part(token, half);
    ResumableUpload second = all.part(token, content.length - half);
    TestUploads.send(first, content, 0, half);
    byte[] rest = Arrays.copyOfRange(content, half, content.length);
    TestUploads.send(second, rest, 0, rest.length);
    return List.of(first.info().id(), second.info().id());
  }

  private ResumableUpload put() throws Exception {
    return all.uploads.concatenate(
        token, parts, "a.png", "", "192.0.2.1", photo -> "http://a.test/?" + photo.photoId());
  }

  private void assertMadeOnce(ResumableUpload whole) throws Exception {
    assertThat(all.photos(token)).hasSize(1);
    assertThat(all.spent(token)).isEqualTo(1);
    assertThat(all.kept(whole)).contains(CONTENT);
    all.assertNothingIsLeft();
  }

  @Test
  void areGivenWhatTheyMadeBefore() throws Exception {
    ResumableUpload whole = put();
    assertThat(put().info()).isEqualTo(whole.info());
    assertMadeOnce(whole);
  }

  @Test
  void areToldToComeLaterWhileTheyAreBeingPutTogether() throws Exception {
    CountDownLatch flushing = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    all.disk.onFlush(
        name -> {
          flushing.countDown();
          Crowd.await(letGo);
        });
    AtomicReference<ResumableUpload> whole = new AtomicReference<>();
    Future<Void> first = crowd.begin(() -> whole.set(put()));
    flushing.await();
    assertThatThrownBy(this::put).isInstanceOf(UploadLaterException.class);
    letGo.countDown();
    Crowd.end(first);
    assertThat(put().info()).isEqualTo(whole.get().info());
    assertMadeOnce(whole.get());
  }

  @Test
  void makeOneFileOfManyRequestsAtOnce() throws Exception {
    crowd.together(this::putOrLater, this::putOrLater, this::putOrLater, this::putOrLater);
    assertMadeOnce(put());
  }

  private void putOrLater() throws Exception {
    try {
      put();
    } catch (UploadLaterException e) {
      // One of the others is at it.
    }
  }

  @Test
  void arePutTogetherAgainAfterAFlushFailed() throws Exception {
    all.disk.onFlush(
        name -> {
          throw new IOException("The disk failed");
        });
    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(all.free(token)).isEqualTo(2);
    all.disk.recover();
    assertMadeOnce(put());
  }

  @Test
  void areKeptWhereTheDiskHasLostTheEndOfOne() throws Exception {
    all.cutSpooled(parts.get(1), 10);
    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(all.photos(token)).isEmpty();
    assertThat(all.uploads.find(parts.get(0))).isPresent();
    assertThat(all.uploads.find(parts.get(1))).isPresent();
  }

  @Test
  void areRefusedWithoutATraceWhereTheDiskHasNoRoomForThem() throws Exception {
    all.leaveFree(CONTENT.length - 1);
    assertThatThrownBy(this::put)
        .isInstanceOfSatisfying(
            UploadLaterException.class,
            e -> assertThat(e.reason()).isEqualTo(UploadLaterException.Reason.DISK_FULL));
    assertThat(all.used()).isEqualTo(CONTENT.length);
    assertThat(all.free(token)).isEqualTo(2);
    all.leaveFree(CONTENT.length);
    assertMadeOnce(put());
  }

  @Test
  void leaveNoFileThoughTheirRowCannotBeDeleted() throws Exception {
    all.keepRows();
    all.disk.onFlush(
        name -> {
          throw new IOException("The disk failed");
        });
    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    all.disk.recover();
    parts.forEach(id -> all.uploads.discard(all.uploads.find(id).orElseThrow()));
    assertThat(all.used()).isZero();
    all.letRowsGo();
    all.uploads.settle();
    assertThat(all.free(token)).isEqualTo(2);
    all.assertNothingIsLeft();
  }

  @Test
  void areRefusedForTheirTypeBeforeAByteIsCopied() throws Exception {
    parts = parts(new byte[TestUploads.SIZE]);
    all.leaveFree(1);
    assertThatThrownBy(this::put).isInstanceOf(UploadRefusedException.class);
  }

  @Test
  void areRefusedAlikeWhenTheyWereRefusedBefore() throws Exception {
    parts = parts(new byte[TestUploads.SIZE]);
    assertThatThrownBy(this::put)
        .isInstanceOf(UploadRefusedException.class)
        .satisfies(
            first ->
                assertThatThrownBy(this::put)
                    .isInstanceOf(UploadRefusedException.class)
                    .hasMessage(first.getMessage()));
    assertThat(all.free(token)).isEqualTo(2);
  }
}
