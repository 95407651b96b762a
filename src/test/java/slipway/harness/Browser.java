package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium, with storage of its own, that reaches this machine only. Where Chromium or its
 * driver is not installed, see {@link Tool#require}.
 */
public final class Browser implements AutoCloseable {
  /** How long {@link #waiting} waits. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** How long {@link #waiting} rests between two checks. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Looks for up to two seconds, in the page itself: each question to the driver costs more. */
  private static final String LOOK =
      """
      const all = arguments;
      const look = () => (function () {
      %s
      }).apply(null, all);
      const end = performance.now() + 2000;
      return new Promise((resolve, reject) => {
        const again = () => {
          try {
            const found = look();
            if (found || performance.now() > end) {
              resolve(found || null);
            } else {
              setTimeout(again, 50);
            }
          } catch (error) {
            reject(error);
          }
        };
        again();
      });
      """;

  private static final String FIRST_SHOWN =
      """
      return [...document.querySelectorAll(arguments[0])].find(each =>
        each.checkVisibility({visibilityProperty: true, opacityProperty: true})) ?? null;
      """;

  private static final String FIRST_WITH_TEXT =
      """
      return [...document.querySelectorAll(arguments[0])].find(each =>
        each.checkVisibility({visibilityProperty: true})
          && each.innerText.replaceAll('\\u00a0', ' ').includes(arguments[1])) ?? null;
      """;

  /** Where the middle of an element is, once nothing covers it. */
  private static final String MIDDLE =
      """
      const [element] = arguments;
      const middle = () => {
        const {left, top, width, height} = element.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        return element.contains(element.getRootNode().elementFromPoint(x, y)) && [x, y];
      };
      const here = middle();
      if (!here) {
        element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
      }
      return here || middle();
      """;

  /** The size of the page, in CSS pixels, and the screen's pixels for each of them. */
  public enum Screen {
    PHONE(390, 844, 2, true),
    TABLET(820, 1180, 2, true),
    DESKTOP(1280, 800, 1, false);

    private final int width;
    private final int height;
    private final int density;
    private final boolean mobile;

    Screen(int width, int height, int density, boolean mobile) {
      this.width = width;
      this.height = height;
      this.density = density;
      this.mobile = mobile;
    }

    /** Its name in that of a picture, such as {@code phone}. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> metrics() {
      return Map.of(
          "width", width, "height", height, "deviceScaleFactor", density, "mobile", mobile);
    }
  }

  private final Chromium chromium = Chromium.take();
  private final ChromeDriver driver = chromium.driver();
  private boolean runsScripts = true;

  private Browser() {}

  /** A browser with a desktop's screen. */
  public static Browser open() {
    return open(Screen.DESKTOP);
  }

  /** A browser with this screen. */
  public static Browser open(Screen screen) {
    Browser browser = new Browser();
    browser.show(screen);
    return browser;
  }

  /** The driver, for all that has no shorter way here. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Goes to an address and waits until the page is loaded. */
  public Browser go(URI address) {
    driver.get(address.toString());
    return this;
  }

  /** The first element of a CSS selector, awaited until it is displayed. */
  public WebElement find(String css) {
    return (WebElement)
        until(() -> "a displayed " + css + " on " + driver.getCurrentUrl(), FIRST_SHOWN, css);
  }

  /** The first displayed element of a CSS selector whose text contains some, awaited. */
  public WebElement find(String css, String text) {
    return (WebElement)
        until(() -> css + " with " + text + ": " + text(), FIRST_WITH_TEXT, css, text);
  }

  private String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Waits until a script gives something else than null and false, which it gives. */
  public Object until(String script, Object... arguments) {
    return until(() -> script, script, arguments);
  }

  /**
   * As {@link #until(String, Object...)}, with a message of what is awaited. The script may run
   * often, and again when the page was left meanwhile.
   */
  public Object until(Supplier<String> what, String script, Object... arguments) {
    // A page that runs no scripts has no timers either.
    String look = runsScripts ? LOOK.replace("%s", script) : script;
    return waiting()
        .withMessage(what)
        .until(
            page -> {
              try {
                return driver.executeScript(look, arguments);
              } catch (TimeoutException left) {
                return null;
              }
            });
  }

  /**
   * Clicks into the middle of an element, once nothing covers it. It takes a quarter of the time of
   * a click by the driver, which waits for the page that a click leads to: this does not.
   */
  public void click(WebElement element) {
    List<?> middle =
        (List<?>) until(() -> "an element that nothing covers: " + element, MIDDLE, element);
    mouse("mouseMoved", "none", middle);
    mouse("mousePressed", "left", middle);
    mouse("mouseReleased", "left", middle);
  }

  private void mouse(String type, String button, List<?> place) {
    driver.executeCdpCommand(
        "Input.dispatchMouseEvent",
        Map.of(
            "type", type, "button", button, "clickCount", 1, "x", place.get(0), "y", place.get(1)));
  }

  /** Has a text take the place of what is in a field, as pasting it does. */
  public void fill(String css, String text) {
    driver.executeScript("arguments[0].focus(); arguments[0].select();", find(css));
    driver.executeCdpCommand("Input.insertText", Map.of("text", text));
  }

  /** Waits for a condition, 40 seconds at most. */
  public WebDriverWait waiting() {
    WebDriverWait wait = new WebDriverWait(driver, LIMIT, PAUSE);
    // A page may replace an element while a condition looks at it.
    wait.ignoring(StaleElementReferenceException.class);
    return wait;
  }

  /** Changes to another screen, as turning or swapping the device would. */
  public void show(Screen screen) {
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen.metrics());
    // Its pointer is a finger: coarse, and hovering over nothing.
    driver.executeCdpCommand(
        "Emulation.setTouchEmulationEnabled", Map.of("enabled", screen.mobile));
  }

  /** Makes all the browser sends as slow as a network of that many bytes a second. */
  public void upstream(long bytesPerSecond) {
    network(false, bytesPerSecond);
  }

  /** Takes the browser off the network, or back on one without a limit. */
  public void offline(boolean offline) {
    network(offline, -1);
  }

  private void network(boolean offline, long upstream) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            offline,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            upstream));
  }

  /** Says that the visitor likes dark pages, or light ones. */
  public void dark(boolean dark) {
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** Drops files and folders of the disk onto an element, as from the desktop. */
  public void drop(WebElement onto, Path... files) {
    var box = onto.getRect();
    for (String type : new String[] {"dragEnter", "dragOver", "drop"}) {
      driver.executeCdpCommand(
          "Input.dispatchDragEvent",
          Map.of(
              "type",
              type,
              "x",
              box.x + box.width / 2,
              "y",
              box.y + box.height / 2,
              "data",
              Map.of(
                  "items", List.of(),
                  "files", Stream.of(files).map(Path::toString).toList(),
                  "dragOperationsMask", 1)));
    }
  }

  /** Asks for pages in these languages: a header {@code Accept-Language}. */
  public void speak(String languages) {
    driver.executeCdpCommand(
        "Network.setUserAgentOverride",
        Map.of("userAgent", "Mozilla/5.0 (test)", "acceptLanguage", languages));
  }

  /** Runs no scripts of pages from the next page on. */
  public void withoutScripts() {
    runsScripts = false;
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
  }

  /** Writes the whole page, not only what is in view, to {@code target/screenshots/<name>.png}. */
  public Path screenshot(String name) {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                page(),
                "format",
                "png",
                "optimizeForSpeed",
                true));
    try {
      Path folder = Files.createDirectories(Build.directory().resolve("screenshots"));
      byte[] png = Base64.getDecoder().decode((String) shot.get("data"));
      return Files.write(folder.resolve(name + ".png"), png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The warnings and errors in the page's console since the last call, its policy's refusals too.
   */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** Closes all its pages and forgets what they stored. */
  @Override
  public void close() {
    chromium.release();
  }

  private Map<String, Object> page() {
    var size =
        (List<?>)
            driver.executeScript(
                "const e = document.documentElement;"
                    + "return [Math.max(e.scrollWidth, innerWidth),"
                    + " Math.max(e.scrollHeight, innerHeight)]");
    return Map.of("x", 0, "y", 0, "width", size.get(0), "height", size.get(1), "scale", 1);
  }
}
