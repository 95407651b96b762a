package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.harness.Axe;
import slipway.harness.Browser.Screen;
import slipway.harness.Container;
import slipway.harness.SampleMedia;

/** The hosted upload page is free of barriers, light and dark, and pictured to be looked at. */
class UploadPageLooksIT {
  private Visit visit;

  @BeforeEach
  void open() {
    visit = new Visit(Container.JETTY_12);
  }

  @AfterEach
  void close() throws IOException {
    if (visit != null) {
      visit.close();
    }
  }

  private Path look(String name) {
    visit.browser.dark(true);
    Axe.check(visit.browser);
    visit.browser.screenshot(name + "-dark-desktop");
    visit.browser.dark(false);
    Axe.check(visit.browser);
    visit.browser.show(Screen.PHONE);
    visit.browser.screenshot(name + "-phone");
    visit.browser.show(Screen.DESKTOP);
    return visit.browser.screenshot(name + "-desktop");
  }

  @Test
  void showsAQrCodeOfItsOwnAddress() throws Exception {
    String title = "Summer photo contest";
    String token =
        visit.token(5, "title", title, "description", "Your best <b>harbour</b> pictures.");
    URI address = visit.server.uri("/upload/" + token);
    visit.browser.go(address);
    visit.uploader.await("#choose");
    look("upload-page");
    visit.browser.find("summary").click();
    visit.browser.find(".phone svg");
    assertThat(read(look("upload-page-qr"))).isEqualTo(address.toString());
  }

  private static String read(Path png) throws Exception {
    BufferedImage image = ImageIO.read(png.toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    var source = new RGBLuminanceSource(width, height, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }

  @Test
  void showsTheFilesThatAreChosen() {
    visit.browser.go(visit.server.uri("/upload/" + visit.token(5)));
    visit.uploader.choose(SampleMedia.photo("harbour.jpg"), SampleMedia.mp4());
    visit.uploader.shown("video");
    look("upload-page-files");
  }

  @Test
  void isFriendlyWhenALinkIsDead() {
    visit.browser.go(visit.server.uri("/upload/" + "0".repeat(40)));
    look("upload-page-unknown");
  }
}
