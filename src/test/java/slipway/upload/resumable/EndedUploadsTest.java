package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import slipway.token.SampleToken;
import slipway.token.UploadToken;

class RemovedUploadsTest {
  private static final Instant START = Instant.parse("2026-02-16T18:13:32Z");

  private final RemovedUploads removed = new RemovedUploads(START);
  private final UploadToken token = SampleToken.inNoAlbum(1, START.plusSeconds(5));

  private UploadKey key(String identifier) {
    return new UploadKey(token.id(), identifier, 3);
  }

  @Test
  void onlyThoseThatWereRemovedMayBe() {
    assertThat(removed.mayInclude(key("a"), token)).isFalse();
    removed.add(key("a"), START.plusSeconds(9));
    assertThat(removed.mayInclude(key("a"), token)).isTrue();
    assertThat(removed.mayInclude(key("b"), token)).isFalse();
  }

  @Test
  void anyOfATokenOfBeforeTheStartMayBe() {
    UploadToken old = SampleToken.inNoAlbum(1, START.minusSeconds(1));
    assertThat(removed.mayInclude(key("a"), old)).isTrue();
  }

  @Test
  void anyMayBeOnceTooManyWere() {
    for (int i = 0; i <= 2000; i++) {
      removed.add(key("file " + i), START.plusSeconds(9));
    }
    assertThat(removed.mayInclude(key("a"), token)).isTrue();
    UploadToken next = SampleToken.inNoAlbum(1, START.plusSeconds(9));
    assertThat(removed.mayInclude(new UploadKey(next.id(), "a", 3), next)).isFalse();
  }
}
