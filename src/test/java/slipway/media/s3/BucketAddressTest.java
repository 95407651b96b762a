package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketAddressTest {
  private static String prefix(String text) {
    BucketAddress address = BucketAddress.of(text).orElseThrow();
    assertThat(address.bucket()).isEqualTo("my-bucket.1");
    return address.prefix();
  }

  @Test
  void readsBucketAndPrefix() {
    assertThat(prefix("s3://my-bucket.1")).isEmpty();
    assertThat(prefix("s3://my-bucket.1/")).isEmpty();
    assertThat(prefix("s3://my-bucket.1/a")).isEqualTo("a/");
    assertThat(prefix("s3://my-bucket.1/a/B_2-/")).isEqualTo("a/B_2-/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3://",
        "s3://ab",
        "s3://Bucket",
        "https://bucket/a",
        "s3://bucket//a",
        "s3://bucket/../a",
        "s3://bucket/a?b",
        "s3://bucket/a b",
        "bucket"
      })
  void takesNothingElse(String text) {
    assertThat(BucketAddress.of(text)).isEmpty();
  }
}
