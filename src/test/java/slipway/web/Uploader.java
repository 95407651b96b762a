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
import org.openqa.selenium.By;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebElement;
import slipway.harness.Browser;

/** The {@code <slipway-upload>} of the page in a browser, as a visitor uses it. */
record Uploader(Browser browser) {
  /** What is inside: the elements of its shadow tree. */
  SearchContext inside() {
    return browser.find("slipway-upload").getShadowRoot();
  }

  /** Chooses files in its file field. */
  void choose(Path... files) {
    String names = Stream.of(files).map(Path::toString).collect(joining("\n"));
    await("#choose").sendKeys(names);
  }

  void press(String css) {
    shown(css).click();
  }

  /** The first element of a selector that is there, awaited. */
  WebElement await(String css) {
    return browser
        .waiting()
        .withMessage(css)
        .until(page -> all(css).stream().findFirst().orElse(null));
  }

  /** The first element of a selector that is displayed, awaited. */
  WebElement shown(String css) {
    return browser
        .waiting()
        .withMessage(() -> "a displayed " + css + " in: " + text())
        .until(page -> all(css).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  List<WebElement> all(String css) {
    return inside().findElements(By.cssSelector(css));
  }

  /** Waits until one of the files is in a state, and gives its row. */
  WebElement awaitState(String state) {
    return shown("li[data-state=" + state + "]");
  }

  /** Waits until it says something. */
  void awaitText(String text) {
    browser
        .waiting()
        .withMessage(() -> text + " in: " + text())
        .until(page -> text().contains(text));
  }

  /** All its text. */
  String text() {
    return inside().findElement(By.cssSelector(".uploader")).getText();
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
