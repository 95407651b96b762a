package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks pages for what keeps people out (WCAG 2.2 and best practices), with axe-core. */
public final class Axe {
  private static final String VERSION = "4.14.1";
  private static final String RUN =
      """
      const done = arguments[0];
      const roots = root => [root, ...[...root.querySelectorAll('*')]
        .filter(each => each.shadowRoot).flatMap(each => roots(each.shadowRoot))];
      // A colour that is on its way to another would be taken for the one it ends at.
      const settle = () => roots(document).flatMap(root => root.getAnimations())
        .filter(each => isFinite(each.effect.getComputedTiming().endTime))
        .forEach(each => each.finish());
      const frame = () => new Promise(requestAnimationFrame);
      frame().then(frame).then(settle).then(() => axe.run(document)).then(
        ({violations}) => done(violations.flatMap(({id, help, nodes}) =>
          nodes.map(node => `${id}: ${help}: ${node.target} ${node.failureSummary}`))),
        error => done([String(error)]));
      """;

  private Axe() {}

  /** Fails, and says why, when the page as it is now has a violation. */
  public static void check(Browser browser) {
    Path script = Npm.install("axe-core", VERSION).resolve("axe.min.js");
    try {
      browser.driver().executeScript(Files.readString(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat((List<?>) browser.driver().executeAsyncScript(RUN)).isEmpty();
  }
}
