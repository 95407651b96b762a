package slipway.http.docs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openqa.selenium.By;
import slipway.harness.Browser;
import slipway.harness.Npm;

/** A page of a site with the real libraries of uploaders, in a real browser. */
final class UploaderPage implements AutoCloseable {
  /** What runs an example as the page of a site does. */
  private static final String RUN =
      """
      const [script, token] = arguments;
      window.seen = {uploads: [], errors: []};
      const uploaded = (upload) => seen.uploads.push(upload);
      const failed = (message) => seen.errors.push(String(message));
      new Function('token', 'uploaded', 'failed', script)(token, uploaded, failed);
      """;

  private static final String REQUESTS =
      """
      return performance.getEntriesByType('resource').filter((entry) =>
        entry.initiatorType === 'xmlhttprequest'
          && (entry.name.includes('/files/') || entry.name.includes('redeem'))).length;
      """;

  private final Map<String, byte[]> libraries = new LinkedHashMap<>();
  private final HttpServer site;
  private final Browser browser;

  UploaderPage() throws IOException {
    add("dropzone", "6.3.5", "dist/dropzone-min.js");
    add("fine-uploader", "5.16.2", "fine-uploader/fine-uploader.core.min.js");
    add("plupload", "2.3.9", "js/plupload.full.min.js");
    add("jquery", "3.7.1", "dist/jquery.min.js");
    add("blueimp-file-upload", "10.32.0", "js/vendor/jquery.ui.widget.js");
    add("blueimp-file-upload", "10.32.0", "js/jquery.fileupload.js");
    add("uppy", "6.0.1", "dist/uppy.min.js");
    add("filepond", "4.32.12", "dist/filepond.min.js");
    libraries.put("/uploady.js", Uploady.script());
    StringBuilder page = new StringBuilder("<!DOCTYPE html><title>Site</title>");
    libraries
        .keySet()
        .forEach(path -> page.append("<script src='").append(path).append("'></script>"));
    page.append("<input type='file' id='file'>");
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/", "text/html", page.toString().getBytes(StandardCharsets.UTF_8));
    libraries.forEach((path, script) -> serve(path, "text/javascript", script));
    site.start();
    browser = Browser.open();
  }

  private void add(String name, String version, String path) throws IOException {
    libraries.put(
        "/" + name + "/" + path, Files.readAllBytes(Npm.install(name, version).resolve(path)));
  }

  private void serve(String path, String type, byte[] content) {
    site.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
  }

  private String address() {
    return "http://127.0.0.1:" + port();
  }

  /** Where the site is. */
  int port() {
    return site.getAddress().getPort();
  }

  /** Loads the page for a new visitor, and runs a script of the site with that token. */
  void run(String script, String token) {
    Map<String, Object> all = Map.of("origin", address(), "storageTypes", "all");
    browser.driver().executeCdpCommand("Storage.clearDataForOrigin", all);
    reload(script, token);
  }

  /** Loads the page again, which remembers what its libraries do. */
  void reload(String script, String token) {
    browser.go(URI.create(address() + "/"));
    browser.driver().executeScript(RUN, script, token);
  }

  /** Runs a further script of the site. */
  Object execute(String script, Object... arguments) {
    return browser.driver().executeScript(script, arguments);
  }

  /** Chooses a file, as the visitor does. */
  void choose(Path file) {
    execute("document.querySelector('#file').value = ''");
    browser.driver().findElement(By.id("file")).sendKeys(file.toString());
  }

  /** What the script has reported so far. */
  List<?> seen(String what) {
    return (List<?>) execute("return seen[arguments[0]]", what);
  }

  /** Waits until something is true. */
  void await(Callable<Boolean> what) {
    browser
        .waiting()
        .withMessage(() -> String.valueOf(execute("return seen")))
        .until(
            page -> {
              try {
                return what.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** Waits for so many uploads to be told. */
  void awaitUploads(int count) {
    await(() -> seen("uploads").size() == count);
  }

  /** Waits for an error with these words, among others such as that there is no preview. */
  void awaitError(String words) {
    await(() -> seen("errors").stream().anyMatch(error -> error.toString().contains(words)));
  }

  /** How many requests have brought something. */
  long requests() {
    return (long) execute(REQUESTS);
  }

  @Override
  public void close() {
    browser.close();
    site.stop(0);
  }
}
