package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import slipway.harness.Browser.Screen;

/**
 * A page as people see it: light and dark, on a desktop and on a phone, each free of barriers, and
 * pictured to be looked at.
 */
public final class Looks {
  private Looks() {}

  /**
   * Checks a page as it is now and pictures it as {@code <name>[-dark]-desktop} and {@code -phone};
   * it is light and on a desktop after it.
   *
   * @return the picture of the light page on a desktop
   */
  public static Path check(Browser browser, String name) {
    Path picture = null;
    for (boolean dark : new boolean[] {true, false}) {
      browser.dark(dark);
      for (Screen screen : new Screen[] {Screen.PHONE, Screen.DESKTOP}) {
        browser.show(screen);
        if (dark) {
          Axe.checkColours(browser);
        } else {
          Axe.check(browser);
        }
        picture = browser.screenshot(name + (dark ? "-dark-" : "-") + screen.id());
        assertThat(sticksOut(browser)).as("what is wider than the screen").isEqualTo("");
      }
    }
    return picture;
  }

  private static String sticksOut(Browser browser) {
    String script =
        """
        const {scrollWidth, clientWidth} = document.documentElement;
        return scrollWidth <= clientWidth ? '' : [...document.body.querySelectorAll('*')]
          .filter(each => each.getBoundingClientRect().right > clientWidth)
          .map(each => each.outerHTML.slice(0, 80)).join('\\n');
        """;
    return (String) browser.driver().executeScript(script);
  }
}
