package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Checks the accessibility of pages (WCAG 2.2 and best practices), with axe-core. */
public final class Axe {
  private static final String VERSION = "4.14.1";
  private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

  /** It looks no further into what it finds in order. */
  private static final List<String> VIOLATIONS = List.of("violations");

  private static final String RUN =
      """
      const [options, done] = arguments;
      const roots = root => [root, ...[...root.querySelectorAll('*')]
        .filter(each => each.shadowRoot).flatMap(each => roots(each.shadowRoot))];
      // A colour that is on its way to another would be taken for the one it ends at.
      const settle = () => roots(document).flatMap(root => root.getAnimations())
        .filter(each => isFinite(each.effect.getComputedTiming().endTime))
        .forEach(each => each.finish());
      const frame = () => new Promise(requestAnimationFrame);
      frame().then(frame).then(settle).then(() => axe.run(document, options)).then(
        ({violations}) => done(violations.flatMap(({id, help, nodes}) =>
          nodes.map(node => `${id}: ${help}: ${node.target} ${node.failureSummary}`))),
        error => done([String(error)]));
      """;

  private Axe() {}

  /** Fails, and says why, when the page as it is now has a violation. */
  public static void check(Browser browser) {
    run(browser, Map.of("resultTypes", VIOLATIONS));
  }

  /** As {@link #check}, by the rules of colours: for a page of which only these have changed. */
  static void checkColours(Browser browser) {
    run(browser, Map.of("resultTypes", VIOLATIONS, "runOnly", COLOURS));
  }

  private static void run(Browser browser, Map<String, Object> options) {
    // It takes longer to come than to run.
    if (!Boolean.TRUE.equals(browser.driver().executeScript("return 'axe' in window"))) {
      browser.driver().executeScript(script());
    }
    assertThat((List<?>) browser.driver().executeAsyncScript(RUN, options)).isEmpty();
  }

  private static String script() {
    try {
      return Files.readString(Npm.install("axe-core", VERSION).resolve("axe.min.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
