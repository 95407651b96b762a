package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FooterLinkTest {
  @ParameterizedTest
  @CsvSource({
    "Imprint https://example.com/imprint?a=b,Imprint,https://example.com/imprint?a=b",
    "Terms of use  /terms,Terms of use,/terms",
    "Write to us mailto:a@example.com,Write to us,mailto:a@example.com",
    "日本 http://例.test,,",
    "日本 http://example.test/,日本,http://example.test/",
  })
  void isOfWordsAndAnAddress(String entry, String words, String address) {
    assertThat(FooterLink.of(entry).map(FooterLink::words).orElse(null)).isEqualTo(words);
    assertThat(FooterLink.of(entry).map(FooterLink::address).orElse(null)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Imprint",
        "https://example.com/",
        "Go javascript:alert(1)",
        "Go data:text/html,x",
        "Go //example.com/",
        "Go /\\example.com/",
        "Go imprint.html",
        "Go https:imprint",
        "Go https://u:p@example.com/",
        "Go mailto:",
        "Go https://example.com/%",
      })
  void leadsNowhereElse(String entry) {
    assertThat(FooterLink.of(entry)).isEmpty();
  }

  @Test
  void isShort() {
    assertThat(FooterLink.of("x".repeat(60) + " /a")).isPresent();
    assertThat(FooterLink.of("x".repeat(61) + " /a")).isEmpty();
  }
}
