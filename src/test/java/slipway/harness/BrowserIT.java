package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BrowserIT {
  private static final String PAGE =
      "<!DOCTYPE html><meta name=viewport content='width=device-width'><title>Tall</title>"
          + "<body style='margin:0'><p style='height:2000px;margin:0'>A tall page</p>"
          + "<script>console.error('seen')</script>";

  private final Path page = SampleMedia.file("tall.html", PAGE.getBytes(StandardCharsets.UTF_8));

  @Test
  void seesWhatAPageShowsAndWhatIsInItsConsole() {
    try (Browser browser = Browser.open()) {
      browser.go(page.toUri());
      assertThat(browser.find("p", "tall").getText()).isEqualTo("A tall page");
      assertThat(browser.console()).singleElement().asString().contains("seen");
    }
  }

  @Tag("faults")
  @Test
  void picturesTheWholePageOnAPhoneAndOnADesktop() throws IOException {
    try (Browser browser = Browser.open(Browser.Screen.PHONE)) {
      browser.go(page.toUri());
      assertSize(browser.screenshot("harness-phone"), 2 * 390, 2 * 2000);
      browser.show(Browser.Screen.DESKTOP);
      assertSize(browser.screenshot("harness-desktop"), 1280, 2000);
    }
  }

  private static void assertSize(Path png, int width, int height) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
  }
}
