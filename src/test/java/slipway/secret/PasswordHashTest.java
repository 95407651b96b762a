package slipway.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
  @Test
  void knowsThePasswordAgainAndNoOther() {
    String kept = PasswordHash.of("blåbær");
    assertThat(kept).startsWith("100000$").doesNotContain("blåbær");
    assertThat(PasswordHash.matches("blåbær", kept)).isTrue();
    assertThat(PasswordHash.of("blåbær")).as("with salt of its own").isNotEqualTo(kept);
  }

  /** RFC 7914, 11: a vector of PBKDF2 with HMAC-SHA-256, of which these are the first 32 bytes. */
  @Test
  void readsHashesOfOtherIterations() {
    String kept = "1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=";
    assertThat(PasswordHash.matches("passwd", kept)).isTrue();
    assertThat(PasswordHash.matches("passwe", kept)).isFalse();
  }
}
