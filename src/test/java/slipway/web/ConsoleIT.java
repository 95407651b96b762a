package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Browser.Screen;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** The console, and how visitors leave a closed site. */
class ConsoleIT {
  /** What makes the page scroll sideways; empty for nothing. */
  private static final String WIDER =
      """
      const {scrollWidth, clientWidth} = document.documentElement;
      return scrollWidth <= clientWidth ? '' : [...document.body.querySelectorAll('*')]
        .filter(each => each.getBoundingClientRect().right > clientWidth
          || each.getBoundingClientRect().left < 0)
        .map(each => each.outerHTML.slice(0, 80)).join('\\n');
      """;

  private static Server own;
  private Server server = Server.shared(Container.JETTY_12);
  private Browser browser;

  @AfterAll
  static void stop() {
    if (own != null) {
      own.close();
    }
  }

  /** The test is on a closed site with moderated comments, where nothing is but of this class. */
  private void onAClosedSite() {
    if (own == null) {
      own =
          Server.on(Container.JETTY_12)
              .setting("slipway.site.public", "false")
              .setting("slipway.comments", "moderated")
              .start();
    }
    server = own;
  }

  @BeforeEach
  void open() {
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private void signIn(String key) {
    browser.go(server.uri("/console"));
    browser.fill("[name=key]", key);
    browser.click(browser.find("#sign-in button"));
    browser.find("#figures div");
  }

  private Catalogue site() {
    return new Catalogue(server);
  }

  private void look(String name) {
    Looks.check(browser, "console-" + name);
  }

  private void tab(String name) {
    browser.click(browser.find("#tab-" + name));
  }

  private void awaitText(String css, String text) {
    browser.find(css, text);
  }

  private String upload(String title) {
    return site().photo("title", title, "publish", "1");
  }

  private WebElement card(String title) {
    return browser.find(".card", title);
  }

  private WebElement row(String text) {
    return browser.find("[role=tabpanel]:not([hidden]) tbody tr", text);
  }

  private WebElement dialog() {
    return browser.find("dialog[open]");
  }

  private void press(WebElement within, String text) {
    browser.click(within.findElement(By.xpath(".//button[text()='" + text + "']")));
  }

  private void pressed(String text) {
    press(browser.find("[role=tabpanel]:not([hidden])"), text);
  }

  private void fill(String form, String name, String text) {
    browser.fill(form + " [name='" + name + "']", text);
  }

  private String published(String photo) {
    return photo(photo, "published_p");
  }

  private String photo(String photo, String field) {
    return site().call("photo/list", "photo_id", photo).xml("/response/photo/@" + field);
  }

  private String code(String method, String... parameters) {
    return site().call(method, parameters).xml("/response/@code");
  }

  @Tag("faults")
  @Test
  void saysWhyAKeyDoesNotSignIn() {
    browser.go(server.uri("/console"));
    browser.find("[name=key]").sendKeys("not-a-key");
    browser.find("#sign-in button").click();
    awaitText("#sign-in [role=alert]", "Unknown API key");
    assertThat(browser.driver().findElements(By.id("overview"))).isEmpty();
    look("sign-in");
  }

  @Test
  void showsStorageAndTrafficAtAGlanceAndStaysSignedInUntilOneSignsOut() {
    upload("At a glance");
    signIn(server.key());
    awaitText("#figures", "Uploads in the last 24 hours");
    assertThat(browser.find("#figures").getText())
        .contains("Valid upload tokens", "Free disk space");
    look("overview");
    assertThat(browser.driver().executeScript("return localStorage.length + sessionStorage.length"))
        .isEqualTo(0L);
    assertThat(browser.driver().executeScript("return document.cookie")).isEqualTo("");
    tab("albums");
    browser.find("#album-list > *");
    browser.driver().navigate().refresh();
    browser.find("#album-list > *");
    assertThat(browser.driver().findElements(By.id("sign-in"))).isEmpty();
    browser.click(browser.find("#leave"));
    awaitText("#sign-in", "Key");
    browser.driver().navigate().refresh();
    awaitText("#sign-in", "Key");
    assertThat(browser.driver().findElements(By.id("overview"))).isEmpty();
  }

  @Tag("faults")
  @Test
  void letsAVisitorWhoWasLetInSignOutByAButton() {
    onAClosedSite();
    ApiClient owner = ApiClient.withKey(server);
    String photo = upload("For members");
    String token =
        owner
            .post("/api/session/get-token", Map.of("return_url", "/photo/" + photo))
            .xml("/response/access_token");
    browser.go(server.uri("/api/session/redeem-token?session_token=" + token));
    assertThat(browser.driver().getCurrentUrl())
        .isEqualTo(server.uri("/photo/" + photo).toString());
    assertThat(browser.find("#leave").getText()).isEqualTo("Sign out");
    browser.find("#leave").click();
    awaitText("main", "This site is closed");
    assertThat(browser.driver().manage().getCookies()).isEmpty();
    assertThat(browser.driver().findElements(By.id("leave"))).isEmpty();
    browser.go(server.uri("/"));
    awaitText("main", "This site is closed");
  }

  @Test
  void issuesATokenIntoAnAlbumByItsNameForALinkAndRevokesIt() {
    String album = site().make("album/create", "album_id", "title", "Garden party");
    signIn(server.key());
    tab("tokens");
    browser.click(browser.find("#tokens summary"));
    fill("#issue", "title", "From the console");
    browser.fill("#issue [data-picker=album_id]", "no such album");
    press(browser.find("#issue"), "Create");
    awaitText("#problem", "Nothing is called “no such album”");
    browser.fill("#issue [data-picker=album_id]", "garden PARTY");
    press(browser.find("#issue"), "Create");
    awaitText("#token-list", "From the console");
    assertThat(browser.find("#issue [name=publish]").isSelected()).isTrue();
    String link = browser.find("#issued input").getAttribute("value");
    assertThat(link).startsWith(server.uri("/upload/").toString());
    Looks.checkToo(browser, "console-tokens");
    Answer code = get(link + "?qr");
    assertThat(code.header("Content-Type")).hasValue("image/svg+xml");
    assertThat(code.text())
        .contains(get(link).text().replaceAll("(?s).*<path d=\"([^\"]+)\".*", "$1"));
    press(row("From the console"), "QR code");
    browser.until("return document.querySelector('img.code').naturalWidth > 0");
    press(dialog(), "Close");
    press(row("From the console"), "Copy");
    awaitText("#done", "Copied");
    String token = link.substring(link.lastIndexOf('/') + 1);
    String photo =
        ApiClient.of(server)
            .post("/api/photo/redeem-upload-token", form(token))
            .locationParameters()
            .get("photo_id");
    assertThat(photo(photo, "album_id")).isEqualTo(album);
    press(row("From the console"), "Revoke");
    press(dialog(), "Revoke");
    awaitText("#done", "revoked");
    assertThat(ApiClient.of(server).post("/api/photo/redeem-upload-token", form(token)).status())
        .isEqualTo(404);
    assertThat(browser.console()).isEmpty();
  }

  private Answer get(String address) {
    return ApiClient.of(server).send(HttpRequest.newBuilder(URI.create(address)));
  }

  private static Multipart form(String token) {
    return new Multipart()
        .field("upload_token", token)
        .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
  }

  @Tag("faults")
  @Test
  void hidesEditsAndDeletesAPhoto() {
    String photo = upload("To be moderated");
    signIn(server.key());
    tab("photos");
    press(card("To be moderated"), "Hide");
    awaitText("#done", "Hide: 1 photo.");
    assertThat(published(photo)).isEqualTo("0");
    press(card("To be moderated"), "Edit");
    browser.fill("dialog [name=title]", "Edited <i>title</i>");
    Looks.checkToo(browser, "console-edit");
    press(dialog(), "Save");
    awaitText("#photo-list h2", "Edited title");
    press(card("Edited title"), "Delete");
    press(dialog(), "Delete");
    awaitText("#done", "Delete: 1 photo.");
    assertThat(code("photo/list", "photo_id", photo)).isEqualTo("no_such_photo");
  }

  @Tag("faults")
  @Test
  void reviewsManyPhotosAtOnceAndUndoesIt() {
    String tag = Catalogue.unique("review");
    List<String> photos =
        IntStream.rangeClosed(1, 5)
            .mapToObj(
                i ->
                    site()
                        .photo(
                            "title", "Review " + i, "publish", "0", "tags", tag + " \"two words\""))
            .toList();
    upload("Published already");
    String album = site().make("album/create", "album_id", "title", "The chosen ones");
    signIn(server.key());
    tab("photos");
    choose("#photo-search [name=shown]", "unpublished");
    fill("#photo-search", "search", tag);
    pressed("Search");
    awaitText(".total", "5 photos");

    // From one to another, by the pointer and by the keyboard.
    box("Review 5").click();
    new Actions(browser.driver())
        .keyDown(Keys.SHIFT)
        .click(box("Review 3"))
        .keyUp(Keys.SHIFT)
        .perform();
    awaitText(".selection output", "3 selected");
    box("Review 3").sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
    awaitText(".selection output", "4 selected");
    look("selection");

    pressed("Publish");
    awaitText("#done", "Publish: 4 photos.");
    awaitText(".total", "1 photo");
    assertThat(photos).map(this::published).containsExactly("0", "1", "1", "1", "1");
    press(browser.find("#done"), "Undo");
    awaitText("#done", "Undone: 4 photos.");
    awaitText(".total", "5 photos");
    assertThat(photos).map(this::published).containsOnly("0");

    pressed("Select page");
    awaitText(".selection output", "5 selected");
    pressed("Put in album");
    browser.find("dialog input").sendKeys("the chosen");
    press(dialog(), "Put in album");
    awaitText("#done", "Put in album: 5 photos.");
    assertThat(photos).map(each -> photo(each, "album_id")).containsOnly(album);
    press(browser.find("#done"), "Undo");
    awaitText("#done", "Undone: 5 photos.");
    assertThat(photos).map(each -> photo(each, "album_id")).containsOnly("");

    pressed("Select page");
    pressed("Add tag");
    browser.find("dialog [name=tags]").sendKeys("good \"very good\"");
    press(dialog(), "Add tag");
    awaitText("#done", "Add tag: 5 photos.");
    pressed("Select page");
    pressed("Remove tag");
    browser.find("dialog [name=tags]").sendKeys("\"TWO words\"");
    press(dialog(), "Remove tag");
    awaitText("#done", "Remove tag: 5 photos.");
    assertThat(photos).map(each -> photo(each, "tags")).containsOnly(tag + " good \"very good\"");

    // One is gone meanwhile: the others are done, and it is said which was not, and why.
    pressed("Select page");
    site().call("photo/delete", "photo_id", photos.get(2));
    pressed("Publish");
    awaitText("#problem", "Publish: 4 of 5.");
    awaitText("#problem", "Review 3: It is no longer there.");
    awaitText(".selection output", "1 selected");
    assertThat(browser.console()).singleElement().asString().contains("404");
    pressed("Clear selection");

    choose("#photo-search [name=shown]", "published");
    awaitText(".total", "4 photos");
    pressed("Select page");
    pressed("Delete");
    awaitText("dialog h2", "Delete 4 photos and their files permanently?");
    press(dialog(), "Cancel");
    assertThat(published(photos.get(0))).isEqualTo("1");
    pressed("Delete");
    press(dialog(), "Delete");
    awaitText("#done", "Delete: 4 photos.");
    assertThat(code("photo/list", "photo_id", photos.get(0))).isEqualTo("no_such_photo");
    assertThat(browser.console()).isEmpty();
  }

  private void choose(String css, String value) {
    new Select(browser.find(css)).selectByValue(value);
  }

  private WebElement box(String title) {
    return card(title).findElement(By.cssSelector("[type=checkbox]"));
  }

  @Tag("faults")
  @Test
  void makesACredentialThatWorksUntilItIsRevoked() {
    signIn(server.key());
    tab("credentials");
    browser.find("#credentials summary").click();
    fill("#make-credential", "name", "A shop");
    press(browser.find("#make-credential"), "Create");
    awaitText("#credential-list", "A shop");
    String key = browser.find("#made-credential code").getText();
    ApiClient shop = ApiClient.of(server).withKey(key);
    Map<String, String> parameters = Map.of("return_url", "http://a.test/");
    assertThat(shop.post("/api/photo/get-upload-token", parameters).status()).isEqualTo(200);
    look("credentials");
    press(row("A shop"), "Revoke");
    press(dialog(), "Revoke");
    awaitText("#done", "revoked");
    assertThat(shop.post("/api/photo/get-upload-token", parameters).status()).isEqualTo(401);
  }

  @Tag("faults")
  @Test
  void keepsAlbumsUsersCommentsAndStandingLinks() {
    onAClosedSite();
    String photo = upload("Much talked about");
    site()
        .make(
            "comment/add",
            "comment/@comment_id",
            "object_id",
            photo,
            "name",
            "Ane",
            "email",
            "a@b.test",
            "content",
            "Well <b>done</b>");
    signIn(server.key());
    tab("albums");
    browser.find("#albums summary").click();
    fill("#make-album", "title", "Made here");
    press(browser.find("#make-album"), "Create");
    awaitText("#done", "“Made here” created.");
    press(row("Made here"), "Edit");
    browser.fill("dialog [name=title]", "Made here too");
    press(dialog(), "Save");
    press(row("Made here too"), "Delete");
    press(dialog(), "Delete");
    awaitText("#done", "“Made here too” deleted.");

    tab("users");
    browser.find("#users summary").click();
    fill("#make-user", "username", "karen");
    fill("#make-user", "display_name", "Karen Blixen");
    press(browser.find("#make-user"), "Create");
    press(row("Karen Blixen"), "Edit");
    browser.find("dialog [name=email]").sendKeys("k@b.test");
    press(dialog(), "Save");
    assertThat(row("k@b.test").getText()).contains("karen");
    look("users");

    tab("comments");
    press(row("Well done"), "Approve");
    awaitText("#done", "Approved");
    press(row("Well done"), "Delete");
    press(dialog(), "Delete");
    awaitText("#comment-list", "There is nothing here.");

    tab("links");
    browser.find("#links summary").click();
    fill("#make-link", "name", "The wedding");
    browser.find("#make-link [data-picker=user_id]").sendKeys("Karen Blixen");
    press(browser.find("#make-link"), "Create");
    press(row("The wedding"), "Edit");
    browser.fill("dialog [name=name]", "The wedding of Karen");
    press(dialog(), "Save");
    awaitText("#done", "Saved");
    look("links");
    press(row("The wedding of Karen"), "Revoke");
    press(dialog(), "Revoke");
    awaitText("#link-list", "Revoked");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void tellsOfEventsAgain() {
    onAClosedSite();
    upload("An event");
    signIn(server.key());
    tab("webhooks");
    browser.find("#webhooks summary").click();
    fill("#make-webhook", "url", "https://93.184.215.14/hook");
    browser.find("#make-webhook [name='photo.updated']").click();
    press(browser.find("#make-webhook"), "Create");
    awaitText("#made-webhook", "Secret");
    assertThat(row("93.184.215.14").getText()).doesNotContain("photo.updated");
    tab("events");
    press(row("photo.uploaded"), "Send again");
    awaitText("#done", "sent again");
    press(row("photo.uploaded"), "Details");
    awaitText("dialog pre", "photo.uploaded");
    look("event");
    press(dialog(), "Close");
    tab("webhooks");
    press(row("93.184.215.14"), "Delete");
    press(dialog(), "Delete");
    awaitText("#webhook-list", "There is nothing here.");
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void makesAPhotoOfAFileThatWasSetAside() throws IOException {
    onAClosedSite();
    byte[] picture = SampleMedia.jpeg(120, 90);
    Path tree = server.data().resolve("media/set-aside/2026-01-02T03-04-05Z/7");
    Files.createDirectories(tree);
    Path file = Files.write(tree.resolve("0123456789abcdef".repeat(2)), picture);
    Files.writeString(tree.resolve("f".repeat(32)), "no picture");
    Files.createDirectories(tree.resolve(file.getFileName() + ".renditions-1"));
    signIn(server.key());
    tab("aside");
    assertThat(row("0123456789abcdef").getText()).contains("30 days");
    look("aside");
    press(row("0123456789abcdef"), "Restore");
    awaitText("#done", "Restored as Photo ");
    String text = browser.find("#done").getText();
    String photo = text.replaceAll("\\D", "");
    assertThat(published(photo)).isEqualTo("0");
    assertThat(ApiClient.withKey(server).get(photo(photo, "original_download"), Map.of()).body())
        .isEqualTo(picture);
    assertThat(tree).isDirectoryNotContaining(path -> path.toString().contains("0123456789abcdef"));
    press(browser.find("#done"), "Enlarge");
    awaitText("dialog.large h2", "Photo " + photo);
    press(dialog(), "Close");
    press(row("ffff"), "Restore");
    awaitText("#problem", "not accepted");
    assertThat(tree.resolve("f".repeat(32))).exists();
    for (String none : List.of("../../../initial-key.txt", "2026-01-02T03-04-05Z/7/../7")) {
      assertThat(code("set-aside/restore", "file_id", none)).isEqualTo("no_such_file");
    }
  }

  @Tag("faults")
  @ParameterizedTest
  @CsvSource({"de, ltr, Überblick", "ar, rtl, نظرة عامة"})
  void fitsEveryScreenWhicheverWayItIsRead(String language, String direction, String overview) {
    onAClosedSite();
    site().photo("title", "Donaudampfschifffahrtsgesellschaft".repeat(4));
    browser.speak(language);
    signIn(server.key());
    assertThat(browser.find("html").getAttribute("dir")).isEqualTo(direction);
    assertThat(browser.find("#tab-overview").getText()).isEqualTo(overview);
    for (WebElement tab : browser.driver().findElements(By.cssSelector("[role=tab]"))) {
      tab.click();
      browser.find("[role=tabpanel]:not([hidden]) :is(.figures div, .card, tbody, .empty)");
      String name = tab.getAttribute("aria-controls");
      for (Screen screen : Screen.values()) {
        browser.show(screen);
        assertThat(browser.driver().executeScript(WIDER))
            .as("what is too wide in %s on a %s", name, screen)
            .isEqualTo("");
        Looks.picture(browser, "console-" + language + "-" + name + "-" + screen.name());
      }
    }
    assertThat(browser.console()).isEmpty();
  }

  @Tag("faults")
  @Test
  void showsAnEditorNothingButWhatAnEditorMayDo() {
    signIn(site().make("credential/create", "key", "name", "An editor", "level", "write"));
    assertThat(browser.driver().findElements(By.cssSelector("[role=tab]")))
        .map(WebElement::getText)
        .containsExactly(
            "Overview", "Photos", "Albums", "Upload tokens", "Upload links", "Comments", "Users");
  }

  @Tag("faults")
  @Test
  void goesFromTabToTabByTheKeyboard() {
    signIn(server.key());
    browser.find("#tab-overview").sendKeys(Keys.ARROW_RIGHT);
    browser.find("#photo-list > *");
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
        .isEqualTo("tab-photos");
    assertThat(browser.console()).isEmpty();
  }
}
