package slipway.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SignerTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  private static Signer signer(String key, String purpose) {
    return SecretBox.of(key, "a key").signer(purpose);
  }

  /** RFC 4231, test case 2. */
  @Test
  void isHmacWithSha256() {
    byte[] key = "Jefe".getBytes(StandardCharsets.UTF_8);
    assertThat(
            HexFormat.of()
                .formatHex(
                    Signer.code(
                        new SecretKeySpec(key, "HmacSHA256"), "what do ya want for nothing?")))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void knowsWhatItHasSigned() {
    String signature = signer(KEY, "a").sign("text");
    assertThat(signature).hasSize(Signer.CHARS).matches("[A-Za-z0-9_-]*");
    assertThat(signer(KEY, "a").hasSigned("text", signature)).isTrue();
    assertThat(signer(KEY, "a").hasSigned("texts", signature)).isFalse();
    assertThat(signer(KEY, "a").hasSigned("text", "")).isFalse();
    assertThat(signer(KEY, "b").hasSigned("text", signature)).isFalse();
    assertThat(signer("f" + KEY.substring(1), "a").hasSigned("text", signature)).isFalse();
  }
}
