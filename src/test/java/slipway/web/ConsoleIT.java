package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** The console, and how visitors leave, of a closed site. */
class ConsoleIT {
  private static Server server;
  private Browser browser;

  @BeforeAll
  static void start() {
    server = Server.on(Container.JETTY_12).setting("slipway.site.public", "false").start();
  }

  @AfterAll
  static void stop() {
    server.close();
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
    browser.find("[name=key]").sendKeys(key);
    browser.find("#sign-in button").click();
  }

  private void look(String name) {
    Looks.check(browser, "console-" + name);
  }

  private void tab(String name) {
    browser.find("#tab-" + name).click();
  }

  private void awaitText(String css, String text) {
    browser
        .waiting()
        .until(
            page ->
                page.findElements(By.cssSelector(css)).stream()
                    .anyMatch(element -> element.getText().contains(text)));
  }

  private String upload(String title) {
    String token =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-upload-token",
                Map.of("return_url", "http://a.test/", "title", title))
            .xml("/response/upload_token");
    return ApiClient.of(server)
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token)
                .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(320, 240)))
        .locationParameters()
        .get("photo_id");
  }

  private WebElement card(String title) {
    return browser
        .waiting()
        .until(
            page ->
                page.findElements(By.cssSelector(".card")).stream()
                    .filter(card -> card.getText().contains(title))
                    .findFirst()
                    .orElse(null));
  }

  private void press(WebElement within, String text) {
    within.findElement(By.xpath(".//button[text()='" + text + "']")).click();
  }

  @Test
  void saysWhyAKeyDoesNotSignIn() {
    signIn("not-a-key");
    awaitText("#sign-in [role=alert]", "Unknown API key");
    assertThat(browser.driver().findElement(By.id("signed-in")).isDisplayed()).isFalse();
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
    browser.driver().navigate().refresh();
    awaitText("#figures", "Uploads in the last 24 hours");
    assertThat(browser.driver().findElement(By.id("sign-in")).isDisplayed()).isFalse();
    browser.find("#sign-out").click();
    awaitText("#sign-in", "Key");
    browser.driver().navigate().refresh();
    awaitText("#sign-in", "Key");
    assertThat(browser.driver().findElement(By.id("signed-in")).isDisplayed()).isFalse();
  }

  @Test
  void letsAVisitorWhoWasLetInSignOutByAButton() {
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
  void issuesAndRevokesATokenForALink() {
    signIn(server.key());
    tab("tokens");
    browser.find("#tokens summary").click();
    browser.find("#issue [name=title]").sendKeys("From the console");
    browser.find("#issue button").click();
    awaitText("#token-list", "From the console");
    String link = browser.find("#issued-link").getAttribute("href");
    assertThat(link).startsWith(server.uri("/upload/").toString());
    look("tokens");
    WebElement row = browser.driver().findElement(By.xpath("//tr[td[text()='From the console']]"));
    press(row, "Revoke");
    press(browser.find("#confirm"), "Revoke");
    awaitText("#done", "revoked");
    String token = link.substring(link.lastIndexOf('/') + 1);
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
    assertThat(ApiClient.of(server).post("/api/photo/redeem-upload-token", form).status())
        .isEqualTo(404);
  }

  @Test
  void hidesEditsAndDeletesAPhoto() {
    String photo = upload("To be moderated");
    signIn(server.key());
    tab("photos");
    press(card("To be moderated"), "Hide");
    awaitText("#done", "Hidden");
    assertThat(
            ApiClient.withKey(server)
                .get("/api/photo/list", Map.of("photo_id", photo))
                .xml("/response/photo/@published_p"))
        .isEqualTo("0");
    press(card("To be moderated"), "Edit");
    WebElement title = browser.find("#edit [name=title]");
    title.clear();
    title.sendKeys("Edited <i>title</i>");
    look("edit");
    browser.find("#edit [type=submit]").click();
    awaitText("#photo-list h2", "Edited title");
    look("photos");
    press(card("Edited title"), "Delete");
    press(browser.find("#confirm"), "Delete");
    awaitText("#done", "deleted");
    Map<String, String> filter = Map.of("photo_id", photo, "include_unpublished_p", "1");
    assertThat(ApiClient.withKey(server).post("/api/photo/list", filter).xml("/response/@code"))
        .isEqualTo("no_such_photo");
  }

  @Test
  void makesACredentialThatWorksUntilItIsRevoked() {
    signIn(server.key());
    tab("credentials");
    browser.find("#credentials summary").click();
    browser.find("#make-credential [name=name]").sendKeys("A shop");
    browser.find("#make-credential button").click();
    awaitText("#credential-list", "A shop");
    String key = browser.find("#made-credential code").getText();
    ApiClient shop = ApiClient.of(server).withKey(key);
    Map<String, String> parameters = Map.of("return_url", "http://a.test/");
    assertThat(shop.post("/api/photo/get-upload-token", parameters).status()).isEqualTo(200);
    look("credentials");
    WebElement row = browser.driver().findElement(By.xpath("//tr[td[text()='A shop']]"));
    press(row, "Revoke");
    press(browser.find("#confirm"), "Revoke");
    awaitText("#done", "revoked");
    assertThat(shop.post("/api/photo/get-upload-token", parameters).status()).isEqualTo(401);
  }

  @Test
  void goesFromTabToTabByTheKeyboard() {
    signIn(server.key());
    browser.find("#figures div");
    browser.find("#tab-overview").sendKeys(org.openqa.selenium.Keys.ARROW_RIGHT);
    browser.find("#token-list > *");
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
        .isEqualTo("tab-tokens");
    assertThat(browser.console()).isEmpty();
  }
}
