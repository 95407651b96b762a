package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.web.BrandingIT.SERVER;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Browser;
import slipway.harness.Looks;

/** The site of {@link BrandingIT} in a browser. */
@Tag("faults")
class BrandingLooksIT {
  @Test
  void canBeReadInLightAndDark() {
    String photo = BrandingIT.upload();
    try (Browser browser = Browser.open()) {
      browser.go(SERVER.uri("/"));
      assertThat(browser.find("h1").getCssValue("letter-spacing")).isNotEqualTo("normal");
      Looks.check(browser, "brand-gallery");
      browser.go(SERVER.uri("/photo/" + photo));
      Looks.check(browser, "brand-photo");
      browser.go(SERVER.uri("/upload/" + BrandingIT.token()));
      new Uploader(browser).await("#choose");
      Looks.check(browser, "brand-upload");
      assertThat(browser.console()).isEmpty();
    }
  }
}
