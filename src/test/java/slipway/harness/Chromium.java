package slipway.harness;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A running Chromium, used by one {@link Browser} after another, as a start costs more than most
 * tests. Each use has a browser context of its own, with its own cookies, storage and cache, and a
 * new page, so that nothing of one test reaches the next.
 */
final class Chromium {
  /** Kept, as a logger that nobody holds forgets its level. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  /** Those that no browser uses now. */
  private static final Deque<Chromium> IDLE = new ArrayDeque<>();

  /**
   * A spare process for each page that may come, pages kept to go back to, calls home, and the list
   * below the address bar, of which each window loads two pages.
   */
  private static final List<String> NOT_NEEDED =
      List.of(
          "SpareRendererForSitePerProcess",
          "BackForwardCache",
          "OptimizationHints",
          "MediaRouter",
          "Translate",
          "WebUIOmniboxPopup",
          "WebUIOmniboxAimPopup");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final Path profile = Build.newFolder("browsers", "profile");
  private final ChromeDriver driver;
  private final DevTools devTools;

  /** The page it started with, which stays, as a Chromium without a page ends. */
  private final String home;

  private String context;

  private Chromium(Path program, Path chromedriver) {
    // Both paths are given, so that Selenium never looks for something to download.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .withLogFile(profile.resolve("chromedriver.log").toFile())
            .build();
    driver = new ChromeDriver(service, options(program));
    home = driver.getWindowHandle();
    Map<?, ?> chrome = (Map<?, ?>) driver.getCapabilities().getCapability("goog:chromeOptions");
    devTools = new DevTools((String) chrome.get("debuggerAddress"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** One with a new context and page, until {@link #release}. */
  static Chromium take() {
    Path program = Tool.require("chromium");
    Path chromedriver = Tool.require("chromedriver");
    Chromium idle;
    synchronized (IDLE) {
      idle = IDLE.poll();
    }
    Chromium chromium = idle == null ? new Chromium(program, chromedriver) : idle;
    chromium.begin();
    return chromium;
  }

  ChromeDriver driver() {
    return driver;
  }

  private void begin() {
    context =
        devTools
            .call("Target.createBrowserContext", Map.of())
            .get("browserContextId")
            .getAsString();
    Map<String, String> page = Map.of("url", "about:blank", "browserContextId", context);
    String window = devTools.call("Target.createTarget", page).get("targetId").getAsString();
    driver.switchTo().window(window);
    driver.manage().logs().get(LogType.BROWSER);
  }

  /** Closes all pages of this use and forgets what they stored; the next one may have it. */
  void release() {
    try {
      driver.switchTo().window(home);
      devTools.call("Target.disposeBrowserContext", Map.of("browserContextId", context));
      synchronized (IDLE) {
        IDLE.push(this);
      }
    } catch (WebDriverException | IllegalStateException e) {
      end();
    }
  }

  private void end() {
    driver.quit();
    Build.delete(profile);
  }

  private ChromeOptions options(Path program) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    if (!AnyContainer.ALL) {
      // Each frame of what moves is drawn, as far as the window shows it; pages have their screen.
      options.addArguments("--force-prefers-reduced-motion", "--window-size=500,300");
    }
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--in-process-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
        "--disable-default-apps",
        "--disable-breakpad",
        "--metrics-recording-only",
        "--mute-audio",
        "--disable-features=" + String.join(",", NOT_NEEDED),
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        "--user-data-dir=" + profile,
        // In place of the page of a new tab, which is a program.
        "about:blank");
    return options;
  }
}
