package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The room of a connection's bytes, as they come: a length that is announced takes none. */
class RunningBytesTest {
  private static final int SIZE = TestUploads.SIZE;
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private TestUploads all;
  private ResumableUpload upload;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
    upload = all.create(all.token(1), false);
  }

  @AfterEach
  void close() throws Exception {
    all.close();
  }

  private static void write(PieceWriter to, int first, int length) throws Exception {
    to.write(ByteBuffer.wrap(CONTENT, first, length));
  }

  @Test
  void isCountedOnceWhileTheyCome() throws Exception {
    try (PieceWriter piece = upload.append(0, SIZE, true)) {
      for (int first = 0; first < SIZE; first += 250) {
        assertThat(all.used()).isEqualTo(first);
        write(piece, first, 250);
        assertThat(all.used()).isEqualTo(first + 250);
        piece.accept();
      }
      assertThat(all.used()).isEqualTo(SIZE);
    }
    assertThat(all.used()).isEqualTo(SIZE);
    assertThat(TestUploads.finish(upload)).isPresent();
    all.assertNothingIsLeft();
  }

  @Test
  void isGivenBackForThoseThatDidNotCome() throws Exception {
    try (PieceWriter piece = upload.append(0, SIZE, true)) {
      write(piece, 0, 300);
      piece.accept();
      write(piece, 300, 100);
      assertThat(all.used()).isEqualTo(400);
    }
    assertThat(all.used()).isEqualTo(300);
    assertThat(upload.remove()).isTrue();
    all.assertNothingIsLeft();
  }

  @Test
  void isNotOverrunByThoseThatWereAnnouncedWhileThereWasSome() throws Exception {
    try (PieceWriter piece = upload.append(0, SIZE, true)) {
      write(piece, 0, 200);
      all.leaveRoom(250);
      write(piece, 200, 200);
      assertThatThrownBy(() -> write(piece, 400, 200)).hasMessageContaining("no room");
      all.leaveRoom(50);
      piece.accept();
    }
    assertThat(upload.offset()).isEqualTo(400);
    all.leaveRoom(SIZE);
    try (PieceWriter piece = upload.append(400, SIZE - 400, true)) {
      write(piece, 400, SIZE - 400);
      piece.accept();
    }
    assertThat(TestUploads.finish(upload)).isPresent();
  }

  @Test
  void isTakenOnceForThoseThatFillAGap() throws Exception {
    TestUploads.send(upload, CONTENT, 0, 300);
    TestUploads.send(upload, CONTENT, 600, SIZE - 600);
    try (PieceWriter all = upload.chunk(0, SIZE)) {
      write(all, 0, SIZE);
      assertThat(this.all.used()).isEqualTo(SIZE);
      all.end();
      assertThat(this.all.used()).isEqualTo(SIZE);
    }
    assertThat(TestUploads.finish(upload)).isPresent();
    all.assertNothingIsLeft();
  }

  @Test
  void isGivenBackForThoseThatWereThere() throws Exception {
    TestUploads.send(upload, CONTENT, 0, 500);
    try (PieceWriter again = upload.chunk(0, 500)) {
      assertThat(all.used()).isEqualTo(500);
      write(again, 0, 500);
      again.end();
      assertThat(all.used()).isEqualTo(500);
      upload.takeOver();
      assertThat(all.used()).isEqualTo(500);
    }
    assertThat(all.used()).isEqualTo(500);
  }
}
