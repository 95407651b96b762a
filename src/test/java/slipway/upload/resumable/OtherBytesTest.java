package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static slipway.upload.resumable.TestUploads.SIZE;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.upload.UploadRefusedException;

/** Bytes that come again are those that are there, or end the upload: two files never mix. */
class OtherBytesTest {
  private static final byte[] ONE = TestUploads.content(1);
  private static final byte[] OTHER = TestUploads.content(2);

  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private TestUploads all;
  private String token;
  private ResumableUpload upload;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
    token = all.token(1);
    upload = all.begin(token, "a");
  }

  @AfterEach
  void close() throws Exception {
    crowd.close();
    all.close();
  }

  private void send(byte[] content, int first, int length) throws Exception {
    try (Piece piece = upload.piece(first, length)) {
      piece.write(ByteBuffer.wrap(content, first, length));
      piece.end();
    }
  }

  private void assertNoPhoto() throws Exception {
    assertThatThrownBy(() -> send(ONE, 400, 600)).isInstanceOf(UploadRefusedException.class);
    assertThatThrownBy(() -> TestUploads.finish(upload)).isInstanceOf(UploadRefusedException.class);
    assertThat(all.photos(token)).isEmpty();
    assertThat(all.free(token)).isEqualTo(1);
    all.assertNothingIsLeft();
  }

  @Test
  void endTheUploadWhereTheyDiffer() throws Exception {
    send(ONE, 0, 400);
    assertThatThrownBy(() -> send(OTHER, 0, 400)).isInstanceOf(UploadRefusedException.class);
    assertNoPhoto();
  }

  @Test
  void endTheUploadWhereTheyDifferInPiecesOfAnotherLength() throws Exception {
    send(ONE, 200, 200);
    assertThatThrownBy(() -> send(OTHER, 100, 700)).isInstanceOf(UploadRefusedException.class);
    assertNoPhoto();
  }

  @Test
  void areWrittenOnlyWhereNoneAreThere() throws Exception {
    send(ONE, 200, 200);
    send(ONE, 600, 100);
    send(ONE, 100, 900);
    send(ONE, 100, 900);
    send(ONE, 0, SIZE);
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(ONE);
    all.assertNothingIsLeft();
  }

  @Test
  void areComparedWithThePhotoOnceThereIsOne() throws Exception {
    send(ONE, 0, SIZE);
    assertThat(TestUploads.finish(upload)).isPresent();
    send(ONE, 300, 300);
    assertThatThrownBy(() -> send(OTHER, 300, 300)).isInstanceOf(UploadRefusedException.class);
    assertThatThrownBy(() -> upload.piece(300, 300).end())
        .isInstanceOf(UploadRefusedException.class);
    send(ONE, 0, SIZE);
    assertThat(all.kept(upload)).contains(ONE);
    assertThat(all.photos(token)).hasSize(1);
  }

  @Test
  void waitForAnotherThatSendsTheSame() throws Exception {
    Future<Void> second;
    try (Piece first = upload.piece(0, 500)) {
      first.write(ByteBuffer.wrap(ONE, 0, 300));
      second = crowd.begin(() -> send(OTHER, 0, 500));
      first.write(ByteBuffer.wrap(ONE, 300, 200));
      first.end();
    }
    assertThatThrownBy(() -> Crowd.end(second)).hasCauseInstanceOf(UploadRefusedException.class);
    assertNoPhoto();
  }
}
