package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Await;
import slipway.photo.Photo;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** Many threads at one upload, and at several of one token. */
class ManySendersTest {
  private static final int SIZE = TestUploads.SIZE;

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

  /** Pieces that cover the file, with overlaps, in an order of their own. */
  private static List<int[]> pieces(int seed) {
    Random random = new Random(seed);
    List<int[]> pieces = new ArrayList<>();
    for (int first = 0; first < SIZE; first += 50) {
      int length = Math.min(SIZE - first, 50 + random.nextInt(60));
      pieces.add(new int[] {first, length});
    }
    Collections.shuffle(pieces, random);
    return pieces;
  }

  /** Sends a file and finishes it, as often as it takes. */
  private long upload(String token, String name, int seed, byte[] content) throws Exception {
    for (int round = 0; ; round++) {
      ResumableUpload upload = all.begin(token, name);
      for (int[] piece : pieces(seed + round)) {
        TestUploads.isSent(upload, content, piece[0], piece[1]);
      }
      var photo = TestUploads.finish(upload);
      if (photo.isPresent()) {
        return photo.get().photoId();
      }
    }
  }

  private List<Callable<Long>> uploaders(String token, int files, int threads) {
    List<Callable<Long>> acts = new ArrayList<>();
    for (int i = 0; i < files * threads; i++) {
      int file = i % files;
      int seed = 1000 * i;
      acts.add(() -> upload(token, "file " + file, seed, TestUploads.content(file)));
    }
    return acts;
  }

  @Test
  void makeOnePhotoOfPiecesThatOverlapAndComeTwice() throws Exception {
    String token = all.token(1);
    List<Long> made = crowd.together(uploaders(token, 1, 8));
    assertThat(made).containsOnly(all.photos(token).get(0).photoId());
    assertThat(all.photos(token)).hasSize(1);
    assertThat(all.spent(token)).isEqualTo(1);
    assertThat(all.kept(all.begin(token, "file 0"))).contains(TestUploads.content(0));
    all.assertNothingIsLeft();
  }

  /** It waited while the first one wrote, and has nothing to write any more. */
  @Test
  void endAPieceThatComesTwiceAtOnceThoughItsFileIsMadeMeanwhile() throws Exception {
    ResumableUpload upload = all.begin(all.token(1), "a");
    ByteBuffer content = ByteBuffer.wrap(TestUploads.content(0));
    FutureTask<Piece> second = new FutureTask<>(() -> upload.piece(0, SIZE));
    Thread waiting = new Thread(second);
    try (Piece first = upload.piece(0, SIZE)) {
      first.write(content.duplicate());
      waiting.start();
      Await.until("its wait", () -> waiting.getState() == Thread.State.TIMED_WAITING);
      first.end();
    }
    try (Piece same = second.get()) {
      assertThat(TestUploads.finish(upload)).isPresent();
      same.write(content.duplicate());
      same.end();
    }
    all.assertNothingIsLeft();
  }

  @Test
  void keepTheFilesOfATokenApart() throws Exception {
    String token = all.token(4);
    Set<Long> made = new HashSet<>(crowd.together(uploaders(token, 4, 3)));
    assertThat(all.photos(token)).extracting(Photo::photoId).hasSameElementsAs(made).hasSize(4);
    for (int file = 0; file < 4; file++) {
      assertThat(all.kept(all.begin(token, "file " + file))).contains(TestUploads.content(file));
    }
    assertThat(all.spent(token)).isEqualTo(4);
    all.assertNothingIsLeft();
  }

  @Test
  void beginOneUploadWithOneUse() throws Exception {
    String token = all.token(2);
    List<Callable<ResumableUpload>> begin = Collections.nCopies(8, () -> all.begin(token, "a"));
    assertThat(new HashSet<>(crowd.together(begin))).hasSize(1);
    assertThat(all.free(token)).isEqualTo(1);
  }

  @Test
  void finishOnce() throws Exception {
    String token = all.token(1);
    ResumableUpload upload = all.begin(token, "a");
    byte[] content = TestUploads.content(1);
    TestUploads.send(upload, content, 0, SIZE);
    List<Callable<Long>> finish =
        Collections.nCopies(16, () -> TestUploads.finish(upload).orElseThrow().photoId());
    assertThat(new HashSet<>(crowd.together(finish))).hasSize(1);
    assertThat(all.photos(token)).hasSize(1);
    assertThat(all.spent(token)).isEqualTo(1);
    assertThat(all.kept(upload)).contains(content);
    all.assertNothingIsLeft();
  }

  @Test
  void areAllRefusedAFileOfAnotherType() throws Exception {
    String token = all.token(1);
    byte[] text = "This is no picture. ".repeat(50).getBytes(StandardCharsets.US_ASCII);
    ResumableUpload upload = all.begin(token, "a");
    List<Callable<Boolean>> send = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int first = i * 100;
      send.add(() -> isTaken(upload, text, first));
    }
    crowd.together(send);
    assertThatThrownBy(() -> TestUploads.finish(upload)).isInstanceOf(UploadRefusedException.class);
    assertThatThrownBy(() -> all.begin(token, "a")).isInstanceOf(UploadRefusedException.class);
    assertThat(all.free(token)).isEqualTo(1);
    all.assertNothingIsLeft();
  }

  private static boolean isTaken(ResumableUpload upload, byte[] content, int first)
      throws Exception {
    try {
      return TestUploads.isSent(upload, content, first, 100);
    } catch (UploadRefusedException e) {
      return false;
    }
  }

  @Test
  void loseTheUploadTogetherWhenItIsRemoved() throws Exception {
    byte[] content = TestUploads.content(1);
    for (int round = 0; round < 5; round++) {
      String token = all.token(1);
      ResumableUpload upload = all.begin(token, "a");
      crowd.together(
          () -> sendUntilItEnds(upload, content, 1),
          () -> sendUntilItEnds(upload, content, 2),
          () -> sendUntilItEnds(upload, content, 3),
          () -> assertThat(all.uploads.remove(upload)).isTrue());
      assertThat(upload.has(0, SIZE)).isFalse();
      assertThatThrownBy(() -> TestUploads.send(upload, content, 0, 10))
          .isInstanceOf(UploadLaterException.class);
      assertThat(all.free(token)).isEqualTo(1);
      all.assertNothingIsLeft();
    }
  }

  private static void sendUntilItEnds(ResumableUpload upload, byte[] content, int seed)
      throws Exception {
    for (int round = seed; ; round++) {
      for (int[] piece : pieces(round)) {
        if (!TestUploads.isSent(upload, content, piece[0], piece[1])) {
          return;
        }
      }
    }
  }

  private static boolean isRemoved(ResumableUpload upload) throws Exception {
    try {
      return TestUploads.finish(upload).isEmpty();
    } catch (UploadRefusedException e) {
      assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.REMOVED);
      return true;
    }
  }

  @Test
  void eitherFinishOrRemove() throws Exception {
    byte[] content = TestUploads.content(1);
    for (int round = 0; round < 10; round++) {
      String token = all.token(1);
      ResumableUpload upload = all.begin(token, "a");
      TestUploads.send(upload, content, 0, SIZE);
      Callable<Boolean> finish = () -> isRemoved(upload);
      Callable<Boolean> remove = () -> all.uploads.remove(upload);
      boolean removed = crowd.together(List.of(remove, finish, finish)).get(0);
      assertThat(all.photos(token)).hasSize(removed ? 0 : 1);
      assertThat(all.spent(token)).isEqualTo(removed ? 0 : 1);
      assertThat(all.kept(upload).map(kept -> Arrays.equals(kept, content)))
          .isEqualTo(removed ? Optional.empty() : Optional.of(true));
      all.assertNothingIsLeft();
    }
  }
}
