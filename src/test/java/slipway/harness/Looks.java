package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import slipway.harness.Browser.Screen;

/**
 * A page as people see it: light and dark, on a desktop and on a phone, each accessible. By {@code
 * mvn verify} it is held to the rules of accessibility on the phone alone; {@code mvn -Pfaults
 * verify} does that on both, and makes pictures to look at.
 */
public final class Looks {
  private Looks() {}

  /** Whether all is checked, and pictured: a screenshot costs more than all checks of a page. */
  private static final boolean ALL = Boolean.getBoolean("harness.pictures");

  /**
   * Checks a page as it is now. Its pictures are {@code <name>-desktop}, {@code <name>-phone},
   * {@code <name>-dark-phone} and {@code <name>-dark-desktop}; it is light and on a desktop after
   * it.
   */
  public static void check(Browser browser, String name) {
    assertNothingSticksOut(browser);
    if (ALL) {
      Axe.check(browser);
    }
    picture(browser, name + "-desktop");
    browser.show(Screen.PHONE);
    Axe.check(browser);
    assertNothingSticksOut(browser);
    picture(browser, name + "-phone");
    browser.dark(true);
    Axe.checkColours(browser);
    picture(browser, name + "-dark-phone");
    browser.show(Screen.DESKTOP);
    if (ALL) {
      Axe.checkColours(browser); // The phone's are the same.
    }
    picture(browser, name + "-dark-desktop");
    browser.dark(false);
  }

  /** As {@link #check}, where all is checked: of a page made of the parts of others. */
  public static void checkToo(Browser browser, String name) {
    if (ALL) {
      check(browser, name);
    }
  }

  /** Pictures a page as it is now, where pictures are made. */
  public static void picture(Browser browser, String name) {
    if (ALL) {
      browser.screenshot(name);
    }
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
