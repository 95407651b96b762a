package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 12.5.3. */
class AssetServletTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "br, GZIP",
        "deflate,gzip;q=0.5",
        "gzip ; q=1",
        "x-gzip",
        "*",
        "br, *;q=0.1"
      })
  void packsForWhoTakesIt(String header) {
    assertThat(AssetServlet.takesGzip(List.of(header))).isTrue();
    assertThat(AssetServlet.takesGzip(List.of("br", header))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip; q=0.000",
        "*;q=0",
        "gzip;q=0, *",
        "gzipped"
      })
  void packsNotForWhoDoesNot(String header) {
    assertThat(AssetServlet.takesGzip(List.of(header))).isFalse();
  }

  @Test
  void packsNotForWhoDoesNotSay() {
    assertThat(AssetServlet.takesGzip(List.of())).isFalse();
  }
}
