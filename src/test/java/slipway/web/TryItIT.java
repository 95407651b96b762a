package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.openqa.selenium.By;
import slipway.harness.AnyContainer;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

class TryItIT {
  private Server server;
  private Browser browser;

  private void open(Container container) {
    server = Server.shared(container);
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private void issueToken(String key) {
    browser.go(server.uri("/try"));
    browser.fill("[name=key]", key);
    browser.fill("[name=title]", "A day at the <b>harbour</b>");
    browser.click(browser.find("#issue button"));
  }

  private void upload(Path file) {
    issueToken(server.key());
    browser.find("#upload [name=file]").sendKeys(file.toString());
    browser.find("#upload button").click();
    browser.find("table");
  }

  private String said(String parameter) {
    return browser.driver().findElement(By.xpath("//tr[th/code='" + parameter + "']/td")).getText();
  }

  @ParameterizedTest
  @AnyContainer
  void takesANewcomerThroughTheWholeFlowWithAPicture(Container container) {
    open(container);
    upload(SampleMedia.file("søn & far.jpg", SampleMedia.jpeg(320, 200)));
    assertThat(said("photo_id")).matches("\\d+");
    assertThat(said("token")).hasSize(32);
    browser.until("return document.querySelector('img').naturalWidth === 320");
    assertThat(browser.find("figcaption").getText()).contains("søn & far.jpg", "image/jpeg");
    assertThat(browser.console()).isEmpty();
    if (container == Container.JETTY_12) {
      Looks.checkToo(browser, "try-callback"); // It is the same on every container.
    }
  }

  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void playsTheVideoThatWasSent(Container container) {
    open(container);
    upload(SampleMedia.mp4());
    browser.until("return document.querySelector('video').duration > 1.9");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void bringsAVisitorBackWhoseFileIsRefused(Container container) {
    open(container);
    byte[] page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    upload(SampleMedia.file("page.jpg", page));
    assertThat(browser.find("[role=alert]").getText()).contains("(text/html) is not accepted");
    assertThat(browser.driver().findElements(By.cssSelector("figure"))).isEmpty();
    Looks.check(browser, "try-refused");
  }

  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void showsTheFormToCopyAndTheCallThatMadeIt(Container container) {
    open(container);
    issueToken(server.key());
    String source = browser.find("#form-source").getText();
    assertThat(source)
        .contains("action=\"" + server.uri("/api/photo/redeem-upload-token") + "\"")
        .contains("enctype=\"multipart/form-data\"")
        .containsPattern("name=\"upload_token\" value=\"[0-9a-f]{40}\"");
    assertThat(browser.find("#curl-source").getText()).doesNotContain(server.key());
    Looks.check(browser, "try");
  }

  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void saysWhatIsWrongWithAKey(Container container) {
    open(container);
    issueToken("not a key");
    assertThat(browser.find("#issue-error").getText()).contains("Unknown API key");
    assertThat(browser.find("#issued, #issue").getAttribute("id")).isEqualTo("issue");
  }
}
