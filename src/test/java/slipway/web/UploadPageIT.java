package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Looks;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class UploadPageIT {
  @Parameter Container container;
  private Server server;
  private Visit visit;

  @BeforeEach
  void open() {
    visit = new Visit(container);
    server = visit.server;
  }

  @AfterEach
  void close() throws IOException {
    if (visit != null) {
      visit.close();
    }
  }

  private Answer page(String token) {
    return ApiClient.of(server).get("/upload/" + token);
  }

  @Test
  void takesAVisitorFromALinkToReturnUrl() throws IOException {
    Path first = Visit.picture("first.jpg");
    Path second = Visit.picture("second.jpg");
    String token = visit.token(2, "title", "The <i>harbour</i>");
    visit.browser.go(server.uri("/upload/" + token));
    assertThat(visit.browser.find("h1").getText()).isEqualTo("The harbour");
    assertThat(visit.uploader.text()).contains("Up to 2 files · Up to 10.7 GB each");
    visit.uploader.choose(first, second);
    visit.uploader.press(".primary");
    Map<String, String> back = visit.uploader.awaitBack();
    assertThat(back).containsEntry("theme", "green").containsEntry("upload_token", token);
    assertThat(visit.original(back)).isEqualTo(Files.readAllBytes(second));
    assertThat(visit.browser.console()).isEmpty();
    assertThat(page(token).status()).isEqualTo(410);
    assertThat(page(token).text()).contains("The 2 files that this link was for have arrived");
    assertThat(server.log()).doesNotContain(token);
  }

  @Test
  void givesTheGuestsOfALinkAPageOfTheirOwnAndThanksThem() throws IOException {
    String link =
        ApiClient.withKey(server)
            .post("/api/upload-link/create", Map.of("name", "Anna and Ben", "max_uploads", "1"))
            .xml("/response/upload_link");
    visit.browser.go(server.uri("/drop/" + link));
    assertThat(visit.browser.find("h1").getText()).isEqualTo("Anna and Ben");
    visit.browser.find("summary").click();
    Looks.checkToo(visit.browser, "drop-page");
    visit.browser.find("form button").click();
    visit.uploader.await("#choose");
    assertThat(visit.browser.find(".afterwards").getText())
        .isEqualTo("When you are done, you will see a confirmation.");
    visit.browser.drop(visit.browser.find("h1"), Visit.picture("cake.jpg"));
    visit.uploader.press(".primary");
    visit.browser.waiting().until(page -> page.getCurrentUrl().contains("photo_id="));
    assertThat(visit.browser.find("[role=status]").getText()).contains("Thank you!");
    assertThat(visit.browser.find("form button").getText()).isEqualTo("Upload more files");
    assertThat(visit.browser.console()).isEmpty();
    assertThat(server.log()).doesNotContain(link);
  }

  /** Both have the page of a token of theirs, and the link takes one file of all guests. */
  @Tag("faults")
  @Test
  void saysThatALinkTakesNoMoreWhenAnotherGuestWasFaster() {
    ApiClient api = ApiClient.withKey(server);
    String link =
        api.post("/api/upload-link/create", Map.of("name", "One cake", "max_files", "1"))
            .xml("/response/upload_link");
    String first = guestOf(link);
    String second = guestOf(link);
    visit.browser.speak("da");
    visit.browser.go(server.uri("/upload/" + second));
    visit.uploader.choose(Visit.picture("cake.jpg"));
    redeem(first);
    visit.uploader.press(".primary");
    assertThat(visit.uploader.awaitState("failed").getText())
        .contains("Dette link har modtaget alt, hvad det tager imod.");
    assertThat(page(second).text())
        .contains("This link takes no more files", "This link has received all that it takes.")
        .doesNotContain("All files are here", "Thank you");
  }

  /** The token that the button of a link's page gives. */
  private String guestOf(String link) {
    String page =
        ApiClient.of(server)
            .post("/api/upload-link/redeem", Map.of("upload_link", link))
            .header("Location")
            .orElseThrow();
    return page.substring(page.lastIndexOf('/') + 1);
  }

  @Tag("faults")
  @Test
  void saysHowLongItWaitsForAServerThatHasTooMuchToDo() throws IOException {
    Path file = Visit.picture("one.jpg");
    visit.browser.go(visit.gate.uri("/upload/" + visit.token(1)));
    visit.uploader.choose(file);
    visit.gate.standIn(busy("429 Too Many Requests", 240));
    visit.uploader.press(".primary");
    visit.uploader.awaitText("Too many requests from your network. Trying again in 4 minutes");
    visit.gate.standIn(busy("503 Service Unavailable", 50));
    visit.uploader.press("[aria-label='Try one.jpg again']");
    visit.uploader.awaitMatch("The server is busy. Trying again in [45]\\d seconds");
    assertThat(visit.uploader.shown("progress").getDomProperty("value"))
        .as("nothing of it is there")
        .isEqualTo("0");
    visit.gate.open();
    visit.uploader.press("[aria-label='Try one.jpg again']");
    assertThat(visit.original(visit.uploader.awaitBack())).isEqualTo(Files.readAllBytes(file));
  }

  private static String busy(String status, int seconds) {
    return "HTTP/1.1 "
        + status
        + "\r\nRetry-After: "
        + seconds
        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  }

  /**
   * As after a reload: what the token has received takes no other use, and no place of the others.
   */
  @Tag("faults")
  @Test
  void sendsAFileOnceThatIsChosenAgain() throws IOException {
    Path first = Visit.picture("first.jpg");
    Path big = SampleMedia.file("big.jpg", SampleMedia.largeJpeg(9_000_000).get().readAllBytes());
    String token = visit.token(4);
    visit.browser.go(server.uri("/upload/" + token));
    visit.uploader.choose(first, big);
    visit.uploader.press(".primary");
    visit.uploader.awaitBack();
    visit.browser.go(server.uri("/upload/" + token));
    visit.uploader.choose(
        first, big, Visit.picture("c.jpg"), Visit.picture("d.jpg"), Visit.picture("e.jpg"));
    visit.uploader.awaitText("Left out: e.jpg");
    visit.uploader.press(".primary");
    visit.uploader.awaitBack();
    assertThat(page(token).text()).contains("The 4 files that this link was for have arrived");
    assertThat(
            ApiClient.withKey(server)
                .get("/api/photo/list", Map.of("upload_token", token))
                .xml("/response/@total_count"))
        .isEqualTo("4");
    assertThat(visit.browser.console()).isEmpty();
  }

  /** As where the build has no program to make one file of them. */
  @Tag("faults")
  @Test
  void worksWithModulesThatAreLoadedOneByOne() throws IOException {
    Path file = Visit.picture("one.jpg");
    visit.browser.go(server.uri("/no/such/page"));
    Object loaded =
        visit
            .browser
            .driver()
            .executeAsyncScript(
                """
                const [token, done] = arguments;
                const part = (name) => import(`/assets/slipway-upload/${name}.js`);
                Promise.all([part('element'), part('texts')]).then(([{SlipwayUpload}, {textsFrom}]) => {
                  textsFrom((language) => part(`texts/${language}`));
                  customElements.define('slipway-upload', SlipwayUpload);
                  const make = (tag, values) => Object.assign(document.createElement(tag), values);
                  const form = make('form', {action: '/api/photo/redeem-upload-token', method: 'post'});
                  form.append(
                    make('input', {type: 'hidden', name: 'upload_token', value: token}),
                    make('input', {type: 'file', name: 'file', required: true}));
                  const element = make('slipway-upload', {lang: 'da'});
                  element.append(form);
                  document.querySelector('main').append(element);
                  done(performance.getEntriesByType('resource').filter(
                    ({name}) => name.includes('/slipway-upload/')).length);
                });
                """,
                visit.token(1));
    assertThat((Long) loaded).isGreaterThan(20);
    visit.uploader.awaitText("Vælg en fil");
    visit.uploader.choose(file);
    visit.uploader.press(".primary");
    assertThat(visit.original(visit.uploader.awaitBack())).isEqualTo(Files.readAllBytes(file));
    assertThat(visit.browser.console()).noneMatch(line -> !line.contains("/no/such/page"));
  }

  @Tag("faults")
  @Test
  void sendsABigFileInPieces() throws IOException {
    byte[] big = SampleMedia.largeJpeg(9_000_000).get().readAllBytes();
    visit.browser.go(server.uri("/upload/" + visit.token(1)));
    visit.uploader.choose(SampleMedia.file("big.jpg", big));
    visit.uploader.press(".primary");
    assertThat(visit.original(visit.uploader.awaitBack())).isEqualTo(big);
    assertThat(visit.browser.console()).isEmpty();
  }

  @Test
  void replacesTheFileOfAPhoto() throws IOException {
    replace(75_000);
  }

  /** In one form, as replace tokens have no other way. */
  @Tag("faults")
  @Test
  void replacesTheFileOfAPhotoByABigOne() throws IOException {
    replace(9_000_000);
  }

  private void replace(int size) throws IOException {
    ApiClient owner = ApiClient.withKey(server);
    Multipart first =
        new Multipart()
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
    String path = owner.post("/api/photo/upload", first).uploadedPath();
    String photoId = path.split("/", -1)[2];
    String token =
        owner
            .post(
                "/api/photo/get-replace-token",
                Map.of("photo_id", photoId, "return_url", visit.site.uri("/back?a=b").toString()))
            .xml("/response/replace_token");
    byte[] other = SampleMedia.largeJpeg(size).get().readAllBytes();
    visit.browser.go(server.uri("/upload/" + token));
    assertThat(visit.browser.find("h1").getText()).isEqualTo("Replace a file");
    visit.uploader.choose(SampleMedia.file("b.jpg", other));
    visit.uploader.press(".primary");
    Map<String, String> back = visit.uploader.awaitBack();
    assertThat(back).containsEntry("photo_id", photoId).containsEntry("replace_token", token);
    assertThat(visit.original(back)).isEqualTo(other);
    assertThat(visit.browser.console()).isEmpty();
    assertThat(page(token).status()).isEqualTo(410);
    assertThat(server.log()).doesNotContain(token);
  }

  @Tag("faults")
  @Test
  void worksWithoutJavaScriptAlsoThroughTheRedirectToAnotherOrigin() throws IOException {
    Path picture = Visit.picture("plain.jpg");
    visit.browser.withoutScripts();
    visit.browser.go(server.uri("/upload/" + visit.token(1)));
    visit.browser.find("[name=file]").sendKeys(picture.toString());
    visit.browser.find("form button").click();
    assertThat(visit.original(visit.uploader.awaitBack())).isEqualTo(Files.readAllBytes(picture));
  }

  private void redeem(String token) {
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8));
    assertThat(ApiClient.of(server).post("/api/photo/redeem-upload-token", form).status())
        .isEqualTo(301);
  }
}
