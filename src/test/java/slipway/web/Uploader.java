package slipway.web;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.WebElement;
import slipway.harness.Browser;

/** The {@code <slipway-upload>} of the page in a browser, as a visitor uses it. */
record Uploader(Browser browser) {
  private static final String INSIDE =
      "const root = document.querySelector('slipway-upload')?.shadowRoot;";

  private static final String ALL =
      INSIDE + "return root ? [...root.querySelectorAll(arguments[0])] : []";

  private static final String FIRST = INSIDE + "return root?.querySelector(arguments[0])";

  private static final String FIRST_SHOWN =
      INSIDE
          + "return root && [...root.querySelectorAll(arguments[0])]"
          + ".find(each =>"
          + " each.checkVisibility({visibilityProperty: true, opacityProperty: true}))";

  private static final String TEXT =
      INSIDE
          + "const text = root?.querySelector('.uploader')?.innerText.replaceAll('\\u00a0', ' ');";

  /** Chooses files in its file field. */
  void choose(Path... files) {
    String names = Stream.of(files).map(Path::toString).collect(joining("\n"));
    await("#choose").sendKeys(names);
  }

  void press(String css) {
    browser.click(shown(css));
  }

  /** The first element of a selector that is there, awaited. */
  WebElement await(String css) {
    return (WebElement) browser.until(() -> css, FIRST, css);
  }

  /** The first element of a selector that is displayed, awaited. */
  WebElement shown(String css) {
    return (WebElement)
        browser.until(() -> "a displayed " + css + " in: " + shownText(), FIRST_SHOWN, css);
  }

  /** The elements of its shadow tree. */
  List<WebElement> all(String css) {
    return ((List<?>) browser.driver().executeScript(ALL, css))
        .stream().map(WebElement.class::cast).toList();
  }

  /** Waits until one of the files is in a state, and gives its row. */
  WebElement awaitState(String state) {
    return shown("li[data-state=" + state + "]");
  }

  /** Waits until it says something. */
  void awaitText(String text) {
    awaitText(text, "return text?.includes(arguments[0])");
  }

  /** Waits until it says something that has a match of a regular expression of JavaScript. */
  void awaitMatch(String expression) {
    awaitText(expression, "return text && new RegExp(arguments[0]).test(text)");
  }

  private void awaitText(String wanted, String check) {
    browser.until(() -> wanted + " in: " + shownText(), TEXT + check, wanted);
  }

  /** All its text that is shown. */
  String text() {
    return (String) browser.until(() -> "its text", TEXT + "return text");
  }

  private String shownText() {
    return (String) browser.driver().executeScript(TEXT + "return text");
  }

  /** The parameters that the visitor came back with to {@code /back}, awaited. */
  Map<String, String> awaitBack() {
    browser
        .waiting()
        .withMessage("the way back")
        .until(page -> page.getCurrentUrl().contains("/back?"));
    return Stream.of(URI.create(browser.driver().getCurrentUrl()).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
