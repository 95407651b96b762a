package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.web.Visit.big;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.NarrowProxy;

/** The element with big files, on networks as they are. */
class ResumableElementIT {
  private static final int SLOW = 400_000;

  private final Path file = big("sailing.jpg");
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

  private void sendSlowly() {
    visit.browser.upstream(SLOW);
    uploader.choose(file);
    uploader.press(".primary");
    uploader.awaitMatch("(?:[2-9][0-9]{2} kB|[0-9.]+ MB) of 3 MB");
  }

  /** What is left comes fast. */
  private void awaitStored() throws IOException {
    visit.browser.upstream(-1);
    assertThat(visit.original(uploader.awaitBack())).isEqualTo(Files.readAllBytes(file));
  }

  private void pause() {
    uploader.press("[aria-label='Pause sailing.jpg']");
    uploader.awaitState("paused");
  }

  private void resume() {
    uploader.press("[aria-label='Resume sailing.jpg']");
  }

  /** A token for one file takes no second upload beside an unfinished one: this was the same. */
  @Tag("faults")
  @Test
  void tellsSpeedAndTimeLeftAndPausesAndResumes() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    uploader.awaitText("seconds left");
    assertThat(uploader.awaitState("sending").getText())
        .containsPattern("of 3 MB · \\d+ kB/s · \\d+ seconds left");
    pause();
    assertThat(uploader.text()).containsPattern("Paused at [1-9]\\d?%");
    resume();
    awaitStored();
    assertThat(visit.browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void sendsAFileInPiecesWhereAProxyHasALimit() throws IOException {
    visit.go(visit.token(1), "piece-bytes=500000");
    uploader.choose(file);
    uploader.press(".primary");
    awaitStored();
  }

  @Tag("faults")
  @Test
  void sendsAFileInPiecesThatAProxyDoesNotTakeWhole() throws IOException {
    try (NarrowProxy proxy = NarrowProxy.before(visit.server, 1_000_000)) {
      visit.browser.go(proxy.uri("/upload/" + visit.token(1)));
      uploader.choose(file);
      uploader.press(".primary");
      awaitStored();
      assertThat(proxy.refused()).as("3 MB, and half of that").isEqualTo(2);
    }
  }

  @Test
  void goesOnByItselfWhenTheNetworkIsLostAndComesBack() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    visit.gate.cut();
    assertThat(uploader.awaitState("waiting").getText())
        .contains("Connection lost. Trying again in");
    visit.gate.open();
    awaitStored();
  }

  /** On a page of the server's own, which alone sees what a container says in its place. */
  @Tag("faults")
  @Test
  void goesOnByItselfWhenTheServerIsBackThatWasDeployedAnew() throws IOException {
    String notFound = "<!doctype html><title>HTTP Status 404 – Not Found</title>";
    visit.browser.go(visit.gate.uri("/upload/" + visit.token(1)));
    visit
        .browser
        .driver()
        .executeScript(
            "document.querySelector('slipway-upload').setAttribute('resumable-from', '200000')");
    sendSlowly();
    visit.gate.standIn(
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
            + notFound);
    visit.browser.waiting().until(page -> visit.gate.stoodIn() >= 2);
    uploader.awaitState("waiting");
    URI upload = visit.unfinished();
    visit.gate.open();
    awaitStored();
    assertThat(visit.tus("HEAD", upload)).as("no other was begun").isEqualTo(200);
  }

  @Tag("faults")
  @Test
  void bringsTheFieldsOfTheForm() {
    visit.go(visit.token(1), "", "<textarea name=text></textarea><input name=a value=1>");
    visit
        .browser
        .driver()
        .executeScript(
            """
            document.addEventListener('slipway-done', (event) => {
              event.preventDefault();
              window.told = [event.detail.uploads[0].callback_url, event.detail.callback_url];
            });
            """);
    visit.browser.find("[name=text]").sendKeys("Blå & grøn\nto linjer");
    sendSlowly();
    visit.browser.find("[name=a]").sendKeys("2");
    visit.browser.upstream(-1);
    uploader.awaitState("done");
    List<?> told = (List<?>) visit.browser.driver().executeScript("return window.told");
    assertThat(told)
        .hasSize(2)
        .allSatisfy(
            url ->
                assertThat(url).asString().contains("&text=Bl%C3%A5+%26+gr%C3%B8n%0D%0Ato+linjer"));
    assertThat(told.get(0)).asString().contains("&a=1");
    assertThat(told.get(1)).asString().contains("&a=12");
  }

  /** The upload is created, and holds the only use, but the page was not told where it is. */
  @Tag("faults")
  @Test
  void goesOnWhenTheAnswerToTheCreationIsLost() throws IOException {
    visit.go(visit.token(1), "");
    visit.gate.lose("HTTP/1.1 201");
    uploader.choose(file);
    uploader.press(".primary");
    awaitStored();
    assertThat(visit.gate.hasLost()).isTrue();
  }

  @Tag("faults")
  @Test
  void waitsWhileTheDeviceIsOffline() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    visit
        .browser
        .driver()
        .executeScript(
            """
            const live = document.querySelector('slipway-upload').shadowRoot.querySelector('[role=status]');
            const say = () => (sessionStorage.said = `${sessionStorage.said}\\n${live.textContent}`);
            new MutationObserver(say).observe(live, {childList: true});
            """);
    visit.browser.offline(true);
    uploader.awaitState("waiting");
    uploader.awaitText("You are offline");
    assertThat(said()).contains("You are offline. The upload will resume when you are back online");
    visit.browser.offline(false);
    awaitStored();
    assertThat(said()).contains("The upload of sailing.jpg has resumed.");
  }

  /** What screen readers were told. */
  private String said() {
    return (String) visit.browser.driver().executeScript("return sessionStorage.said");
  }

  @Test
  void goesOnAfterAReloadOfThePageWhenTheFileIsChosenAgain() throws IOException {
    String first = visit.token(1);
    visit.go(first, "");
    sendSlowly();
    pause();
    // The page now has another token, as pages do that issue one each time they are shown.
    visit.go(visit.token(1), "");
    assertThat(uploader.shown(".unfinished").getText())
        .contains("Not finished last time")
        .containsPattern("Choose sailing.jpg again to resume at [1-9]\\d?%");
    Looks.checkToo(visit.browser, "upload-unfinished");
    uploader.choose(file);
    uploader.awaitText("3 MB, resumes at");
    assertThat(uploader.await(".unfinished").isDisplayed()).isFalse();
    uploader.press(".primary");
    awaitStored();
    assertThat(uploader.awaitBack()).containsEntry("upload_token", first);
  }

  @Tag("faults")
  @Test
  void beginsAnewWhenTheServerHasForgottenTheUpload() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    pause();
    assertThat(visit.tus("DELETE", visit.unfinished())).isEqualTo(204);
    resume();
    awaitStored();
  }

  @Tag("faults")
  @Test
  void cancelsOnTheServerToo() {
    visit.go(visit.token(1), "");
    sendSlowly();
    URI upload = visit.unfinished();
    assertThat(visit.tus("HEAD", upload)).isEqualTo(200);
    uploader.press("[aria-label='Cancel sailing.jpg']");
    uploader.shown(".zone");
    awaitGone(upload);
    assertThat(visit.browser.driver().executeScript("return localStorage.length")).isEqualTo(0L);
  }

  private void awaitGone(URI upload) {
    visit.browser.waiting().until(page -> visit.tus("HEAD", upload) >= 400);
  }

  @Tag("faults")
  @Test
  void letsTheVisitorDiscardAnUnfinishedUpload() {
    visit.go(visit.token(1), "");
    sendSlowly();
    pause();
    URI upload = visit.unfinished();
    visit.go(visit.token(1), "");
    uploader.press("[aria-label='Discard sailing.jpg']");
    awaitGone(upload);
    assertThat(uploader.await(".unfinished").isDisplayed()).isFalse();
  }

  /**
   * That of another tab is not one that was not finished last time, and not to be deleted there.
   */
  @Tag("faults")
  @Test
  void leavesTheUploadOfAnotherTabAlone() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    URI upload = visit.unfinished();
    ChromeDriver driver = visit.browser.driver();
    String first = driver.getWindowHandle();
    openAnotherTab();
    assertThat(visit.unfinished()).as("of the same storage").isEqualTo(upload);
    assertThat(uploader.await(".unfinished").isDisplayed()).isFalse();
    uploader.choose(file);
    uploader.awaitText("Upload 1 file");
    assertThat(uploader.text()).doesNotContain("resumes at", "Not finished");
    uploader.press("[aria-label='Remove sailing.jpg']");
    uploader.shown(".zone");
    driver.close();
    driver.switchTo().window(first);
    assertThat(visit.tus("HEAD", upload)).isEqualTo(200);
    awaitStored();
  }

  /** It is one photo: the second tab goes on with it, and the first finds it there. */
  @Tag("faults")
  @Test
  void sendsAFileOnceThatAVisitorSendsFromTwoTabs() throws IOException {
    String token = visit.token(2);
    visit.go(token, "");
    sendSlowly();
    ChromeDriver driver = visit.browser.driver();
    String first = driver.getWindowHandle();
    openAnotherTab();
    uploader.choose(file);
    uploader.press(".primary");
    String photo = uploader.awaitBack().get("photo_id");
    driver.switchTo().window(first);
    awaitStored();
    assertThat(uploader.awaitBack()).containsEntry("photo_id", photo);
    assertThat(
            ApiClient.withKey(visit.server)
                .get("/api/photo/list", Map.of("upload_token", token))
                .xml("/response/@total_count"))
        .isEqualTo("1");
  }

  /** Another tab of the same page, which is switched to. */
  private void openAnotherTab() {
    ChromeDriver driver = visit.browser.driver();
    Set<String> before = driver.getWindowHandles();
    driver.executeScript("window.open(location.href)");
    String tab =
        visit
            .browser
            .waiting()
            .until(
                page ->
                    driver.getWindowHandles().stream()
                        .filter(window -> !before.contains(window))
                        .findFirst()
                        .orElse(null));
    driver.switchTo().window(tab);
    uploader.await("#choose");
  }

  @Test
  void doesNotTakeAnotherFileOfTheSameNameAndSizeForTheUnfinishedOne() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    pause();
    visit.browser.upstream(-1);
    String second = visit.token(1);
    visit.go(second, "");
    Path other = big("sailing.jpg");
    uploader.choose(other);
    uploader.press(".primary");
    assertThat(visit.original(uploader.awaitBack())).isEqualTo(Files.readAllBytes(other));
    assertThat(uploader.awaitBack()).containsEntry("upload_token", second);
  }
}
