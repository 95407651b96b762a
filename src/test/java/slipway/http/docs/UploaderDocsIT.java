package slipway.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/**
 * The examples of docs/uploaders.md, with the real libraries in a real browser. {@link
 * UploaderScriptsTest} has them without.
 */
@Tag("faults")
class UploaderDocsIT {
  private static final int CHUNK = 64 * 1024;
  private static final int SIZE = 3 * CHUNK - 1000;

  private static UploaderPage page;

  @BeforeAll
  static void open() throws IOException {
    page = new UploaderPage();
  }

  @AfterAll
  static void close() {
    if (page != null) {
      page.close();
    }
  }

  private static Server server() {
    return Server.shared(Container.JETTY_12);
  }

  private static void run(UploaderExample example, String token, Path file) throws IOException {
    page.run(script(example), token);
    page.choose(file);
  }

  private static String script(UploaderExample example) throws IOException {
    return UploaderDocs.script(example.heading, "http://127.0.0.1:" + server().port(), CHUNK);
  }

  private static Path cat() throws IOException {
    return SampleMedia.file("cat.jpg", SampleMedia.largeJpeg(SIZE).get().readAllBytes());
  }

  @ParameterizedTest
  @EnumSource
  void uploadsAFile(UploaderExample example) throws IOException {
    String token = new Visits(server()).token();
    Path file = cat();
    run(example, token, file);
    page.awaitUploads(1);
    assertThat(page.requests()).isEqualTo(example.requests);
    Map<?, ?> upload = (Map<?, ?>) page.seen("uploads").get(0);
    assertThat(upload.get("callback_url").toString()).contains("photo_id=");
    Stored stored = new Stored(server(), token);
    stored.isExactly(file);
    assertThat(stored.usesLeft()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UPLOADY_TUS") // shows only that it failed
  void showsWhyAFileIsRefused(UploaderExample example) throws IOException {
    String token = new Visits(server()).token();
    run(example, token, SampleMedia.file("cat.jpg", new byte[SIZE]));
    page.awaitError("is not accepted");
    Stored stored = new Stored(server(), token);
    stored.isExactly();
    assertThat(stored.usesLeft()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void showsThatATokenIsUsedUp(UploaderExample example) throws IOException {
    String token = new Visits(server()).token();
    new Visits(server()).redeem(Visits.jpeg(token));
    run(example, token, cat());
    page.awaitError(
        example == UploaderExample.UPLOADY_TUS ? "try again later" : "already been used");
    assertThat(page.seen("uploads")).isEmpty();
  }

  /** The plugin gives up when it is sent to the site, and tries three times more. */
  @Test
  void makesOnePhotoThoughUppyCannotReadTheRedirect() throws IOException {
    String back = "http://localhost:" + page.port() + "/";
    String token = new Visits(server()).token("max_uploads", "10", "return_url", back);
    Path file = cat();
    page.run(script(UploaderExample.UPPY).replace("?format=json", ""), token);
    page.choose(file);
    page.await(() -> !page.seen("errors").isEmpty());
    Stored stored = new Stored(server(), token);
    stored.isExactly(file);
    assertThat(stored.usesLeft()).isEqualTo(9);
  }
}
