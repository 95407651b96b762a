package slipway.web;

import static slipway.web.Visit.big;
import static slipway.web.Visit.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.harness.Axe;
import slipway.harness.Container;
import slipway.harness.SampleMedia;

/**
 * Each state of the element is free of barriers, light and dark, and is pictured to be looked at.
 */
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
    for (boolean dark : new boolean[] {false, true}) {
      visit.browser.dark(dark);
      Axe.check(visit.browser);
      String name = "upload-" + state + (dark ? "-dark" : "");
      visit.browser.screenshots(name);
    }
  }

  @Test
  void whenItIsEmpty() {
    visit.go(visit.token(5), "max-files=5 max-bytes=4000000000");
    look("empty");
  }

  @Test
  void whenFilesAreChosen() {
    visit.go(visit.token(5), "max-files=5", "<label>Your name <input name=who></label>");
    uploader.choose(
        SampleMedia.photo("harbour at dawn.jpg"), SampleMedia.mp4(), picture("noise.jpg"));
    uploader.shown("video");
    look("ready");
  }

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
