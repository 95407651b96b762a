package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.upload.UploadLaterException;

/** A client comes back while the connection it had before is still there. */
class TakeOverTest {
  private static final int SIZE = TestUploads.SIZE;
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private TestUploads all;
  private String token;
  private ResumableUpload upload;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
    token = all.token(1);
    upload = all.create(token, false);
  }

  @AfterEach
  void close() throws Exception {
    crowd.close();
    all.close();
  }

  private static void write(PieceWriter to, int first, int length) throws Exception {
    to.write(ByteBuffer.wrap(CONTENT, first, length));
  }

  @Test
  void goesOnAfterWhatTheOtherConnectionSent() throws Exception {
    try (PieceWriter old = upload.append(0, SIZE, true)) {
      write(old, 0, 300);
      assertThatThrownBy(() -> upload.append(0, SIZE, true))
          .isInstanceOf(UploadLaterException.class);
      upload.takeOver();
      assertThat(upload.offset()).isEqualTo(300);
      assertThatThrownBy(() -> write(old, 300, 10)).isInstanceOf(UploadLaterException.class);
      try (PieceWriter rest = upload.append(300, 700, true)) {
        write(rest, 300, 700);
        rest.end();
      }
    }
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
    all.assertNothingIsLeft();
  }

  @Test
  void takesNothingFromAConnectionWhoseBytesWereYetToBeChecked() throws Exception {
    try (PieceWriter unchecked = upload.append(0, 300, false)) {
      write(unchecked, 0, 300);
      upload.takeOver();
      assertThat(upload.offset()).isZero();
      // It cuts off what nobody received: the bytes of the first are gone.
      upload.append(0, SIZE, true).close();
      assertThatThrownBy(unchecked::end).isInstanceOf(UploadLaterException.class);
    }
    assertThat(upload.offset()).isZero();
    assertThat(upload.remove()).isTrue();
    all.assertNothingIsLeft();
  }

  @Test
  void letsManyConnectionsTakeOverFromEachOther() throws Exception {
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Random random = new Random(i);
      clients.add(() -> client(random));
    }
    crowd.together(clients);
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
    assertThat(all.photos(token)).hasSize(1);
    all.assertNothingIsLeft();
  }

  /** Some of its bytes count as they come, others once they are checked. */
  private Void client(Random random) throws Exception {
    while (upload.offset() < SIZE) {
      upload.takeOver();
      int first = (int) upload.offset();
      int length = Math.min(SIZE - first, 1 + random.nextInt(200));
      boolean asItComes = random.nextBoolean();
      try (PieceWriter piece = upload.append(first, length, asItComes)) {
        int sent = random.nextInt(length + 1);
        write(piece, first, sent);
        write(piece, first + sent, length - sent);
        piece.end();
      } catch (UploadLaterException | OffsetException e) {
        Thread.onSpinWait(); // Another has taken over.
      }
    }
    return null;
  }
}
