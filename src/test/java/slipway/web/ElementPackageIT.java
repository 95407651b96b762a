package slipway.web;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** The package of {@code clients/npm} in applications of React and Vue, in a real browser. */
@Tag("faults")
class ElementPackageIT {
  private static final Path MODULES = Path.of("webapp/assets/slipway-upload");
  private static final Path TYPES = Path.of("clients/npm/types");

  /** Kept by the framework itself as long as the page is open. */
  private static final String REACTS_OWN = "selectionchange";

  /** Counts the timers that repeat. */
  private static final String COUNTING =
      """
      window.timers = new Set();
      for (const [name, note] of [['setInterval', 'add'], ['clearInterval', 'delete']]) {
        const original = window[name];
        window[name] = (...all) => {
          const made = original(...all);
          timers[note](made ?? all[0]);
          return made;
        };
      }
      """;

  /** Notes what the details of events are made of. */
  private static final String NOTING =
      """
      window.noted = {};
      for (const name of ['slipway-progress', 'slipway-error', 'slipway-done']) {
        document.addEventListener(name, ({detail}) => {
          noted[name] = Object.keys(detail);
          noted.upload = Object.keys(detail.uploads?.[0] ?? {});
        });
      }
      """;

  private static ElementPackage element;
  private static AppSite site;
  private static Browser browser;
  private static Uploader uploader;

  /** An application, and what its uploader says in the language that it asks for. */
  private enum App {
    REACT("Datei auswählen", "Weitere Datei hinzufügen", "Ist da"),
    VUE("اختيار ملف", "إضافة ملف آخر", "Nyt se on perillä");

    private final String choose;
    private final String more;
    private final String done;

    App(String choose, String more, String done) {
      this.choose = choose;
      this.more = more;
      this.done = done;
    }

    private String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @BeforeAll
  static void open() throws IOException {
    element = ElementPackage.make();
    site = new AppSite(element, server().uri("/"));
    browser = Browser.open();
    browser
        .driver()
        .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", COUNTING));
    uploader = new Uploader(browser);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (site != null) {
      site.close();
    }
  }

  private static Server server() {
    return Server.shared(Container.JETTY_12);
  }

  private static String token(int maxUploads) {
    return new Visits(server()).token("max_uploads", "" + maxUploads);
  }

  @Test
  void hasTheModulesTypesAndTextsAndNothingElse() throws IOException {
    List<String> expected =
        new ArrayList<>(List.of("LICENSE", "README.md", "index.js", "package.json"));
    expected.addAll(List.of("lib/languages.js", "lib/keys.d.ts"));
    expected.addAll(under(MODULES, "lib/"));
    expected.addAll(under(TYPES, "types/"));
    assertThat(element.files()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> under(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> prefix + folder.relativize(file))
          .toList();
    }
  }

  @Test
  void hasTypesThatLetThroughWhatIsRightAlone() throws IOException {
    assertThat(element.compile()).isEmpty();
  }

  @Test
  void isTheElementThatAnotherScriptHasDefinedBefore() throws IOException {
    String module =
        """
        const first = class {};
        globalThis.customElements = {
          get: () => first,
          define() {
            throw new Error('It is there');
          },
        };
        const { SlipwayUpload } = await import('slipway-upload');
        console.log(SlipwayUpload === first);
        """;
    assertThat(element.say(module)).isEqualTo("true");
  }

  @ParameterizedTest
  @EnumSource
  void uploadsFromAnAppThatSetsItsAttributesAndHearsItsEvents(App app) throws IOException {
    String token = token(2);
    Path first = Visit.picture("first.jpg");
    Path second = Visit.picture("second.jpg");
    browser.go(site.page(app.id(), token));
    uploader.awaitText(app.choose);
    uploader.choose(first);
    // The app has set the flag `auto` to false.
    uploader.awaitState("ready");
    assertThat(uploader.all("li input:not([hidden])")).as("titles").isEmpty();
    WebElement row = uploader.await("li");
    uploader.press(".primary");
    awaitSaid("first.jpg is photo ");
    assertThat(row.isDisplayed()).as("as it was, though the app has set the same again").isTrue();
    uploader.awaitText(app.done);
    browser.find("#more").click();
    uploader.awaitText(app.more);
    uploader.choose(second);
    uploader.press(".primary");
    awaitSaid("second.jpg is photo ");
    new Stored(server(), token).isExactly(first, second);
    assertThat(browser.console()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothingBehindWhenTheAppTakesItAwayWhileItSends(App app) throws IOException {
    Stored stored = new Stored(server(), token(1));
    browser.go(site.page(app.id(), stored.token()));
    uploader.choose(Visit.big("late.jpg"));
    browser.upstream(200_000);
    uploader.press(".primary");
    browser.waiting().withMessage("a use is taken").until(page -> stored.usesLeft() == 0);
    assertThat(listeners()).contains("beforeunload", "paste");
    assertThat(timers()).isPositive();
    browser.find("#leave").click();
    browser.waiting().withMessage("the use is back").until(page -> stored.usesLeft() == 1);
    browser.upstream(-1);
    assertThat(browser.driver().findElements(By.tagName("slipway-upload"))).isEmpty();
    assertThat(listeners()).isSubsetOf(REACTS_OWN);
    assertThat(timers()).isZero();
    assertThat(stored.count()).isZero();
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void tellsWhatTheTypesSay() throws IOException {
    browser.go(site.page("react", token(1)));
    uploader.await("#choose");
    browser.driver().executeScript(NOTING);
    uploader.choose(SampleMedia.file("notes.txt", new byte[9]));
    uploader.awaitState("failed");
    uploader.press("li button");
    uploader.choose(Visit.picture("first.jpg"));
    uploader.press(".primary");
    awaitSaid("first.jpg is photo ");
    Set<String> progress = fields("ProgressDetail");
    Set<String> error = new TreeSet<>(progress);
    error.addAll(fields("ErrorDetail"));
    Map<String, Set<String>> expected =
        Map.of(
            "slipway-progress",
            progress,
            "slipway-error",
            error,
            "slipway-done",
            fields("DoneDetail"),
            "upload",
            fields("Upload"));
    expected.forEach((what, names) -> assertThat(noted(what)).as(what).isEqualTo(names));
  }

  private static Set<String> fields(String type) throws IOException {
    String declared =
        Files.readString(TYPES.resolve("element.d.ts"))
            .replaceFirst("(?s).*\\binterface " + type + "\\b[^{]*\\{", "")
            .replaceFirst("(?s)\n}.*", "");
    return Pattern.compile("(?m)^  (\\w+)\\??:")
        .matcher(declared)
        .results()
        .map(field -> field.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> noted(String what) {
    Object names = browser.driver().executeScript("return noted[arguments[0]]", what);
    return ((List<?>) names).stream().map(String.class::cast).collect(toCollection(TreeSet::new));
  }

  @Test
  void takesOverThePageThatAServerRendered() throws IOException {
    String token = token(1);
    Path picture = Visit.picture("first.jpg");
    String rendered = element.render(site.action(), token);
    assertThat(rendered).contains("max-files=\"1\"", "text-done=\"", "type=\"file\"");
    browser.go(site.page("hydrated", token, rendered));
    uploader.awaitText("Vælg en fil");
    uploader.choose(picture);
    awaitSaid("first.jpg is photo ");
    uploader.awaitText("Så er den hjemme");
    new Stored(server(), token).isExactly(picture);
    assertThat(browser.console()).isEmpty();
  }

  /** What anything of the page listens to, on its window, document and root. */
  private static List<String> listeners() {
    return Stream.of("window", "document", "document.documentElement")
        .flatMap(ElementPackageIT::listenersOf)
        .toList();
  }

  private static Stream<String> listenersOf(String target) {
    var driver = browser.driver();
    var object =
        (Map<?, ?>)
            driver
                .executeCdpCommand("Runtime.evaluate", Map.of("expression", target))
                .get("result");
    var told =
        (List<?>)
            driver
                .executeCdpCommand(
                    "DOMDebugger.getEventListeners", Map.of("objectId", object.get("objectId")))
                .get("listeners");
    return told.stream().map(each -> (String) ((Map<?, ?>) each).get("type"));
  }

  private static long timers() {
    return (long) browser.driver().executeScript("return timers.size");
  }

  private static void awaitSaid(String words) {
    browser
        .waiting()
        .withMessage(() -> words + " on " + browser.driver().getCurrentUrl() + browser.console())
        .until(page -> page.findElement(By.tagName("output")).getText().contains(words));
  }
}
