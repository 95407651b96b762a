package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** An editor who looks through many uploads, and what may go wrong meanwhile. */
class ConsoleReviewIT {
  private static final String FIRST = "#photo-list [type=checkbox]";

  private final String tag = Catalogue.unique("look");
  private Browser browser;

  @BeforeEach
  void open() {
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private static Server server() {
    return Server.shared(Container.JETTY_12);
  }

  private static Catalogue site() {
    return new Catalogue(server());
  }

  private List<String> uploads(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> site().photo("title", "Upload " + i, "publish", "0", "tags", tag))
        .toList();
  }

  private void signIn() {
    browser.go(server().uri("/console"));
    browser.fill("[name=key]", server().key());
    browser.click(browser.find("#sign-in button"));
    browser.find("#figures div");
  }

  /** Lists the unpublished uploads of this test. */
  private void list(int count) {
    signIn();
    browser.click(browser.find("#tab-photos"));
    browser.find("#photo-list > *");
    browser.fill("#photo-search [name=search]", tag);
    show("unpublished");
    awaitText(".total", count + " photo");
  }

  private void show(String shown) {
    new Select(browser.find("#photo-search [name=shown]")).selectByValue(shown);
  }

  private void awaitText(String css, String text) {
    browser.find(css, text);
  }

  private void press(String within, String text) {
    WebElement button =
        (WebElement)
            browser.until(
                () -> "a button " + text + " in " + within,
                "return [...document.querySelectorAll(arguments[0])].find(each =>"
                    + " each.checkVisibility() && each.innerText.trim() === arguments[1]);",
                within + " button",
                text);
    browser.click(button);
  }

  private WebElement focused() {
    return browser.driver().switchTo().activeElement();
  }

  private String published(String photo) {
    return site().call("photo/list", "photo_id", photo).xml("/response/photo/@published_p");
  }

  @Test
  void looksAtOneUploadAfterAnotherAndDecides() {
    List<String> photos = uploads(4);
    list(4);
    browser.find(FIRST).sendKeys(Keys.ENTER);
    awaitText("dialog.large h2", "Upload 4");
    awaitText("dialog.large .facts", "1/4 · Unpublished");
    focused().sendKeys(Keys.ARROW_RIGHT);
    awaitText("dialog.large h2", "Upload 3");
    focused().sendKeys(Keys.SPACE);
    browser.until("return document.querySelector('dialog.large [type=checkbox]').checked");
    Looks.checkToo(browser, "console-large");

    press("dialog.large", "Publish");
    awaitText("dialog.large .facts", "2/4 · Published");
    assertThat(published(photos.get(2))).isEqualTo("1");
    press("dialog.large", "Hide");
    awaitText("dialog.large .facts", "2/4 · Unpublished");
    assertThat(published(photos.get(2))).isEqualTo("0");

    press("dialog.large", "Next");
    awaitText("dialog.large h2", "Upload 2");
    press("dialog.large", "Delete");
    press("dialog[open]:not(.large)", "Delete");
    awaitText("dialog.large .facts", "3/3");
    awaitText("dialog.large h2", "Upload 1");
    focused().sendKeys(Keys.ESCAPE);
    awaitText(".total", "3 photos");
    awaitText(".selection output", "1 selected");
    assertThat(site().call("photo/list", "photo_id", photos.get(1)).status()).isEqualTo(404);
    browser.until("return document.activeElement.value === '" + photos.get(0) + "'");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void makesALinkThatShowsAnUploadForSomeDays() {
    String photo = uploads(1).get(0);
    list(1);
    press(".card", "Enlarge");
    press("dialog.large", "Viewing link");
    browser.find("dialog:not(.large) [name=days]").clear();
    browser.find("dialog:not(.large) [name=days]").sendKeys("2");
    Looks.check(browser, "console-view-link");
    press("dialog:not(.large)", "Create");
    String link = browser.find("dialog .shared input").getAttribute("value");
    press("dialog:not(.large)", "Copy");
    awaitText("dialog .shared button", "Copied");
    assertThat(link).contains("/view/photo-" + photo + "-");
    long until = Long.parseLong(link.replaceAll(".*/view/photo-\\d+-(\\d+)-.*", "$1"));
    assertThat(until - System.currentTimeMillis() / 1000).isBetween(2 * 86_400L - 900, 2 * 86_400L);
    assertThat(ApiClient.of(server()).get(URI.create(link).getPath()).text()).contains("Upload 1");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void opensThePhotoOfAnEventThatIsNotPublished() {
    String photo = uploads(1).get(0);
    signIn();
    browser.find("#tab-events").click();
    press("#event-list", "Photo " + photo);
    awaitText("dialog.large h2", "Upload 1");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void leadsToAHiddenAlbum() {
    String name = Catalogue.unique("album");
    site().make("album/create", "album_id", "title", name, "hide_p", "1");
    signIn();
    browser.find("#tab-albums").click();
    browser.find("#album-search [name=search]").sendKeys(name, Keys.ENTER);
    awaitText("#album-list tbody tr:only-child", name);
    browser.find("#album-list td a").click();
    awaitText("h1", name);
  }

  @Tag("faults")
  @Test
  void showsTheSameToWhoeverComesBack() {
    uploads(3);
    list(3);
    browser.find(".card h2 a").click();
    awaitText("h1", "Upload 3");
    browser.driver().navigate().back();
    awaitText(".total", "3 photos");
    assertThat(browser.find("[name=shown]").getAttribute("value")).isEqualTo("unpublished");
    assertThat(browser.find("#photo-search [name=search]").getAttribute("value")).isEqualTo(tag);
    browser.driver().navigate().refresh();
    awaitText(".total", "3 photos");
  }

  @Tag("faults")
  @Test
  void listsWhatWasAskedForLastWhicheverAnswerComesLast() {
    uploads(2);
    list(2);
    show("all");
    awaitText(".total", "2 photos");
    held("published_p=0");
    show("unpublished");
    show("published");
    awaitText("#photo-list", "There is nothing here.");
    release();
    browser.until("return window.held.every((answer) => answer.isRead)");
    assertThat(browser.find(".total").getText()).isEqualTo("0 photos");
    assertThat(browser.driver().findElements(By.cssSelector(".card"))).isEmpty();
  }

  /** Has answers to calls that say so wait until they are released. */
  private void held(String parameter) {
    browser
        .driver()
        .executeScript(
            """
            const real = window.fetch;
            window.held = [];
            window.released = new Promise((resolve) => { window.release = resolve; });
            window.fetch = async (address, options) => {
              const response = await real(address, options);
              if (String(options.body).includes(arguments[0])) {
                const answer = {isRead: false};
                window.held.push(answer);
                await window.released;
                setTimeout(() => { answer.isRead = true; }, 200);
              }
              return response;
            };
            """,
            parameter);
  }

  private void release() {
    browser.until("return window.held.length > 0");
    browser.driver().executeScript("window.release()");
  }

  @Tag("faults")
  @Test
  void saysWhatWasDoneAndUndoesItAlthoughTheServerWentAwayMeanwhile() {
    List<String> photos = uploads(5);
    list(5);
    press("#photos", "Select page");
    // One photo takes two calls: two photos are done then, and nothing more is answered.
    browser
        .driver()
        .executeScript(
            """
            window.real = window.fetch;
            let calls = 0;
            window.fetch = async (address, options) => {
              calls += 1;
              if (calls > 7) {
                throw new TypeError('Failed to fetch');
              }
              return window.real(address, options);
            };
            """);
    press(".chosen", "Publish");
    awaitText("#problem", " of 5. These failed and stay selected:");
    awaitText("#problem", "The server did not answer.");
    assertThat(browser.find("#problem").getText()).doesNotContain("fetch");
    long done = photos.stream().filter(photo -> published(photo).equals("1")).count();
    assertThat(done).isBetween(1L, 4L);
    awaitText("#problem", "Publish: " + done + " of 5.");
    awaitText(".selection output", (5 - done) + " selected");
    browser.driver().executeScript("window.fetch = window.real");
    press("#problem", "Undo");
    awaitText("#done", "Undone: " + done);
    assertThat(photos).map(this::published).containsOnly("0");
  }

  @Tag("faults")
  @Test
  void continuesAfterTheSessionHasEndedOnceOneIsSignedInAgain() {
    List<String> photos = uploads(3);
    list(3);
    press("#photos", "Select page");
    browser.driver().manage().deleteAllCookies();
    press(".chosen", "Publish");
    awaitText("dialog h2", "Your session has ended");
    Looks.check(browser, "console-sign-in-again");
    browser.find("dialog [name=key]").sendKeys("not-a-key", Keys.ENTER);
    awaitText("dialog [role=alert]", "Unknown API key");
    browser.find("dialog [name=key]").clear();
    browser.find("dialog [name=key]").sendKeys(server().key(), Keys.ENTER);
    awaitText("#done", "Publish: 3 photos.");
    assertThat(photos).map(this::published).containsOnly("1");
    assertThat(browser.driver().findElements(By.cssSelector("dialog"))).isEmpty();
  }

  @Tag("faults")
  @Test
  void doesOnceWhatIsPressedTwice() {
    String name = Catalogue.unique("once");
    signIn();
    browser.find("#tab-albums").click();
    browser.find("#albums summary").click();
    browser.find("#make-album [name=title]").sendKeys(name);
    browser
        .driver()
        .executeScript(
            "const form = document.getElementById('make-album');"
                + " form.requestSubmit(); form.requestSubmit();");
    awaitText("#done", "created");
    assertThat(site().call("album/list", "search", name).xml("/response/@total_count"))
        .isEqualTo("1");
  }

  @Tag("faults")
  @Test
  void undoesAnActWhoseButtonWasPressedTwice() {
    List<String> photos = uploads(3);
    list(3);
    press("#photos", "Select page");
    browser
        .driver()
        .executeScript(
            "const button = [...document.querySelectorAll('.chosen button')]"
                + ".find((each) => each.textContent === 'Publish'); button.click(); button.click();");
    awaitText("#done", "Publish: 3 photos.");
    press("#done", "Undo");
    awaitText("#done", "Undone: 3 photos.");
    assertThat(photos).map(this::published).containsOnly("0");
  }
}
