package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

class StylesheetIT {
  private static final Pattern PICO = Pattern.compile("href=\"([^\"]*/pico\\.min\\.css)\"");

  @ParameterizedTest
  @EnumSource(Container.class)
  void isServedFromThePartOfItsJarThatTheApplicationHas(Container container) {
    ApiClient api = ApiClient.of(Server.shared(container));
    Matcher link = PICO.matcher(api.get("/").text());
    assertThat(link.find()).isTrue();
    Answer css = api.get(link.group(1));
    assertThat(css.status()).isEqualTo(200);
    assertThat(css.header("Content-Type").orElseThrow()).startsWith("text/css");
    assertThat(css.body()).hasSizeGreaterThan(50_000);
  }
}
