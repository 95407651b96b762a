package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.web.Visit.big;
import static slipway.web.Visit.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.SampleMedia;

/** Each state of the element is free of barriers, light and dark. */
class UploadElementLooksIT {
  private Visit visit;
  private Uploader uploader;

  @BeforeEach
  void open() {
    visit = new Visit(Container.JETTY_12);
    uploader = visit.uploader;
  }

  @AfterEach
  void close() throws IOException {
    if (visit != null) {
      visit.close();
    }
  }

  private void look(String state) {
    Looks.check(visit.browser, "upload-" + state);
  }

  @Tag("faults")
  @Test
  void whenItIsEmpty() {
    visit.go(visit.token(5), "max-files=5 max-bytes=4000000000");
    look("empty");
  }

  @Tag("faults")
  @Test
  void whileFilesAreDraggedOverIt() {
    visit.go(visit.token(5), "max-files=5 max-bytes=4000000000");
    visit
        .browser
        .driver()
        .executeScript(
            """
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(['a'], 'a.png', {type: 'image/png'}));
            document.querySelector('slipway-upload')
              .dispatchEvent(new DragEvent('dragenter', {dataTransfer, bubbles: true}));
            """);
    uploader.awaitText("Drop to add");
    look("dragging");
  }

  @Tag("faults")
  @Test
  void whenTheServerRefusesAndWhenSomeFilesAreTooMany() {
    visit.go("0".repeat(40), "max-files=2");
    uploader.choose(SampleMedia.photo("dawn.jpg"), picture("noise.jpg"), picture("more.jpg"));
    uploader.press(".primary");
    uploader.awaitText("This upload link is not valid");
    uploader.awaitText("0 of 2 uploaded, 0%");
    look("failed");
  }

  @Tag("faults")
  @Test
  void whenAllIsUploaded() {
    visit.go(visit.token(2), "max-files=2 lang=da");
    visit
        .browser
        .driver()
        .executeScript("addEventListener('slipway-done', event => event.preventDefault())");
    uploader.choose(SampleMedia.photo("havn.jpg"), SampleMedia.mp4());
    uploader.press(".primary");
    uploader.awaitText("Færdig.");
    look("done");
  }

  @Tag("faults")
  @Test
  void whenFilesAreChosen() {
    visit.go(visit.token(5), "max-files=5", "<label>Your name <input name=who></label>");
    uploader.choose(
        SampleMedia.photo("harbour at dawn.jpg"), SampleMedia.mp4(), picture("noise.jpg"));
    uploader.shown("video");
    look("ready");
  }

  @Tag("faults")
  @Test
  void whereAPageIsReadFromTheRightAndItsLanguageIsNotThere() {
    visit.go(visit.token(2), "max-files=2 lang=fa dir=rtl");
    visit
        .browser
        .driver()
        .executeScript(
            """
            document.querySelector('slipway-upload').add(['\\u05ea\\u05de\\u05d5 1.png', 'b.png', '\\u05d2.png']
              .map(name => new File(['x'], name, {type: 'image/png'})));
            """);
    assertThat(uploader.shown(".notice").getText())
        .isEqualTo("Only 2 files can be uploaded here. Left out: \u2068\u05d2.png\u2069.");
    assertThat(style(".uploader", "direction")).isEqualTo("ltr");
    assertThat(style("li:first-child .name", "direction")).isEqualTo("rtl");
    assertThat(style("li:first-child .name", "textAlign")).isIn("left", "-webkit-left");
    look("rtl");
  }

  private Object style(String css, String property) {
    String script = "return getComputedStyle(arguments[0])[arguments[1]]";
    return visit.browser.driver().executeScript(script, uploader.shown(css), property);
  }

  @Tag("faults")
  @Test
  void whileFilesAreSent() {
    visit.go(visit.token(5), "max-files=5");
    Path sending =
        big("a very long name that a phone gave to a video of the harbour, 2026-07-01.jpg");
    uploader.choose(
        SampleMedia.photo("dawn.jpg"), big("paused.jpg"), sending, picture("queued.jpg"));
    uploader.choose(SampleMedia.file("notes.txt", "no picture".getBytes(StandardCharsets.UTF_8)));
    visit.browser.upstream(150_000);
    uploader.press(".primary");
    uploader.awaitState("done");
    uploader.awaitText("left");
    uploader.press("[aria-label='Pause paused.jpg']");
    uploader.shown("li:nth-child(3)[data-state=sending]");
    look("sending");
    visit.gate.cut();
    uploader.awaitState("waiting");
    look("waiting");
  }
}
