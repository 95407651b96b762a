package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.web.Visit.big;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.harness.Container;

/** The element with big files, on networks as they are. */
class ResumableElementIT {
  private static final int SLOW = 700_000;

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
    uploader.awaitText("seconds left");
  }

  private void awaitStored() throws IOException {
    assertThat(visit.original(uploader.awaitBack())).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void tellsSpeedAndTimeLeftAndPausesAndResumes() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    assertThat(uploader.awaitState("sending").getText())
        .containsPattern("of 3 MB · \\d+ kB/s · \\d seconds left");
    uploader.press("[aria-label='Pause sailing.jpg']");
    String paused = uploader.awaitState("paused").getText();
    assertThat(paused).containsPattern("Paused at [1-9]\\d?%");
    uploader.press("[aria-label='Resume sailing.jpg']");
    awaitStored();
    assertThat(visit.tus.log).filteredOn(line -> line.startsWith("POST")).hasSize(1);
    assertThat(visit.tus.log).filteredOn(line -> line.matches("PATCH [1-9].*")).isNotEmpty();
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
    assertThat(visit.tus.log).filteredOn(line -> line.startsWith("POST")).hasSize(1);
  }

  @Test
  void waitsWhileTheDeviceIsOffline() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    visit.browser.offline(true);
    uploader.awaitState("waiting");
    uploader.awaitText("You are offline");
    visit.browser.offline(false);
    awaitStored();
  }

  @Test
  void goesOnAfterAReloadOfThePageWhenTheFileIsChosenAgain() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    uploader.press("[aria-label='Pause sailing.jpg']");
    uploader.awaitState("paused");
    // The page now has another token, as pages do that issue one each time they are shown.
    visit.go(visit.token(1), "");
    assertThat(uploader.shown(".unfinished").getText())
        .contains("Not finished last time")
        .containsPattern("Choose sailing.jpg again to go on from [1-9]\\d?%");
    visit.browser.screenshot("upload-unfinished-desktop");
    uploader.choose(file);
    uploader.awaitText("3 MB, goes on from");
    assertThat(uploader.await(".unfinished").isDisplayed()).isFalse();
    uploader.press(".primary");
    awaitStored();
    assertThat(visit.tus.log).filteredOn(line -> line.startsWith("POST")).hasSize(1);
  }

  @Test
  void beginsAnewWhenTheServerHasForgottenTheUpload() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    uploader.press("[aria-label='Pause sailing.jpg']");
    uploader.awaitState("paused");
    visit.tus.ups.clear();
    uploader.press("[aria-label='Resume sailing.jpg']");
    awaitStored();
  }

  @Test
  void cancelsOnTheServerToo() {
    visit.go(visit.token(1), "");
    sendSlowly();
    uploader.press("[aria-label='Cancel sailing.jpg']");
    uploader.shown(".zone");
    visit.browser.waiting().until(page -> visit.tus.ups.isEmpty());
    assertThat(visit.browser.driver().executeScript("return localStorage.length")).isEqualTo(0L);
  }

  @Test
  void letsTheVisitorDiscardAnUnfinishedUpload() {
    visit.go(visit.token(1), "");
    sendSlowly();
    uploader.press("[aria-label='Pause sailing.jpg']");
    uploader.awaitState("paused");
    visit.go(visit.token(1), "");
    uploader.press("[aria-label='Discard sailing.jpg']");
    visit.browser.waiting().until(page -> visit.tus.ups.isEmpty());
    assertThat(uploader.await(".unfinished").isDisplayed()).isFalse();
  }

  @Test
  void doesNotTakeAnotherFileOfTheSameNameAndSizeForTheUnfinishedOne() throws IOException {
    visit.go(visit.token(1), "");
    sendSlowly();
    uploader.press("[aria-label='Pause sailing.jpg']");
    uploader.awaitState("paused");
    visit.go(visit.token(1), "");
    Path other = big("sailing.jpg");
    visit.browser.offline(false);
    uploader.choose(other);
    uploader.press(".primary");
    assertThat(visit.original(uploader.awaitBack())).isEqualTo(Files.readAllBytes(other));
  }
}
