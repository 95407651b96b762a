package slipway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.details.Details;
import slipway.details.Markup;

class PackedTokenTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789123456Z");

  private static UploadToken token(Details details, ReturnTo returnTo) {
    TokenTerms terms = TokenTerms.of(180, 3);
    return UploadToken.issue(returnTo, details, TokenLimits.NONE, terms, Issuer.of(1L, null), NOW);
  }

  private static Details details(String title, String description) {
    return new Details(null, List.of(), title, Markup.clean(description), "", false, null, null);
  }

  private static void assertSame(UploadToken token) {
    PackedToken packed = PackedToken.of(token);
    assertThat(packed.of(token.id())).isEqualTo(token);
    assertThat(packed.purpose()).isEqualTo(token.purpose());
    assertThat(packed.maxUploads()).isEqualTo(token.maxUploads());
    assertThat(packed.issuer()).isEqualTo(token.issuer());
    Instant until = token.validUntil();
    for (Instant time : List.of(until.minusNanos(1), until, until.plusNanos(1), NOW)) {
      assertThat(packed.isExpired(time)).isEqualTo(token.isExpired(time));
    }
  }

  @Test
  void losesNothing() {
    assertSame(SampleToken.issue(3, NOW));
    assertSame(SampleToken.issue(1, NOW).replacing(Long.MAX_VALUE));
    assertSame(SampleToken.returningTo("https://a.test/"));
    assertSame(token(Details.NONE, new ReturnTo("https://a.test/", true, List.of())));
  }

  @Test
  void losesNoCharacterAndNoLengthOfText() {
    ReturnTo returnTo =
        new ReturnTo("https://a.test/", false, List.of(Map.entry("", ""), Map.entry("ÿ", "Ā")));
    for (int length : new int[] {0, 1, 254, 255, 256, 70_000}) {
      assertSame(token(details("t".repeat(length), "<b>" + "ü".repeat(length) + "</b>"), returnTo));
      assertSame(token(details("日".repeat(length), "\uD83D\uDE00".repeat(length)), returnTo));
    }
    assertSame(token(details("a half \uD83D, and \uDE00", ""), returnTo));
  }

  @Test
  void isFoundByItsVeryIdOnly() {
    String id = "0123456789abcdef0123456789abcdeffedcba98";
    assertThat(TokenKey.of(id)).isEqualTo(TokenKey.of(id)).isInstanceOf(TokenKey.class);
    for (int i = 0; i < id.length(); i++) {
      String other = id.substring(0, i) + (id.charAt(i) == '0' ? '1' : '0') + id.substring(i + 1);
      assertThat(TokenKey.of(other)).isNotEqualTo(TokenKey.of(id));
    }
    for (String other : List.of("", id.toUpperCase(Locale.ROOT), id + "0", "+" + id.substring(1))) {
      assertThat(TokenKey.of(other)).isEqualTo(other);
    }
  }
}
