package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Container;
import slipway.harness.Docs;
import slipway.harness.Gate;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.chunk.ChunkPage;

/** The examples of {@code docs/resumable.md}, word for word, on a page of another origin. */
class ResumableDocsIT {
  private static final int SIZE = 5_000_000;

  private final Server server = Server.shared(Container.JETTY_12);
  private Path file;
  private Gate gate;
  private ChunkPage page;
  private String token;

  @BeforeEach
  void open() throws IOException {
    file = SampleMedia.file("cat.jpg", SampleMedia.largeJpeg(SIZE).get().readAllBytes());
    gate = Gate.before(server);
    page = new ChunkPage();
    page.load();
    token =
        new Visits(server)
            .token("return_url", page.origin() + "/back", "allowed_origin", page.origin());
  }

  @AfterEach
  void close() throws IOException {
    if (page != null) {
      page.close();
    }
    gate.close();
  }

  /** The snippet that has this text, with this server's address. */
  private String snippet(String text) throws IOException {
    return Docs.page("resumable").blocks("js").stream()
        .filter(code -> code.contains(text))
        .findFirst()
        .orElseThrow()
        .replace("https://media.example.com", gate.uri("").toString());
  }

  private void chunks(String code) {
    page.run("const token = '" + token + "';\n" + code);
    page.choose(file);
    awaitBack();
  }

  private void awaitBack() {
    page.browser().waiting().until(driver -> driver.getCurrentUrl().contains("/back?"));
    assertThat(page.browser().driver().getCurrentUrl())
        .contains("upload_token=" + token)
        .contains("photo_id=");
    new Stored(server, token).isExactly(file);
  }

  @Test
  void uploadsWithResumableJs() throws IOException {
    chunks(
        snippet("new Resumable")
            .replace("{ upload_token: token }", "{ upload_token: token, comment: 'hi' }"));
    assertThat(page.browser().driver().getCurrentUrl()).contains("comment=hi&");
  }

  @Tag("faults")
  @Test
  void uploadsWithFlowJs() throws IOException {
    chunks(
        snippet("new Resumable")
            .replace("new Resumable", "new Flow")
            .replace("filesAdded", "filesSubmitted"));
  }

  @Tag("faults")
  @Test
  void uploadsWithTusJsClientAndGoesOnAfterAReload() throws IOException {
    String code =
        "document.querySelector('#file').onchange = (event) => {"
            + "const token = '%s'; const file = event.target.files[0];\n%s}"
                .formatted(token, snippet("new tus.Upload"));
    page.run(code);
    page.browser().upstream(2_000_000);
    page.choose(file);
    page.browser().waiting().until(driver -> gate.sent() > SIZE / 2);
    page.load();
    page.browser().upstream(-1);
    page.run(code);
    page.choose(file);
    awaitBack();
    assertThat(gate.sent()).as("goes on where it was").isLessThan(SIZE + SIZE / 2);
  }
}
