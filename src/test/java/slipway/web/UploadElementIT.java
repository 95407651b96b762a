package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.web.Visit.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.media.Samples;

/** The element on a page of another site, with files that go as plain forms. */
class UploadElementIT {
  private Visit visit;
  private Uploader uploader;
  private Browser browser;

  @BeforeEach
  void open() {
    visit = new Visit(Container.JETTY_12);
    uploader = visit.uploader;
    browser = visit.browser;
  }

  @AfterEach
  void close() throws IOException {
    if (visit != null) {
      visit.close();
    }
  }

  @Test
  void worksAsTheOrdinaryFormItIsWithoutJavaScript() throws IOException {
    Path picture = picture("plain.jpg");
    browser.withoutScripts();
    browser.go(visit.site.page(visit.token(1), "", ""));
    browser.driver().findElement(By.name("file")).sendKeys(picture.toString());
    browser.driver().findElement(By.tagName("button")).click();
    assertThat(visit.original(uploader.awaitBack())).isEqualTo(Files.readAllBytes(picture));
  }

  @Tag("faults")
  @Test
  void sendsSeveralFilesAndGoesOnToReturnUrlAsTheFormWould() throws IOException {
    Path last = picture("three.jpg");
    visit.go(visit.token(3), "max-files=3", "<input type=hidden name=case value=42>");
    uploader.choose(picture("one.jpg"), picture("two.jpg"), last);
    uploader.press(".primary");
    Map<String, String> back = uploader.awaitBack();
    assertThat(back).containsEntry("theme", "green").containsEntry("case", "42");
    assertThat(back).doesNotContainKeys("format", "error_message");
    assertThat(visit.original(back)).isEqualTo(Files.readAllBytes(last));
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void keepsItsFilesWhenItIsMovedOrItsFormIsReplacedAndFollowsItsLimits() throws IOException {
    Path picture = picture("one.jpg");
    visit.go(visit.token(2), "max-files=2");
    uploader.choose(picture);
    uploader.choose(picture);
    uploader.awaitText("one.jpg is in the list already.");
    browser
        .driver()
        .executeScript(
            """
            const element = document.querySelector('slipway-upload');
            document.querySelector('h1').before(element);
            """);
    assertThat(row("one.jpg")).contains("kB");
    browser
        .driver()
        .executeScript(
            """
            const form = document.querySelector('slipway-upload form');
            const next = form.cloneNode(true);
            next.querySelector('[type=file]').disabled = false;
            form.replaceWith(next);
            """);
    uploader.awaitText("one.jpg");
    assertThat(uploader.shown(".zone").getText()).contains("Add another file");
    browser
        .driver()
        .executeScript("document.querySelector('slipway-upload').setAttribute('max-files', 1)");
    assertThat(uploader.all(".zone:not([hidden])")).isEmpty();
    uploader.press(".primary");
    assertThat(visit.original(uploader.awaitBack())).isEqualTo(Files.readAllBytes(picture));
    assertThat(browser.console()).isEmpty();
  }

  /** As libraries do that fetch a part of a page again, put it in place or change what is there. */
  @Tag("faults")
  @Test
  void keepsToItsFormWhateverLibrariesMakeOfIt() throws IOException {
    Path picture = picture("one.jpg");
    visit.go(visit.token(2), "max-files=2", "<input name=case value=1>");
    script(
        """
        window.fresh = (form) => {
          const copy = form.cloneNode(true);
          for (const each of copy.querySelectorAll('[style], [disabled]')) {
            each.removeAttribute('style');
            each.removeAttribute('disabled');
          }
          return copy;
        };
        window.sent = fresh(document.querySelector('form'));
        """);
    uploader.choose(picture);
    uploader.awaitText("one.jpg");
    // What is inside the form comes again, as it was sent.
    script("document.querySelector('form').replaceChildren(...fresh(sent).childNodes)");
    assertFormIsTaken();
    // What is there is made what the server sent.
    script(
        """
        for (const each of document.querySelectorAll('form [style], form [disabled]')) {
          each.removeAttribute('style');
          each.removeAttribute('disabled');
        }
        document.querySelector('form').append(document.createElement('button'));
        """);
    assertFormIsTaken();
    // All that is in the element goes, and comes later.
    script("document.querySelector('slipway-upload').replaceChildren()");
    script("document.querySelector('slipway-upload').append(sent)");
    uploader.awaitText("one.jpg");
    assertFormIsTaken();
    // The page is left and come back to: a copy of it, as it was, takes its place.
    script(
        """
        const copy = document.body.cloneNode(true);
        document.body.replaceWith(document.createElement('body'));
        document.body.replaceWith(copy);
        """);
    uploader.await("#choose");
    assertFormIsTaken();
    uploader.choose(picture);
    uploader.press(".primary");
    Map<String, String> back = uploader.awaitBack();
    assertThat(visit.original(back)).isEqualTo(Files.readAllBytes(picture));
    assertThat(back).containsEntry("case", "1");
    assertThat(browser.console()).isEmpty();
  }

  private void assertFormIsTaken() {
    browser
        .waiting()
        .withMessage("a form that leaves files and sending to the uploader")
        .until(
            page ->
                script(
                        """
                    const shown = (css) => [...document.querySelectorAll(css)]
                      .filter((each) => each.checkVisibility()).length;
                    return shown('form [type=file], form button') === 0
                      && document.querySelector('form [type=file]').disabled
                      && shown('[name=case]') === 1;
                    """)
                    .equals(true));
  }

  @Tag("faults")
  @Test
  void showsThePicturesAndVideosBeforeTheyAreSent() {
    visit.go(visit.token(2), "max-files=2");
    uploader.choose(picture("one.jpg"), SampleMedia.mp4());
    uploader.shown("li:nth-child(1) img");
    uploader.shown("li:nth-child(2) video");
    assertThat(uploader.shown("img").getAttribute("src")).startsWith("blob:");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void takesFilesThatAreDroppedOrPasted() {
    visit.go(visit.token(3), "max-files=3");
    send("dragenter", "drop.png", "dataTransfer");
    assertThat(browser.find("slipway-upload").getAttribute("data-over")).isNotNull();
    send("drop", "drop.png", "dataTransfer");
    uploader.shown("li:nth-child(1)");
    assertThat(browser.find("slipway-upload").getAttribute("data-over")).isNull();
    send("paste", "paste.png", "clipboardData");
    uploader.shown("li:nth-child(2)");
    assertThat(uploader.text()).contains("drop.png", "paste.png", "Upload 2 files");
  }

  @Tag("faults")
  @Test
  void takesTheFilesOfAFolderThatIsDropped() throws IOException {
    visit.go(visit.token(9), "max-files=9");
    Path folder = SampleMedia.file("first.jpg", SampleMedia.jpeg(40, 30)).getParent();
    Path deeper = Files.createDirectories(folder.resolve("day two"));
    Files.write(deeper.resolve("second.jpg"), SampleMedia.jpeg(40, 30));
    for (String left : new String[] {".DS_Store", "day two/Thumbs.db", "day two/._second.jpg"}) {
      Files.write(folder.resolve(left), new byte[] {1});
    }
    browser.drop(browser.find("slipway-upload"), folder, picture("third.jpg"));
    uploader.awaitText("Upload 3 files");
    assertThat(uploader.text()).contains("first.jpg", "second.jpg", "third.jpg");
    assertThat(uploader.all("li")).as("and nothing that systems leave in folders").hasSize(3);
    uploader.press(".primary");
    assertThat(uploader.awaitBack()).containsKey("photo_id");
  }

  private void send(String event, String filename, String transfer) {
    send(event, filename, transfer, "slipway-upload");
  }

  private void send(String event, String filename, String transfer, String target) {
    browser
        .driver()
        .executeScript(
            """
            const [type, name, key, target] = arguments;
            const transfer = new DataTransfer();
            transfer.items.add(new File(['not empty'], name, {type: 'image/png'}));
            const Type = key === 'clipboardData' ? ClipboardEvent : DragEvent;
            document.querySelector(target).dispatchEvent(
              new Type(type, {[key]: transfer, bubbles: true, cancelable: true}));
            """,
            event,
            filename,
            transfer,
            target);
  }

  @Test
  void saysOfEachFileWhyItIsNotTakenAndGoesOnWithTheRest() {
    visit.go(visit.token(1), "max-bytes=100000");
    Path text = SampleMedia.file("notes.txt", "no picture".getBytes(StandardCharsets.UTF_8));
    Path empty = SampleMedia.file("empty.jpg", new byte[0]);
    for (Path file : new Path[] {text, empty, Visit.big("large.jpg")}) {
      uploader.choose(file);
    }
    assertThat(row("notes.txt")).contains("is not accepted here. Accepted: photos and videos.");
    assertThat(row("empty.jpg")).contains("This file is empty");
    assertThat(row("large.jpg")).contains("Too large: 3 MB", "100 kB");
    assertThat(uploader.all("[aria-label^='Try ']:not([hidden])")).isEmpty();
    uploader.choose(picture("good.jpg"));
    uploader.press(".primary");
    uploader.press(".secondary");
    assertThat(uploader.awaitBack()).containsKey("photo_id");
  }

  @Tag("faults")
  @Test
  void saysThatTheTokenIsForAnotherSite() {
    visit.go(visit.token(2, "allowed_origin", "https://www.example.com"), "max-files=2");
    uploader.choose(picture("one.jpg"), Visit.big("large.jpg"));
    uploader.press(".primary");
    for (int file = 1; file <= 2; file++) {
      String failed = "li[data-state=failed]:nth-child(" + file + ")";
      assertThat(uploader.shown(failed).getText()).contains("from this page are not allowed");
    }
  }

  private String row(String name) {
    return uploader.shown("li:has([title='" + name + "'])").getText();
  }

  @Tag("faults")
  @Test
  void leavesOutWhatIsMoreThanTheTokenTakes() {
    visit.go(visit.token(2), "max-files=2");
    browser
        .driver()
        .executeScript(
            """
            document.querySelector('slipway-upload').add(
              ['a', 'b', 'c'].map(name => new File([name], `${name}.png`, {type: 'image/png'})));
            """);
    assertThat(uploader.shown(".notice").getText())
        .isEqualTo("Only 2 files can be uploaded here. Left out: c.png.");
    assertThat(uploader.await(".zone").isDisplayed()).isFalse();
    uploader.press("[aria-label='Remove a.png']");
    assertThat(uploader.shown(".zone").getText()).contains("Add another file");
  }

  @Test
  void saysWhatTheServerRefusesAndLetsTheVisitorTryAgain() {
    visit.go("0".repeat(40), "");
    uploader.choose(picture("one.jpg"));
    uploader.press(".primary");
    assertThat(uploader.awaitState("failed").getText())
        .contains("This upload link is not valid. Go back to the page you came from");
    String token = visit.token(1);
    browser
        .driver()
        .executeScript("document.querySelector('[name=upload_token]').value = arguments[0]", token);
    uploader.press("[aria-label='Try one.jpg again']");
    assertThat(uploader.awaitBack()).containsEntry("upload_token", token);
  }

  @Tag("faults")
  @Test
  void saysThatAFileWasRefusedByItsContent() {
    visit.go(visit.token(1), "");
    uploader.choose(SampleMedia.file("fake.jpg", "no picture".getBytes(StandardCharsets.UTF_8)));
    uploader.press(".primary");
    assertThat(uploader.awaitState("failed").getText())
        .contains("This file type (text/plain) is not accepted. Accepted: photos and videos.");
    assertThat(browser.console())
        .as("nothing but the refusal, and no header asked for that may not be read")
        .allMatch(line -> line.contains("415"));
    uploader.press("[aria-label='Remove fake.jpg']");
    assertThat(uploader.shown(".zone").getText()).contains("Choose a file");
  }

  @Tag("faults")
  @Test
  void leavesLabelsThatAreNotTheFormsToThePage() {
    visit.go(visit.token(1), "");
    uploader.await("#choose");
    browser
        .driver()
        .executeScript(
            """
            const form = document.querySelector('form');
            form.querySelector('[type=file]').id = 'field';
            for (const [id, place] of [['outside', document.querySelector('main')], ['inside', form]]) {
              const label = document.createElement('label');
              Object.assign(label, {id, htmlFor: 'field', textContent: 'Your photos'});
              place.prepend(label);
            }
            """);
    browser.waiting().until(page -> !isDisplayed("#inside"));
    assertThat(isDisplayed("#outside")).isTrue();
    browser
        .driver()
        .executeScript(
            """
            const around = document.createElement('label');
            const element = document.querySelector('slipway-upload');
            element.before(around);
            around.append('Yours', element);
            element.querySelector('#inside').remove();
            element.querySelector('form').append(document.createElement('button'));
            """);
    browser.waiting().until(page -> !isDisplayed("form > button:last-child"));
    assertThat(uploader.await("#choose").isDisplayed()).isTrue();
    assertThat(isDisplayed("form [type=file]")).isFalse();
  }

  private boolean isDisplayed(String selector) {
    return browser.driver().findElement(By.cssSelector(selector)).isDisplayed();
  }

  @Tag("faults")
  @Test
  void isForgottenOnceThePageHasTakenItAway() {
    visit.go(visit.token(1), "max-files=3");
    uploader.await("#choose");
    // By a script alone: what the driver has found is held by it.
    browser
        .driver()
        .executeScript(
            """
            const element = document.querySelector('slipway-upload').cloneNode(true);
            document.body.append(element);
            window.other = new WeakRef(element);
            document.createElement('canvas').toBlob((picture) => element.add([
              new File([picture], 'a.png', {type: 'image/png'}),
              new File(['no picture'], 'b.png', {type: 'image/png'}),
              new File(['no video'], 'c.mp4', {type: 'video/mp4'}),
            ]));
            """);
    browser
        .waiting()
        .withMessage("three rows, and a picture")
        .until(
            page ->
                (boolean)
                    browser
                        .driver()
                        .executeScript(
                            "const all = other.deref().shadowRoot;"
                                + "return all.querySelectorAll('li').length === 3 && !!all.querySelector('li img')"));
    browser.driver().executeScript("other.deref().remove()");
    browser
        .waiting()
        .withMessage("its memory is free")
        .until(
            page -> {
              browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
              return (boolean) browser.driver().executeScript("return !other.deref()");
            });
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void waitsForTheRestOfTheFormToBeFilledIn() {
    visit.go(visit.token(1), "", "<label>Place <input name=place required></label>");
    uploader.choose(picture("one.jpg"));
    uploader.press(".primary");
    assertThat(uploader.all("li[data-state=ready]")).hasSize(1);
    browser.find("[name=place]").sendKeys("Ærø");
    uploader.press(".primary");
    assertThat(uploader.awaitBack()).containsEntry("place", "Ærø");
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    visit.go(visit.token(2), "max-files=2", "<input type=hidden name=case value=42>");
    press(Keys.TAB);
    assertThat(focused()).isEqualTo("choose");
    uploader.choose(picture("one.jpg"), picture("two.jpg"));
    press(Keys.TAB);
    assertThat(focused()).isEqualTo("Remove one.jpg");
    press(Keys.ENTER);
    assertThat(focused()).isEqualTo("Remove two.jpg");
    press(Keys.TAB);
    assertThat(focused()).isEqualTo("Upload 1 file");
    press(Keys.ENTER);
    assertThat(uploader.awaitBack())
        .containsKey("photo_id")
        .containsEntry("case", "42")
        .doesNotContainKeys("format", "error_message");
  }

  private void press(Keys key) {
    // Whatever has the focus, as what had it may have gone.
    new Actions(browser.driver()).sendKeys(key).perform();
  }

  private String focused() {
    return (String)
        browser
            .driver()
            .executeScript(
                """
                const e = document.querySelector('slipway-upload').shadowRoot.activeElement;
                return e && (e.id || e.ariaLabel || e.textContent);
                """);
  }

  /** Who taps twice to start cancels nothing. */
  @Tag("faults")
  @ParameterizedTest
  @ValueSource(strings = {"340px", "700px"})
  void pausesWhereItWasStarted(String width) {
    visit.go(visit.token(2), "max-files=2 style='display:block;width:" + width + "'");
    uploader.choose(picture("one.jpg"), picture("two.jpg"));
    uploader.shown(".primary");
    assertThat(
            script(
                """
                const root = document.querySelector('slipway-upload').shadowRoot;
                const start = root.querySelector('.primary');
                start.scrollIntoView({block: 'center'});
                const {left, right, top, bottom} = start.getBoundingClientRect();
                start.click();
                const all = [...root.querySelectorAll('.all')].filter(each => each.checkVisibility());
                return all.map(each => {
                  const box = each.getBoundingClientRect();
                  const isThere = box.left < right && box.right > left && box.top < bottom && box.bottom > top;
                  return `${each.textContent}: ${isThere}`;
                }).sort().join();
                """))
        .isEqualTo("Cancel all: false,Pause all: true");
  }

  @Tag("faults")
  @Test
  void leavesWhatComesNextToAPageThatHandlesIt() {
    visit.go(visit.token(1), "");
    browser
        .driver()
        .executeScript(
            """
            window.seen = [];
            for (const type of ['progress', 'error', 'done']) {
              document.addEventListener(`slipway-${type}`, event => {
                seen.push([type, event.detail]);
                if (type !== 'progress') {
                  event.preventDefault();
                }
              });
            }
            """);
    uploader.choose(SampleMedia.file("empty.jpg", new byte[0]));
    assertThat(uploader.awaitState("failed").getText())
        .contains("Not uploaded")
        .doesNotContain("This file is empty");
    assertThat(script("return seen.find(([type]) => type === 'error')[1].code")).isEqualTo("empty");
    assertThat(
            script(
                "return document.querySelector('slipway-upload').shadowRoot"
                    + ".querySelector('[role=status]').textContent"))
        .as("to those who do not see it")
        .isEqualTo("empty.jpg: Not uploaded");
    uploader.press("[aria-label='Remove empty.jpg']");
    uploader.choose(picture("one.jpg"));
    uploader.press(".primary");
    uploader.awaitState("done");
    assertThat(uploader.text()).contains("All done.");
    assertThat(script("return seen.at(-1)[1].uploads[0].photo_id")).asString().matches("\\d+");
    assertThat(script("return seen.at(-1)[1].callback_url")).asString().contains("&photo_id=");
    assertThat(
            script(
                "return seen.some(([type, {state, sent, size}]) => state === 'sending' && sent === size)"))
        .isEqualTo(true);
    assertThat(browser.driver().getCurrentUrl()).doesNotContain("/back");
  }

  private Object script(String script) {
    return browser.driver().executeScript(script);
  }

  @Tag("faults")
  @Test
  void givesEachFileTheTitleThatItsVisitorWrites() {
    String token = visit.token(3);
    visit.go(token, "max-files=3 titles");
    uploader.choose(picture("small.jpg"), Visit.big("large.jpg"), picture("none.jpg"));
    title("small.jpg").sendKeys("A day at the harbour");
    title("large.jpg").sendKeys("Blå & grøn");
    uploader.press(".primary");
    assertThat(uploader.awaitBack()).doesNotContainKey("photo_title");
    assertThat(titles(token)).contains("A day at the harbour", "Blå &amp; grøn", "title=\"\"");
  }

  private WebElement title(String name) {
    return uploader.shown("[aria-label='Title of " + name + "']");
  }

  private String titles(String token) {
    return ApiClient.of(visit.server)
        .post("/api/upload-token/status", Map.of("upload_token", token))
        .text();
  }

  @Tag("faults")
  @Test
  void sendsPicturesWithNoMorePixelsThanThePageWants() throws IOException {
    byte[] lying = Samples.withSegment(SampleMedia.photo(1200, 800), 0xFFE1, Samples.exif(6));
    byte[] gif = SampleMedia.gif(1200, 800);
    assertThat(sentWithFewerPixels("lying.jpg", lying))
        .satisfies(
            sent -> {
              BufferedImage image = ImageIO.read(new ByteArrayInputStream(sent));
              assertThat(image.getWidth() * image.getHeight()).isBetween(90_000, 100_000);
              assertThat(image.getHeight()).as("upright").isGreaterThan(image.getWidth());
            });
    assertThat(sentWithFewerPixels("moving.gif", gif)).isEqualTo(gif);
    byte[] small = SampleMedia.photo(300, 200);
    assertThat(sentWithFewerPixels("small.jpg", small)).isEqualTo(small);
    byte[] broken = Arrays.copyOf(SampleMedia.jpeg(1200, 800), 2000);
    assertThat(sentWithFewerPixels("broken.jpg", broken)).isEqualTo(broken);
    assertThat(browser.console()).isEmpty();
  }

  private byte[] sentWithFewerPixels(String name, byte[] content) {
    visit.go(visit.token(1), "max-pixels=100000 max-bytes=9000000 auto");
    uploader.choose(SampleMedia.file(name, content));
    return visit.original(uploader.awaitBack());
  }

  /** Long after the visitor's click, browsers open no other window. */
  @Tag("faults")
  @Test
  void goesOnInItsOwnWindowWhereNoOtherMayBeOpened() {
    visit.go(visit.token(1), "");
    script("document.querySelector('slipway-upload form').target = '_blank'");
    script("window.open = () => null");
    uploader.choose(picture("one.jpg"));
    uploader.press(".primary");
    assertThat(uploader.awaitBack()).containsKey("photo_id");
  }

  @Tag("faults")
  @Test
  void startsByItselfWhereThePageSaysSo() {
    visit.go(visit.token(1), "auto");
    uploader.choose(picture("one.jpg"));
    assertThat(uploader.awaitBack()).containsKey("photo_id");
  }

  @Tag("faults")
  @Test
  void speaksTheLanguageOfThePageAndItsOwnWords() {
    visit.go(
        visit.token(1, "max_bytes", "10"),
        "lang=da auto max-bytes=1200000 text-limit-size='Højst {size}'");
    assertThat(uploader.text()).contains("Vælg en fil", "Højst 1,2 MB");
    uploader.choose(picture("one.jpg"));
    assertThat(uploader.awaitState("failed").getText())
        .contains("Filen er for stor. Grænsen er 10 bytes.");
    uploader.press("[aria-label='Fjern one.jpg']");
    script("document.querySelector('slipway-upload').texts = {choose: 'Vælg et billede'}");
    assertThat(uploader.text()).contains("Vælg et billede");
    script("document.querySelector('slipway-upload').lang = 'en'");
    assertThat(uploader.text()).contains("or drop it here", "1.2 MB");
    script(
        """
        customElements.get('slipway-upload').texts.fr = {drop: 'ou glissez-le ici'};
        document.querySelector('slipway-upload').lang = 'fr';
        """);
    uploader.awaitText("ou glissez-le ici");
    assertThat(uploader.text()).containsPattern("1,2\\hMo");
  }

  @Tag("faults")
  @Test
  void followsItsAttributesAndPropertiesAsTheyChange() {
    visit.go(visit.token(2), "text-choose='Pick one' max-files=2");
    uploader.awaitText("Pick one");
    script("document.querySelector('slipway-upload').setAttribute('text-choose', 'Pick yours')");
    uploader.awaitText("Pick yours");
    send("drop", "elsewhere.png", "dataTransfer", "h1");
    script("document.querySelector('slipway-upload').dropAnywhere = true");
    send("drop", "anywhere.png", "dataTransfer", "h1");
    uploader.awaitText("anywhere.png");
    script("document.querySelector('slipway-upload').titles = true");
    uploader.shown("li input");
    script("document.querySelector('slipway-upload').setAttribute('drop-anywhere', 'false')");
    send("drop", "nowhere.png", "dataTransfer", "h1");
    send("drop", "here.png", "dataTransfer");
    uploader.awaitText("here.png");
    assertThat(uploader.text()).doesNotContain("elsewhere.png", "nowhere.png");
    // Whatever is set to what it is already changes nothing.
    WebElement title = uploader.shown("li input");
    script(
        """
        const element = document.querySelector('slipway-upload');
        element.setAttribute('text-choose', 'Pick yours');
        element.titles = true;
        element.texts = {};
        """);
    assertThat(title.isDisplayed()).isTrue();
  }

  /** As of a script that is there before the uploader. */
  @Tag("faults")
  @Test
  void takesPropertiesThatWereSetBeforeItWasThere() {
    visit.go(visit.token(2), "");
    script(
        """
        const Before = customElements.get('slipway-upload');
        const element = document.createElement('slipway-upload-late');
        Object.assign(element, {maxFiles: 2, texts: {choose: {other: 'Pick two'}}});
        const was = document.querySelector('slipway-upload');
        element.append(...was.children);
        was.replaceWith(element);
        customElements.define('slipway-upload-late', class extends Before {});
        """);
    Object text =
        browser
            .driver()
            .executeScript(
                "const e = document.querySelector('slipway-upload-late');"
                    + "return [e.getAttribute('max-files'), e.shadowRoot.textContent].join()");
    assertThat(text.toString()).startsWith("2,").contains("Pick two");
  }

  @Tag("faults")
  @Test
  void givesThePageItsFormBackWhenItIsTakenOut() {
    visit.go(visit.token(1), "");
    script("const e = document.querySelector('slipway-upload'); e.replaceWith(e.cloneNode(true))");
    uploader.await("#choose");
    WebElement file = browser.driver().findElement(By.name("file"));
    assertThat(file.isDisplayed()).isFalse();
    script("const e = document.querySelector('slipway-upload'); e.replaceWith(...e.children)");
    assertThat(file.isDisplayed()).isTrue();
    assertThat(file.isEnabled()).isTrue();
  }
}
