package slipway.http.uploadlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.harness.AtOnce;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.limit.RateLimits;
import slipway.secret.PasswordHash;

class PasswordGuessesTest {
  /** Of "passwd", by one iteration. */
  private static final String KEPT = "1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=";

  private final PasswordGuesses guesses = new PasswordGuesses(new RateLimits(0, 0, 2, () -> 1));

  private void assertFails(String link, String address, String password, ErrorCode code) {
    assertThatThrownBy(() -> guesses.check(link, address, password, KEPT))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void boundsTheWrongOnesOfAnAddress() throws ApiException {
    guesses.check("link", "1.2.3.4", "passwd", KEPT);
    assertFails("link", "1.2.3.4", "wrong", ErrorCode.PERMISSION_DENIED);
    assertFails("another", "1.2.3.4", "guess", ErrorCode.PERMISSION_DENIED);
    assertFails("link", "1.2.3.4", "passwd", ErrorCode.RATE_LIMITED);
    guesses.check("link", "1.2.3.5", "passwd", KEPT);
  }

  @Test
  void takesAMissingOneForNoGuess() throws ApiException {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> guesses.check("link", "1.2.3.4", "", KEPT))
          .hasMessage("This upload link has a password: send it as 'password'.");
    }
    guesses.check("link", "1.2.3.4", "passwd", KEPT);
  }

  /** Guests who were all told the password at the same moment. */
  @Test
  void checksThemOneAfterTheOther() throws Exception {
    String kept = PasswordHash.of("passwd");
    List<Boolean> right =
        AtOnce.run(
            8,
            guest ->
                () -> {
                  guesses.check("link", "1.2.3." + guest, "passwd", kept);
                  return true;
                });
    assertThat(right).hasSize(8).containsOnly(true);
  }

  @Test
  void boundsTheWrongOnesForALinkFromWhereverTheyCome() throws ApiException {
    for (int i = 0; i < 60; i++) {
      assertFails("link", "1.2.3." + i, "wrong", ErrorCode.PERMISSION_DENIED);
    }
    assertFails("link", "1.2.4.1", "passwd", ErrorCode.RATE_LIMITED);
    guesses.check("another", "1.2.4.1", "passwd", KEPT);
  }
}
