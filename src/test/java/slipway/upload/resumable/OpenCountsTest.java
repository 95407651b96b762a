package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import slipway.upload.UploadLaterException;

class OpenCountsTest {
  private final OpenCounts counts = new OpenCounts(300);
  private int made;

  private UploadInfo upload(String token, long size, String concat) {
    String id = Integer.toString(made++);
    return new UploadInfo(id, token, id, size, "a.jpg", id, "", concat);
  }

  private UploadInfo enter(String token, String address) throws UploadLaterException {
    UploadInfo info = upload(token, 1, "");
    counts.enter(info, address, 0);
    return info;
  }

  @Test
  void boundsTheUploadsOfAToken() throws UploadLaterException {
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
  void boundsTheUploadsOfAnAddress() throws UploadLaterException {
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
  void boundsThePartsOfATokenByTheirSize() throws UploadLaterException {
    UploadInfo part = upload("a", 60, UploadInfo.PARTIAL);
    counts.enter(part, "1", 100);
    UploadInfo large = upload("a", 41, UploadInfo.PARTIAL);
    assertThatThrownBy(() -> counts.enter(large, "1", 100)).hasMessageContaining("parts");
    counts.enter(upload("a", 1000, ""), "1", 0);
    counts.enter(upload("a", 40, UploadInfo.PARTIAL), "1", 100);
    counts.enter(upload("b", 100, UploadInfo.PARTIAL), "1", 100);
    counts.leave(part);
    counts.enter(large, "1", 100);
  }

  @Test
  void forgetsWhatHasLeft() throws UploadLaterException {
    UploadInfo restored = upload("a", 5, UploadInfo.PARTIAL);
    counts.restored(restored);
    UploadInfo entered = enter("b", "1");
    counts.leave(restored);
    counts.leave(entered);
    assertThat(counts.size()).isZero();
  }
}
