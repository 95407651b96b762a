package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Container;
import slipway.harness.Docs;

/** The snippets of {@code docs/uploader.md} work as they are. */
class ElementDocsIT {
  private static final String SECTION = "## The uploader on your own page";
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

  /**
   * A piece of code of the section, with this server and a real token in the place of the examples.
   */
  private String snippet(String language, String token) throws IOException {
    return Docs.page("uploader")
        .section(SECTION)
        .code(language)
        .replace("https://media.example.com/", visit.gate.uri("/").toString())
        .replace("022fe6e3fb42758d6147c539727c5358af3524b1", token);
  }

  @Test
  void embedsTheUploader() throws IOException {
    String token = visit.token(5);
    visit.browser.go(visit.site.page(snippet("html", token)));
    Path first = Visit.picture("one.jpg");
    Path second = Visit.picture("two.jpg");
    visit.uploader.choose(first, second);
    visit.uploader.press(".primary");
    var back = visit.uploader.awaitBack();
    assertThat(back).containsEntry("upload_token", token).containsEntry("theme", "green");
    assertThat(visit.original(back)).isEqualTo(Files.readAllBytes(second));
    assertThat(visit.browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void worksWithoutJavaScript() throws IOException {
    Path picture = Visit.picture("plain.jpg");
    visit.browser.withoutScripts();
    visit.browser.go(visit.site.page(snippet("html", visit.token(1))));
    visit.browser.find("[name=file]").sendKeys(picture.toString());
    visit.browser.find("form button").click();
    assertThat(visit.original(visit.uploader.awaitBack())).isEqualTo(Files.readAllBytes(picture));
  }

  @Tag("faults")
  @Test
  void leavesWhatComesNextToThePage() throws IOException {
    String token = visit.token(5);
    visit.browser.go(visit.site.page(snippet("html", token)));
    visit.uploader.await("#choose");
    visit
        .browser
        .driver()
        .executeScript(
            "window.show = uploads => { window.shown = uploads; };" + snippet("js", token));
    visit.uploader.choose(Visit.picture("one.jpg"));
    visit.uploader.press(".primary");
    visit.uploader.awaitText("All done.");
    assertThat(visit.browser.driver().executeScript("return shown[0].photo_id"))
        .asString()
        .matches("\\d+");
  }
}
