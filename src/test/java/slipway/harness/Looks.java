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

  /** A picture costs more than all checks of a page. */
  private static final boolean ALL_PICTURES = Boolean.getBoolean("harness.all-pictures");

  /**
   * Checks a page as it is now and pictures it as {@code <name>-desktop} and {@code
   * <name>-dark-phone}, by {@code mvn -Pfaults verify} also as {@code <name>-phone} and {@code
   * <name>-dark-desktop}; it is light and on a desktop after it.
   *
   * @return the picture of the light page on a desktop
   */
  public static Path check(Browser browser, String name) {
    Axe.check(browser);
    assertNothingSticksOut(browser);
    Path picture = browser.screenshot(name + "-desktop");
    browser.show(Screen.PHONE);
    Axe.check(browser);
    assertNothingSticksOut(browser);
    if (ALL_PICTURES) {
      browser.screenshot(name + "-phone");
    }
    browser.dark(true);
    Axe.checkColours(browser);
    browser.screenshot(name + "-dark-phone");
    browser.show(Screen.DESKTOP);
    if (ALL_PICTURES) {
      Axe.checkColours(browser); // The phone's are the same.
      browser.screenshot(name + "-dark-desktop");
    }
    browser.dark(false);
    return picture;
  }

  private static void assertNothingSticksOut(Browser browser) {
    assertThat(sticksOut(browser)).as("what is wider than the screen").isEqualTo("");
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
