package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.upload.UploadLaterException;

/** A service is stopped, and the next one continues, while a request of the first still runs. */
class LeftToTheNextTest {
  private static final int SIZE = TestUploads.SIZE;
  private static final byte[] CONTENT = TestUploads.content(1);
  private static final byte[] OTHER = TestUploads.content(2);

  @TempDir Path folder;
  private TestUploads first;
  private TestUploads next;
  private String token;
  private ResumableUpload left;

  @BeforeEach
  void open() throws Exception {
    first = new TestUploads(folder);
    token = first.token(1);
    left = first.begin(token, "a");
  }

  @AfterEach
  void close() throws Exception {
    if (next != null) {
      next.close();
    }
    first.close();
  }

  private ResumableUpload goneOnWith() throws Exception {
    next = new TestUploads(folder);
    next.uploads.restore();
    return next.begin(token, "a");
  }

  private void assertIsPhoto(ResumableUpload upload) throws IOException {
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(next.kept(upload)).contains(CONTENT);
    assertThat(next.spent(token)).isEqualTo(1);
    next.assertNothingIsLeft();
  }

  @Test
  void aRequestThatEndsAfterTheStopCutsOffNothing() throws Exception {
    TestUploads.send(left, CONTENT, 0, 100);
    PieceWriter late = left.chunk(100, 100);
    first.uploads.close();
    ResumableUpload upload = goneOnWith();
    TestUploads.send(upload, CONTENT, 100, SIZE - 100);
    late.close();
    assertThat(upload.file().size()).isEqualTo(SIZE);
    assertIsPhoto(upload);
  }

  @Test
  void aRequestWritesNoByteAfterTheStop() throws Exception {
    PieceWriter late = left.chunk(0, SIZE);
    late.write(ByteBuffer.wrap(OTHER, 0, 100));
    first.uploads.close();
    ResumableUpload upload = goneOnWith();
    TestUploads.send(upload, CONTENT, 0, SIZE);
    assertThatThrownBy(() -> late.write(ByteBuffer.wrap(OTHER, 100, 100)))
        .isInstanceOf(UploadLaterException.class);
    assertThatThrownBy(late::accept).isInstanceOf(UploadLaterException.class);
    late.close();
    assertIsPhoto(upload);
  }

  @Test
  void whatCountsAsItComesIsReceivedAtTheStop() throws Exception {
    PieceWriter late = left.append(0, SIZE, true);
    late.write(ByteBuffer.wrap(CONTENT, 0, 300));
    first.uploads.close();
    ResumableUpload upload = goneOnWith();
    assertThat(upload.offset()).isEqualTo(300);
    late.close();
    TestUploads.send(upload, CONTENT, 300, SIZE - 300);
    assertIsPhoto(upload);
  }

  @Test
  void noUploadEndsOrIsRemovedAfterTheStop() throws Exception {
    TestUploads.send(left, CONTENT, 0, SIZE);
    first.uploads.close();
    assertThatThrownBy(() -> TestUploads.finish(left)).isInstanceOf(UploadLaterException.class);
    assertThatThrownBy(() -> first.uploads.remove(left)).isInstanceOf(UploadLaterException.class);
    assertThatThrownBy(() -> left.chunk(0, 10)).isInstanceOf(UploadLaterException.class);
    first.uploads.discard(left);
    first.clock.pass(TestUploads.TTL.multipliedBy(2));
    assertThat(first.uploads.sweep()).isZero();
    assertIsPhoto(goneOnWith());
  }

  @Test
  void noUploadBeginsAfterTheStop() throws Exception {
    String other = first.token(1);
    first.uploads.close();
    assertThatThrownBy(() -> first.begin(other, "b")).isInstanceOf(UploadLaterException.class);
    assertThat(first.free(other)).as("its use is free again").isEqualTo(1);
    next = new TestUploads(folder);
    next.uploads.restore();
    assertThat(next.free(other)).isEqualTo(1);
  }

  @Test
  void aFileThatIsTooShortNeverBecomesAPhoto() throws Exception {
    TestUploads.send(left, CONTENT, 0, SIZE);
    try (FileChannel file = FileChannel.open(path(left), StandardOpenOption.WRITE)) {
      file.truncate(600);
    }
    assertThat(TestUploads.finish(left)).isEmpty();
    assertThat(left.offset()).isEqualTo(600);
    first.uploads.close();
    ResumableUpload upload = goneOnWith();
    assertThat(upload.offset()).as("so says the row").isEqualTo(600);
    TestUploads.send(upload, CONTENT, 600, SIZE - 600);
    assertIsPhoto(upload);
  }

  @Test
  void aFileIsCreatedOnce() throws Exception {
    TestUploads.send(left, CONTENT, 0, 100);
    Files.delete(path(left));
    assertThatThrownBy(() -> left.chunk(100, 100)).isInstanceOf(NoSuchFileException.class);
    assertThat(path(left)).doesNotExist();
  }

  private Path path(ResumableUpload upload) {
    return folder.resolve("media/incoming").resolve(upload.info().mediaName());
  }
}
