package slipway.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Npm;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** The examples of docs/uploaders.md, with the real libraries in a real browser. */
class UploaderDocsIT {
  private static final int CHUNK = 64 * 1024;
  private static final int SIZE = 3 * CHUNK - 1000;

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

  private static HttpServer site;
  private static Browser browser;
  private static final Map<String, byte[]> LIBRARIES = new LinkedHashMap<>();

  /** A library, and how many requests it makes of the file. */
  enum Example {
    DROPZONE("Dropzone", 3),
    FINE_UPLOADER("Fine Uploader", 3),
    PLUPLOAD("Plupload", 3),
    BLUEIMP("jQuery File Upload", 3),
    UPPY("Uppy", 1),
    UPPY_TUS("Uppy with tus", 4),
    FILEPOND("FilePond", 1),
    FILEPOND_CHUNKS("FilePond with chunks", 4);

    final String heading;
    final int requests;

    Example(String heading, int requests) {
      this.heading = heading;
      this.requests = requests;
    }
  }

  @BeforeAll
  static void open() throws IOException {
    add("dropzone", "6.3.5", "dist/dropzone-min.js");
    add("fine-uploader", "5.16.2", "fine-uploader/fine-uploader.core.min.js");
    add("plupload", "2.3.9", "js/plupload.full.min.js");
    add("jquery", "3.7.1", "dist/jquery.min.js");
    add("blueimp-file-upload", "10.32.0", "js/vendor/jquery.ui.widget.js");
    add("blueimp-file-upload", "10.32.0", "js/jquery.fileupload.js");
    add("uppy", "6.0.1", "dist/uppy.min.js");
    add("filepond", "4.32.12", "dist/filepond.min.js");
    StringBuilder page = new StringBuilder("<!DOCTYPE html><title>Site</title>");
    LIBRARIES
        .keySet()
        .forEach(path -> page.append("<script src='").append(path).append("'></script>"));
    page.append("<input type='file' id='file'>");
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/", "text/html", page.toString().getBytes(StandardCharsets.UTF_8));
    LIBRARIES.forEach((path, script) -> serve(path, "text/javascript", script));
    site.start();
    browser = Browser.open();
  }

  private static void add(String name, String version, String path) throws IOException {
    LIBRARIES.put(
        "/" + name + "/" + path, Files.readAllBytes(Npm.install(name, version).resolve(path)));
  }

  private static void serve(String path, String type, byte[] content) {
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

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (site != null) {
      site.stop(0);
    }
  }

  private static Server server() {
    return Server.shared(Container.JETTY_12);
  }

  private static void run(Example example, String token, Path file) throws IOException {
    browser.go(URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/"));
    String origin = "http://127.0.0.1:" + server().port();
    browser.driver().executeScript(RUN, UploaderDocs.script(example.heading, origin, CHUNK), token);
    browser.driver().findElement(By.id("file")).sendKeys(file.toString());
  }

  private static List<?> await(String what) {
    browser
        .waiting()
        .withMessage(() -> String.valueOf(browser.driver().executeScript("return seen")))
        .until(page -> !seen(what).isEmpty());
    return seen(what);
  }

  /** Among others, such as that there is no preview of the file. */
  private static void awaitError(String words) {
    browser
        .waiting()
        .withMessage(() -> String.valueOf(browser.driver().executeScript("return seen")))
        .until(page -> seen("errors").stream().anyMatch(error -> error.toString().contains(words)));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("faults")
  void showsThatATokenIsUsedUp(Example example) throws IOException {
    String token = new Visits(server()).token();
    new Visits(server()).redeem(Visits.jpeg(token));
    Path file = SampleMedia.file("cat.jpg", SampleMedia.largeJpeg(SIZE).get().readAllBytes());
    run(example, token, file);
    awaitError("already been used");
    assertThat(seen("uploads")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("faults")
  void uploadsFiveFiles(Example example) throws IOException {
    String token = new Visits(server()).token("max_uploads", "5");
    Path[] files = new Path[5];
    for (int i = 0; i < files.length; i++) {
      byte[] jpeg = SampleMedia.largeJpeg(SIZE + i).get().readAllBytes();
      files[i] = SampleMedia.file(i + " størst.jpg", jpeg);
      if (i == 0) {
        run(example, token, files[i]);
      } else {
        browser.driver().findElement(By.id("file")).sendKeys(files[i].toString());
      }
      int count = i + 1;
      browser
          .waiting()
          .withMessage(() -> String.valueOf(browser.driver().executeScript("return seen")))
          .until(page -> seen("uploads").size() == count);
    }
    Stored stored = new Stored(server(), token);
    stored.isExactly(files);
    assertThat(stored.usesLeft()).isZero();
  }

  private static List<?> seen(String what) {
    return (List<?>) browser.driver().executeScript("return seen[arguments[0]]", what);
  }

  @ParameterizedTest
  @EnumSource
  void uploadsAFile(Example example) throws IOException {
    String token = new Visits(server()).token();
    Path file = SampleMedia.file("cat.jpg", SampleMedia.largeJpeg(SIZE).get().readAllBytes());
    run(example, token, file);
    Map<?, ?> upload = (Map<?, ?>) await("uploads").get(0);
    assertThat(browser.driver().executeScript(REQUESTS)).isEqualTo((long) example.requests);
    assertThat(upload.get("callback_url").toString()).contains("photo_id=");
    Stored stored = new Stored(server(), token);
    stored.isExactly(file);
    assertThat(stored.usesLeft()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"FINE_UPLOADER", "UPPY_TUS"})
  void showsWhyAFileIsRefused(Example example) throws IOException {
    refuse(example);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FINE_UPLOADER", "UPPY_TUS"})
  @Tag("faults")
  void showsWhyAFileIsRefusedInTheOthersToo(Example example) throws IOException {
    refuse(example);
  }

  private static void refuse(Example example) throws IOException {
    String token = new Visits(server()).token();
    run(example, token, SampleMedia.file("cat.jpg", new byte[SIZE]));
    awaitError("is not accepted");
    Stored stored = new Stored(server(), token);
    stored.isExactly();
    assertThat(stored.usesLeft()).isEqualTo(1);
  }

  /** The plugin gives up when it is sent to the site, and tries three times more. */
  @Test
  @Tag("faults")
  void makesOnePhotoThoughUppyCannotReadTheRedirect() throws IOException {
    String back = "http://localhost:" + site.getAddress().getPort() + "/";
    String token = new Visits(server()).token("max_uploads", "10", "return_url", back);
    Path file = SampleMedia.file("cat.jpg", SampleMedia.largeJpeg(SIZE).get().readAllBytes());
    browser.go(URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/"));
    String script =
        UploaderDocs.script("Uppy", "http://127.0.0.1:" + server().port(), CHUNK)
            .replace("?format=json", "");
    browser.driver().executeScript(RUN, script, token);
    browser.driver().findElement(By.id("file")).sendKeys(file.toString());
    await("errors");
    Stored stored = new Stored(server(), token);
    stored.isExactly(file);
    assertThat(stored.usesLeft()).isEqualTo(9);
  }
}
