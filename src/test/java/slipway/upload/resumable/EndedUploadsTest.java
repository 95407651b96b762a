package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import slipway.token.SampleToken;
import slipway.token.UploadToken;

class EndedUploadsTest {
  private static final Instant START = Instant.parse("2026-02-16T18:13:32Z");

  private final EndedUploads ended = new EndedUploads(START);
  private final UploadToken token = SampleToken.inNoAlbum(1, START.plusSeconds(5));

  private UploadKey key(String identifier) {
    return new UploadKey(token.id(), identifier, 3);
  }

  @Test
  void onlyThoseThatEndedMayBe() {
    assertThat(ended.mayInclude(key("a"), token)).isFalse();
    ended.add(key("a"), token);
    assertThat(ended.mayInclude(key("a"), token)).isTrue();
    assertThat(ended.mayInclude(key("b"), token)).isFalse();
  }

  @Test
  void anyOfATokenOfBeforeTheStartMayBe() {
    UploadToken old = SampleToken.inNoAlbum(1, START.minusSeconds(1));
    assertThat(ended.mayInclude(key("a"), old)).isTrue();
  }

  @Test
  void anyOfATokenMayBeOnceManyOfItHaveEnded() {
    for (int i = 0; i <= 50; i++) {
      ended.add(key("file " + i), token);
    }
    assertThat(ended.mayInclude(key("a"), token)).isTrue();
    UploadToken other = SampleToken.inNoAlbum(1, START.plusSeconds(5));
    assertThat(ended.mayInclude(new UploadKey(other.id(), "a", 3), other)).isFalse();
  }

  @Test
  void anyOfAnOlderTokenMayBeOnceManyTokensHaveSome() {
    ended.add(key("a"), token);
    for (int i = 0; i < 2000; i++) {
      UploadToken next = SampleToken.inNoAlbum(1, START.plusSeconds(9));
      ended.add(new UploadKey(next.id(), "a", 3), next);
    }
    assertThat(ended.mayInclude(key("b"), token)).isTrue();
    UploadToken next = SampleToken.inNoAlbum(1, START.plusSeconds(9));
    assertThat(ended.mayInclude(new UploadKey(next.id(), "a", 3), next)).isFalse();
  }
}
