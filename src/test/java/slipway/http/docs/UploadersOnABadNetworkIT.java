package slipway.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Container;
import slipway.harness.Gate;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** Five files of three chunks, each with the libraries of docs/uploaders.md and a lost network. */
@Tag("faults")
class UploadersOnABadNetworkIT {
  private static final int CHUNK = 256 * 1024;
  private static final int SIZE = 3 * CHUNK - 1000;
  private static final int FILES = 5;

  /** Those that give up: the visitor adds the file again. */
  private static final Set<UploaderExample> WITHOUT_RETRIES =
      Set.of(
          UploaderExample.FINE_UPLOADER,
          UploaderExample.BLUEIMP,
          UploaderExample.FILEPOND,
          UploaderExample.UPLOADY,
          UploaderExample.UPLOADY_TUS);

  /** Looks whether Golden Retriever has the file, and the address of its upload. */
  private static final String LOOK =
      """
      window.isKept = false;
      setInterval(() => {
        const open = indexedDB.open('uppy-blobs');
        open.onsuccess = () => {
          const transaction = open.result.transaction(['files', 'metadata']);
          const files = transaction.objectStore('files').count();
          const metadata = transaction.objectStore('metadata').getAll();
          transaction.oncomplete = () => {
            isKept = files.result > 0 && JSON.stringify(metadata.result).includes('uploadUrl');
            open.result.close();
          };
        };
      }, 100);
      """;

  private static UploaderPage page;
  private Gate gate;

  @BeforeAll
  static void openPage() throws IOException {
    page = new UploaderPage();
  }

  @AfterAll
  static void closePage() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void open() {
    gate = Gate.before(server());
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
  }

  private static Server server() {
    return Server.shared(Container.JETTY_12);
  }

  private String script(UploaderExample example) throws IOException {
    String address = gate.uri("/").toString();
    return UploaderDocs.script(example.heading, address.substring(0, address.length() - 1), CHUNK);
  }

  private static Path file(int number) throws IOException {
    byte[] jpeg = SampleMedia.largeJpeg(SIZE + number).get().readAllBytes();
    return SampleMedia.file(number + " størst.jpg", jpeg);
  }

  /** Each once, every byte as it was, whether the library tries again or its visitor. */
  @ParameterizedTest
  @EnumSource
  void storesFiveFiles(UploaderExample example) throws Exception {
    String token = new Visits(server()).token("max_uploads", "10");
    page.run(script(example), token);
    Path[] files = new Path[FILES];
    for (int i = 0; i < FILES; i++) {
      files[i] = file(i);
      if (i % 2 == 0) {
        chooseAndCut(files[i], example, token);
      } else {
        page.choose(files[i]);
      }
      int count = i + 1;
      page.await(() -> new Stored(server(), token).count() == count);
    }
    new Stored(server(), token).isExactly(files);
  }

  /** In the middle of the second chunk. */
  private void chooseAndCut(Path file, UploaderExample example, String token) throws Exception {
    Future<Void> cut = gate.after(CHUNK + CHUNK / 2, gate::cut);
    page.choose(file);
    cut.get(1, TimeUnit.MINUTES);
    if (WITHOUT_RETRIES.contains(example)) {
      page.await(() -> !page.seen("errors").isEmpty());
      gate.open();
      page.reload(script(example), token);
      page.choose(file);
    } else {
      gate.open();
    }
  }

  /** It remembers the file and where its upload is. */
  @Test
  void goesOnWithUppyAfterAReload() throws Exception {
    String token = new Visits(server()).token();
    page.run(script(UploaderExample.UPPY_TUS), token);
    Path file = file(9);
    Future<Void> cut = gate.after(2 * CHUNK + CHUNK / 2, gate::cut);
    page.choose(file);
    cut.get(1, TimeUnit.MINUTES);
    page.execute(LOOK);
    page.await(() -> (boolean) page.execute("return window.isKept"));
    long before = gate.sent();
    gate.open();
    page.reload(script(UploaderExample.UPPY_TUS), token);
    page.awaitUploads(1);
    new Stored(server(), token).isExactly(file);
    assertThat(gate.sent() - before).as("goes on where it was").isLessThan(SIZE - CHUNK);
  }

  /** What the library remembers is of the token of before. */
  @Test
  void beginsAnewWithFineUploaderAndAnotherToken() throws Exception {
    page.run(script(UploaderExample.FINE_UPLOADER), new Visits(server()).token());
    Path file = file(8);
    Future<Void> cut = gate.after(CHUNK + CHUNK / 2, gate::cut);
    page.choose(file);
    cut.get(1, TimeUnit.MINUTES);
    page.await(() -> !page.seen("errors").isEmpty());
    gate.open();
    String token = new Visits(server()).token();
    page.reload(script(UploaderExample.FINE_UPLOADER), token);
    page.choose(file);
    page.await(() -> !page.seen("errors").isEmpty());
    page.choose(file);
    page.awaitUploads(1);
    new Stored(server(), token).isExactly(file);
  }

  /** It asks where the file is. */
  @Test
  void goesOnWithBlueimpAfterAReload() throws Exception {
    String token = new Visits(server()).token();
    page.run(script(UploaderExample.BLUEIMP), token);
    Path file = file(7);
    Future<Void> cut = gate.after(2 * CHUNK + CHUNK / 2, gate::cut);
    page.choose(file);
    cut.get(1, TimeUnit.MINUTES);
    page.await(() -> !page.seen("errors").isEmpty());
    gate.open();
    long before = gate.sent();
    page.reload(script(UploaderExample.BLUEIMP), token);
    page.choose(file);
    page.awaitUploads(1);
    new Stored(server(), token).isExactly(file);
    assertThat(gate.sent() - before).as("goes on where it was").isLessThan(SIZE - CHUNK / 2);
  }

  /** As a visitor removes it from the list. */
  @Test
  void givesTheUseBackOfWhatIsRemovedFromFilePond() throws Exception {
    String token = new Visits(server()).token();
    page.run(script(UploaderExample.FILEPOND_CHUNKS).replace("const pond", "window.pond"), token);
    Future<Void> cut = gate.after(CHUNK + CHUNK / 2, gate::cut);
    page.choose(file(0));
    cut.get(1, TimeUnit.MINUTES);
    page.await(() -> !page.seen("errors").isEmpty());
    gate.open();
    page.execute("pond.removeFile()");
    Stored stored = new Stored(server(), token);
    page.await(() -> stored.usesLeft() == 1);
    stored.isExactly();
  }

  /** It asks how far the file is, and continues. */
  @Test
  void goesOnWithFilePondWhenTheVisitorTriesAgain() throws Exception {
    String token = new Visits(server()).token();
    page.run(script(UploaderExample.FILEPOND_CHUNKS).replace("const pond", "window.pond"), token);
    Path file = file(0);
    Future<Void> cut = gate.after(CHUNK + CHUNK / 2, gate::cut);
    page.choose(file);
    cut.get(1, TimeUnit.MINUTES);
    page.await(() -> !page.seen("errors").isEmpty());
    long before = gate.sent();
    gate.open();
    page.execute("pond.processFile()");
    page.awaitUploads(1);
    new Stored(server(), token).isExactly(file);
    assertThat(gate.sent() - before).as("goes on where it was").isLessThan(SIZE - CHUNK / 2);
  }
}
