package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;

/** The hosted upload page is free of barriers, light and dark. */
class UploadPageLooksIT {
  private static final String DESCRIPTION =
      "<h2>What <i>we</i> want</h2><p>Your <b>best</b>, <small>small</small> or <code>big</code>, see"
          + " <a href='https://a.test/'>this</a>:</p><ul><li>one<li>two</ul><ol><li>x</ol><hr>"
          + "<blockquote>Said</blockquote><pre>as is</pre><dl><dt>a<dd>b</dl>";

  /**
   * Gives what all of Pico's style sheet would change of the page, and leaves the page as it was.
   */
  private static final String OTHER_STYLES =
      """
      const done = arguments[0];
      const still = new CSSStyleSheet();
      still.replaceSync('*, ::before, ::after { transition: none !important }');
      document.adoptedStyleSheets = [still];
      document.querySelectorAll('details').forEach((each) => (each.open = true));
      const named = (each) => `${each.localName}.${each.getAttribute('class')}`;
      const all = new Map([...document.querySelectorAll('body, body *')]
        .map((each) => [`${named(each.parentElement)}>${named(each)}`, each]));
      const ofInputs = ['::file-selector-button', '::placeholder'];
      const styles = () => [...all].flatMap(([path, each]) =>
        [undefined, '::before', '::after', ...(each.localName === 'input' ? ofInputs : [])].map((part) => {
          const style = getComputedStyle(each, part);
          const name = path + (part ?? '');
          return [name, [...style].filter((property) => !property.startsWith('--'))
            .map((property) => `${property}: ${style.getPropertyValue(property)}`)];
        }));
      const load = (name) => new Promise((resolve) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = name;
        link.onload = () => resolve(link);
        document.head.append(link);
      });
      const page = document.querySelector('link[rel=stylesheet][href$="/visitors.css"]');
      const before = styles();
      load(page.href.replace('visitors', 'pico.min')).then(async (pico) => {
        const slipway = await load(page.href.replace('visitors', 'slipway'));
        page.disabled = true;
        const after = styles();
        page.disabled = false;
        pico.remove();
        slipway.remove();
        done(before.flatMap(([name, style], i) => style
          .filter((each, j) => each !== after[i][1][j]).map((each) => `${name} ${each}`)));
      });
      """;

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

  private void look(String name) {
    Looks.check(visit.browser, name);
  }

  @Tag("faults")
  @Test
  void showsAQrCodeOfItsOwnAddress() {
    String title = "Summer photo contest";
    String token =
        visit.token(5, "title", title, "description", "Your best <b>harbour</b> pictures.");
    URI address = visit.server.uri("/upload/" + token);
    visit.browser.go(address);
    visit.uploader.await("#choose");
    look("upload-page");
    visit.browser.find("summary").click();
    visit.browser.find(".phone svg");
    look("upload-page-qr");
    Await.until("a picture that can be read", () -> isRead(visit.browser, address));
  }

  /** As a phone's camera does, which looks until it can read it. */
  private static boolean isRead(Browser browser, URI address) {
    try {
      return read(browser.screenshot("upload-page-qr")).equals(address.toString());
    } catch (ReaderException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path png) throws IOException, ReaderException {
    BufferedImage image = ImageIO.read(png.toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    var source = new RGBLuminanceSource(width, height, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }

  @Tag("faults")
  @Test
  void showsTheFilesThatAreChosen() {
    visit.browser.go(visit.server.uri("/upload/" + visit.token(5)));
    visit.uploader.choose(SampleMedia.photo("harbour.jpg"), SampleMedia.mp4());
    visit.uploader.shown("video");
    look("upload-page-files");
  }

  @Tag("faults")
  @Test
  void keepsAllThatMattersInViewOnAPhoneWithTenFiles() {
    String title = "An unusually long title of a call for photographs ".repeat(3).strip();
    visit.browser.show(Browser.Screen.PHONE);
    visit.browser.go(visit.server.uri("/upload/" + visit.token(10, "title", title)));
    assertThat(visit.browser.find("h1").getRect().height).as("two lines").isLessThan(80);
    assertThat(uploaderShows("#photo + label", "#video + label")).isTrue();
    assertThat(visit.uploader.await("#photo").getAttribute("capture")).isEqualTo("environment");
    visit.uploader.await("#photo").sendKeys(Visit.picture("camera.jpg").toString());
    visit.uploader.choose(
        IntStream.range(1, 10)
            .mapToObj(number -> Visit.picture("summer " + number + ".jpg"))
            .toArray(Path[]::new));
    visit.uploader.awaitText("Upload 10 files");
    assertThat(uploaderShows(".primary", ".total")).isTrue();
    assertThat(visit.uploader.shown(".total").getText()).contains("kB");
    look("upload-page-ten");
    visit.browser.show(Browser.Screen.PHONE);
    visit.browser.upstream(3_000);
    visit.uploader.press(".primary");
    visit.uploader.awaitMatch("0 of 10 uploaded, \\d%.* kB/s.* left");
    assertThat(uploaderShows(".total", ".all")).isTrue();
    clickAllAgain();
    assertThat(visit.uploader.all("li")).as("a double click is one").hasSize(10);
    assertThat(visit.uploader.all("li[data-state=paused]")).isEmpty();
    look("upload-page-ten-sending");
    visit.browser.show(Browser.Screen.PHONE);
    press("Pause all");
    visit.uploader.awaitText("Resume all");
    assertThat(visit.uploader.all("li[data-state=paused]")).hasSize(10);
    press("Resume all");
    visit.uploader.awaitState("sending");
    assertThat(visit.uploader.all("li[data-state=paused]")).isEmpty();
    press("Cancel all");
    visit.uploader.awaitText("Choose files");
    assertThat(visit.uploader.all("li")).isEmpty();
    assertThat(visit.browser.console()).isEmpty();
    visit.browser.show(Browser.Screen.DESKTOP);
    assertThat(uploaderShows("#photo + label")).as("a camera, without a touch screen").isFalse();
  }

  /** As the second click of a double one does, which lands where another button was. */
  private void clickAllAgain() {
    visit
        .browser
        .driver()
        .executeScript(
            """
            const root = document.querySelector('slipway-upload').shadowRoot;
            for (const each of root.querySelectorAll('.all')) {
              each.dispatchEvent(new MouseEvent('click', {detail: 2}));
            }
            """);
  }

  private void press(String button) {
    visit.uploader.all(".all").stream()
        .filter(each -> each.getText().equals(button))
        .findFirst()
        .orElseThrow()
        .click();
  }

  /** Whether all of these can be seen without scrolling, in full. */
  private boolean uploaderShows(String... selectors) {
    return (boolean)
        visit
            .browser
            .driver()
            .executeScript(
                """
                const root = document.querySelector('slipway-upload').shadowRoot;
                return [...arguments].every((css) =>
                  [...root.querySelectorAll(css)].some((each) => {
                    const {top, bottom, height} = each.getBoundingClientRect();
                    return height > 0 && top >= 0 && bottom <= innerHeight;
                  }));
                """,
                (Object[]) selectors);
  }

  @Test
  void speaksTheLanguageOfItsVisitor() {
    visit.browser.speak("da-DK,da;q=0.9,en;q=0.8");
    visit.browser.go(visit.server.uri("/upload/" + visit.token(3)));
    visit.uploader.awaitText("Vælg filer");
    assertThat(visit.browser.find("main").getText())
        .contains("Billeder og videoer", "Lukker om 2 timer 59 minutter", "Bagefter kommer du");
    assertThat(visit.browser.console()).isEmpty();
    assertIsLight();
    visit.uploader.choose(
        SampleMedia.photo("havn.jpg"), SampleMedia.mp4(), Visit.picture("is.jpg"));
    visit.uploader.shown("video");
    look("upload-page-danish");
  }

  /** All that a first visit loads, with the texts of a language that is not English. */
  private void assertIsLight() {
    Object loaded =
        visit
            .browser
            .driver()
            .executeScript(
                """
                return performance.getEntries()
                  .filter(({entryType}) => ['navigation', 'resource'].includes(entryType))
                  .map(({name, transferSize}) => [name, transferSize]);
                """);
    List<List<?>> all = ((List<?>) loaded).stream().<List<?>>map(List.class::cast).toList();
    assertThat(all).as("page, style sheet, uploader, texts, clock and icon").hasSizeBetween(5, 6);
    assertThat(all.stream().skip(1).map(each -> each.get(0).toString()))
        .as("asked for by the page itself, and so after one round trip")
        .isSubsetOf(linked());
    assertThat(all).anyMatch(each -> each.get(0).toString().endsWith("/texts/da.js"));
    assertThat(all.stream().mapToLong(each -> ((Number) each.get(1)).longValue()).sum())
        .as("bytes on the wire: " + all)
        .isBetween(20_000L, 34_000L);
  }

  /** What the head of the page names. */
  private List<String> linked() {
    String script =
        """
        return [...document.head.querySelectorAll('[href], [src]')]
          .map(({href, src}) => href || src);
        """;
    return ((List<?>) visit.browser.driver().executeScript(script))
        .stream().map(Object::toString).toList();
  }

  /** Whatever is left out of Pico: these pages look as with all of it. */
  @Tag("faults")
  @Test
  void looksAsWithAllOfTheStyleSheet() {
    String link =
        ApiClient.withKey(visit.server)
            .post(
                "/api/upload-link/create",
                Map.of("name", "Anna & Ben", "password", "sesame", "description", DESCRIPTION))
            .xml("/response/upload_link");
    visit.browser.go(visit.server.uri("/upload/" + visit.token(3, "description", DESCRIPTION)));
    assertLooksTheSame();
    visit.browser.dark(true);
    assertLooksTheSame();
    visit.browser.go(visit.server.uri("/no/such/page"));
    assertLooksTheSame();
    visit.browser.dark(false);
    visit.browser.go(visit.server.uri("/drop/" + link + "?password=wrong"));
    assertLooksTheSame();
  }

  private void assertLooksTheSame() {
    assertThat((List<?>) visit.browser.driver().executeAsyncScript(OTHER_STYLES))
        .as("what is not the same on %s", visit.browser.driver().getCurrentUrl())
        .isEmpty();
  }

  @Tag("faults")
  @Test
  void readsFromTheRightInArabic() {
    visit.browser.speak("ar-EG,ar;q=0.9,en;q=0.8");
    visit.browser.go(visit.server.uri("/upload/" + visit.token(3)));
    visit.uploader.awaitText("اختيار ملفات");
    visit.uploader.choose(SampleMedia.photo("harbour.jpg"), SampleMedia.mp4());
    visit.uploader.awaitText("رفع ملفين");
    assertThat(visit.browser.find("main").getText())
        .contains("صور وفيديوهات", "الوقت المتبقي: ساعتان و59 دقيقة", "عند الانتهاء ستنتقل إلى");
    assertThat(visit.browser.find("h1").getCssValue("direction")).isEqualTo("rtl");
    look("upload-page-arabic");
  }

  @Tag("faults")
  @Test
  void countsInPolishAndSpeaksJapanese() {
    String token = visit.token(5);
    visit.browser.speak("pl");
    visit.browser.go(visit.server.uri("/upload/" + token));
    visit.uploader.choose(SampleMedia.photo("harbour.jpg"), SampleMedia.mp4());
    visit.uploader.awaitText("Prześlij 2 pliki");
    assertThat(visit.browser.find("main").getText())
        .contains("Zdjęcia i filmy", "Pozostały czas: 2 godziny 59 minut");
    look("upload-page-polish");
    visit.browser.speak("ja");
    visit.browser.go(visit.server.uri("/upload/" + token));
    visit.uploader.choose(SampleMedia.photo("harbour.jpg"));
    visit.uploader.awaitText("1 個のファイルをアップロード");
    assertThat(visit.browser.find("main").getText()).contains("締め切りまで 2 時間 59 分");
    look("upload-page-japanese");
  }

  @Tag("faults")
  @Test
  void isFriendlyWhenALinkIsDead() {
    visit.browser.go(visit.server.uri("/upload/" + "0".repeat(40)));
    look("upload-page-unknown");
    visit.browser.go(visit.server.uri("/upload/" + usedUp()));
    assertThat(visit.browser.find("h1").getText()).isEqualTo("All files are here");
    look("upload-page-used-up");
    visit.browser.go(
        visit.server.uri(
            "/upload/" + visit.token(1, "allowed_origin", "https://contest.example.com")));
    look("upload-page-elsewhere");
  }

  private String usedUp() {
    String token = visit.token(1);
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
    ApiClient.of(visit.server).post("/api/photo/redeem-upload-token", form);
    return token;
  }

  @Tag("faults")
  @Test
  void saysThatALinkHasExpired() {
    String token = visit.token(1);
    Jdbi.create("jdbc:sqlite:" + visit.server.data().resolve("slipway.db"))
        .useHandle(
            handle ->
                handle.execute(
                    "update upload_token set valid_until = ? where token = ?",
                    Instant.now().minusSeconds(60).getEpochSecond(),
                    token));
    visit.browser.go(visit.server.uri("/upload/" + token));
    assertThat(visit.browser.find("h1").getText()).isEqualTo("This upload link has expired");
    look("upload-page-expired");
  }
}
