package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Await;
import slipway.language.Saying;
import slipway.photo.Photo;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** Chunks of an upload, each half of the file, whose end waits where they may be of two files. */
class ChunkSenderTest {
  private static final int HALF = TestUploads.SIZE / 2;
  private static final Sender ONE = new Sender("192.0.2.1", "a");
  private static final Sender OTHER = new Sender("192.0.2.2", "a");

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final byte[] file = TestUploads.content(1);
  @TempDir private Path folder;
  private TestUploads test;
  private String token;

  private void open(Duration wait) throws IOException {
    test = new TestUploads(folder, wait);
    token = test.token(1);
  }

  @AfterEach
  void close() throws IOException {
    test.close();
  }

  private Optional<Photo> send(Sender who, byte[] content, int first) throws Exception {
    return sent(who, content, first).finish(photo -> "http://a.test/");
  }

  private ChunkSender sent(Sender who, byte[] content, int first) throws Exception {
    ChunkSender from = test.begin(token, "a").from(who, first, HALF, System.nanoTime());
    try (Piece piece = from.piece()) {
      piece.write(ByteBuffer.wrap(content, first, HALF));
      from.end(piece);
    }
    return from;
  }

  private CompletableFuture<Optional<Photo>> sendMeanwhile(Sender who, byte[] content, int first) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return send(who, content, first);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private void awaitWhole() throws Exception {
    ResumableUpload upload = test.begin(token, "a");
    Await.until("every byte", upload::isWhole);
  }

  private boolean maySkip(Sender who, int first) throws IOException {
    return test.uploads.maySkip(new UploadKey(token, "a", TestUploads.SIZE), who, first, HALF);
  }

  @Test
  void aClientThatHasMovedGetsItsPhotoOnceTheWaitHasPassed() throws Exception {
    open(SHORT);
    assertThat(send(ONE, file, 0)).isEmpty();
    assertThat(send(OTHER, file, HALF)).isPresent();
    assertThat(test.photos(token)).hasSize(1);
  }

  /** A browser asks for several chunks at a time, and sends one as soon as it has its answer. */
  @Test
  void aClientWhoseFirstQuestionIsOvertakenByAChunkWaitsForNothing() throws Exception {
    open(LONG);
    assertThat(send(ONE, file, HALF)).isEmpty();
    assertThat(maySkip(ONE, 0)).isFalse();
    assertThat(sent(ONE, file, 0).finishNow(photo -> "http://a.test/")).isPresent();
  }

  /** Its row goes with the photo, which may be deleted. */
  @Test
  void whoGoesOnAfterThePhotoIsForgottenIsNotToldThatAllIsThere() throws Exception {
    open(SHORT);
    token = test.token(2);
    assertThat(send(ONE, file, 0)).isEmpty();
    assertThat(send(ONE, file, HALF)).isPresent();
    test.database.write(tx -> tx.execute("delete from chunked_upload"));
    assertThatThrownBy(() -> send(ONE, file, HALF)).isInstanceOf(UploadLaterException.class);
    assertThat(maySkip(ONE, 0)).isFalse();
    assertThat(send(ONE, file, 0)).isPresent();
  }

  @Test
  void anUploadWhoseChunksAreComparedIsNotRemovedMeanwhile() throws Exception {
    open(SHORT);
    assertThat(send(ONE, file, 0)).isEmpty();
    Duration nearly = TestUploads.TTL.minusSeconds(1);
    test.clock.pass(nearly);
    sent(OTHER, file, 0);
    test.clock.pass(nearly);
    assertThat(test.uploads.sweep()).isZero();
  }

  /** Its time to live may be shorter than that wait. */
  @Test
  void whatIsWholeAndWaitsForItsEndIsNotRemovedMeanwhile() throws Exception {
    open(SHORT);
    assertThat(send(ONE, file, 0)).isEmpty();
    ChunkSender last = sent(OTHER, file, HALF);
    test.clock.pass(TestUploads.TTL.plusSeconds(1));
    assertThat(test.uploads.sweep()).isZero();
    assertThat(last.finish(photo -> "http://a.test/")).isPresent();
  }

  @Test
  void whoWaitsIsRefusedOnceAnotherFileHasCome() throws Exception {
    open(LONG);
    assertThat(send(ONE, file, 0)).isEmpty();
    CompletableFuture<Optional<Photo>> last = sendMeanwhile(OTHER, TestUploads.content(2), HALF);
    awaitWhole();
    assertThatThrownBy(() -> send(ONE, file, HALF)).isInstanceOf(UploadRefusedException.class);
    assertThatThrownBy(last::join).hasCauseInstanceOf(UploadRefusedException.class);
    assertThat(test.photos(token)).isEmpty();
  }

  @Test
  void whoGoesOnAfterItsChunksWereRemovedIsNotToldThatAllIsThere() throws Exception {
    open(SHORT);
    assertThat(maySkip(ONE, 0)).isFalse();
    assertThat(send(ONE, file, 0)).isEmpty();
    test.uploads.discard(test.begin(token, "a"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> send(ONE, file, HALF))
          .isInstanceOfSatisfying(
              UploadLaterException.class,
              later -> assertThat(later.saying()).isEqualTo(Saying.of("refused.begin_anew")));
    }
    assertThat(maySkip(ONE, 0)).isFalse();
    assertThat(send(ONE, file, 0)).isPresent();
  }

  @Test
  void aChunkThatOvertakesTheFirstWaitsForItWhereChunksMayBeGone() throws Exception {
    open(LONG);
    assertThat(send(ONE, file, HALF)).isEmpty();
    test.uploads.discard(test.begin(token, "a"));
    ResumableUpload upload = test.begin(token, "a");
    CompletableFuture<Optional<Photo>> second = sendMeanwhile(ONE, file, HALF);
    Await.until("half of it", () -> upload.onDisk() == HALF);
    assertThat(second).isNotDone();
    assertThat(send(ONE, file, 0)).isPresent();
    assertThat(second).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void chunksComeInAnyOrderWhereNoneCanBeGone() throws Exception {
    open(LONG);
    assertThat(send(ONE, file, HALF)).isEmpty();
    assertThat(send(ONE, file, 0)).isPresent();
  }

  @Test
  void noQuestionIsAnsweredOnceEveryByteIsThere() throws Exception {
    open(LONG);
    assertThat(maySkip(ONE, 0)).isFalse();
    assertThat(send(ONE, file, HALF)).isEmpty();
    assertThat(maySkip(ONE, 0)).as("a reload").isFalse();
    assertThat(maySkip(ONE, HALF)).as("nothing was compared").isFalse();
    assertThat(send(ONE, file, HALF)).isEmpty();
    assertThat(maySkip(ONE, HALF)).isTrue();
    CompletableFuture<Optional<Photo>> last = sendMeanwhile(OTHER, file, 0);
    awaitWhole();
    assertThat(maySkip(ONE, HALF)).isFalse();
    assertThat(send(ONE, file, 0)).isPresent();
    assertThat(last.join()).isPresent();
  }
}
