package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

class OpenCountsTest {
  private final OpenCounts counts = new OpenCounts(300);
  private int made;

  private UploadInfo upload(String token, long size, String concat) {
    String id = Integer.toString(made++);
    return new UploadInfo(id, token, id, size, "a.jpg", id, "", concat);
  }

  private UploadInfo enter(String token, String address) throws IOException {
    UploadInfo info = upload(token, 1, "");
    counts.enter(info, address, PartBytes.NONE);
    return info;
  }

  @Test
  void boundsTheUploadsOfAToken() throws IOException {
    UploadInfo first = enter("a", "1");
    for (int i = 1; i < 200; i++) {
      enter("a", "1");
    }
    assertThatThrownBy(() -> enter("a", "2")).isInstanceOf(UploadLaterException.class);
    enter("b", "2");
    counts.leave(first);
    counts.leave(first);
    enter("a", "2");
    assertThatThrownBy(() -> enter("a", "2")).isInstanceOf(UploadLaterException.class);
  }

  @Test
  void boundsTheUploadsOfAnAddress() throws IOException {
    UploadInfo first = enter("token", "1");
    for (int i = 1; i < 300; i++) {
      enter("token " + i, "1");
    }
    assertThatThrownBy(() -> enter("other", "1")).hasMessageContaining("your address");
    enter("other", "2");
    counts.leave(first);
    enter("other", "1");
  }

  @Test
  void boundsThePartsOfATokenByTheirSize() throws IOException {
    PartBytes one = new PartBytes(100, 1, 2);
    UploadInfo part = upload("a", 60, UploadInfo.PARTIAL);
    counts.enter(part, "1", one);
    UploadInfo large = upload("a", 41, UploadInfo.PARTIAL);
    assertThatThrownBy(() -> counts.enter(large, "1", one))
        .isInstanceOf(UploadLaterException.class)
        .hasMessageContaining("parts");
    counts.enter(upload("a", 1000, ""), "1", PartBytes.NONE);
    counts.enter(upload("a", 40, UploadInfo.PARTIAL), "1", one);
    counts.enter(upload("b", 100, UploadInfo.PARTIAL), "1", one);
    counts.leave(part);
    counts.enter(large, "1", one);
  }

  @Test
  void refusesPartsForGoodThatAreLargerThanAllFilesOfAToken() throws IOException {
    PartBytes two = new PartBytes(100, 1, 2);
    counts.enter(upload("a", 100, UploadInfo.PARTIAL), "1", two);
    UploadInfo large = upload("a", 101, UploadInfo.PARTIAL);
    assertThatThrownBy(() -> counts.enter(large, "1", two))
        .isInstanceOf(UploadRefusedException.class)
        .hasMessageContaining("at most 100 bytes each");
  }

  @Test
  void forgetsWhatHasLeft() throws IOException {
    UploadInfo restored = upload("a", 5, UploadInfo.PARTIAL);
    counts.restored(restored);
    UploadInfo entered = enter("b", "1");
    counts.leave(restored);
    counts.leave(entered);
    assertThat(counts.size()).isZero();
  }
}
