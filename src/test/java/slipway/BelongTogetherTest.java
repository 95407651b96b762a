package slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.media.Incoming;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.reconcile.Standing;

/** Which data folders a start refuses, and what it does with the others. */
class BelongTogetherTest {
  private static final String REFUSAL = "database and media folder do not belong together";

  /** As a first start leaves it, which takes longest. */
  @TempDir static Path started;

  @TempDir Path data;
  @TempDir Path copy;
  private final List<MediaKey> kept = new ArrayList<>();
  private Closing closing = new Closing();
  private Storage storage;

  @BeforeAll
  static void startFirst() throws IOException {
    Closing end = new Closing();
    try {
      open(started, "30d", end);
    } finally {
      end.close();
    }
  }

  @BeforeEach
  void openFirst() throws IOException {
    FileUtils.copyDirectory(started.toFile(), data.toFile());
    open();
  }

  @AfterEach
  void close() {
    closing.close();
  }

  private void open(Path folder, String setAside) throws IOException {
    close();
    closing = new Closing();
    storage = open(folder, setAside, closing);
  }

  private static Storage open(Path folder, String setAside, Closing closing) throws IOException {
    Map<String, String> settings =
        Map.of("slipway.data", folder.toString(), "slipway.media.set-aside", setAside);
    Storage storage = Storage.open(Settings.read(settings::get, null), closing);
    closing.later(storage.comparison().start());
    return storage;
  }

  private void open() throws IOException {
    open(data, "30d");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> isRefused() {
    return assertThatThrownBy(this::open).isInstanceOf(IOException.class);
  }

  private void keep(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (Incoming incoming = storage.spool().receive()) {
        incoming.write(ByteBuffer.wrap(new byte[] {(byte) i}));
        MediaKey key = storage.media().keep(incoming);
        kept.add(key);
        storage
            .database()
            .execute(
                "insert into photo (token, title, description, published, filename, content_type,"
                    + " size, tree_id, media_key, published_at, created_at)"
                    + " values ('t', 'a', '', true, 'a.jpg', 'image/jpeg', 1, ?, ?, 1, 1)",
                key.treeId(),
                key.name());
      }
    }
  }

  private Path database() {
    return data.resolve("slipway.db");
  }

  private Path media() {
    return data.resolve("media");
  }

  private Path path(MediaKey key) {
    return media().resolve(Integer.toString(key.treeId())).resolve(key.name());
  }

  private void assertAllThere() throws IOException {
    for (MediaKey key : kept) {
      try (Media media = storage.media().open(key).orElseThrow()) {
        assertThat(media.size()).isEqualTo(1);
      }
    }
  }

  private void compared(int setAside, int missing) throws InterruptedException {
    Standing end = new Standing(true, false, setAside, missing);
    for (int i = 0; i < 3000 && !storage.comparison().standing().equals(end); i++) {
      Thread.sleep(10);
    }
    assertThat(storage.comparison().standing()).isEqualTo(end);
  }

  /** The data folder of another service, which is not running. */
  private Path another() throws IOException {
    Path folder = copy.resolve("another");
    open(folder, "30d");
    close();
    return folder;
  }

  private static void forgetIdentity(Path file) {
    Jdbi.create("jdbc:sqlite:" + file)
        .useHandle(handle -> handle.execute("update identity set identity = null"));
  }

  @Test
  void namesADatabaseThatCannotBeOpened() throws Exception {
    close();
    Files.delete(database());
    Files.createDirectory(database());
    isRefused().hasMessageContaining(database() + " cannot be opened: ");
  }

  @Test
  void refusesADatabaseThatIsMissingOrEmptyOrNew() throws Exception {
    keep(2);
    Path other = another();
    Path right = Files.move(database(), copy.resolve("slipway.db"));
    isRefused().hasMessageContaining(REFUSAL).hasMessageContaining("missing or empty");
    assertThat(database()).doesNotExist();
    Files.write(database(), new byte[0]);
    isRefused().hasMessageContaining(REFUSAL).hasMessageContaining("missing or empty");
    assertThat(database()).isEmptyFile();
    Files.delete(database());
    Files.copy(other.resolve("slipway.db"), database());
    isRefused().hasMessageContaining(REFUSAL).hasMessageContaining("the media folder another");
    forgetIdentity(database());
    isRefused().hasMessageContaining(REFUSAL).hasMessageContaining("has no photos");
    Files.delete(database());
    Files.move(right, database());
    open();
    compared(0, 0);
    assertAllThere();
  }

  @Test
  void refusesTheMediaOfAnotherAndAFolderThatIsEmpty() throws Exception {
    keep(1);
    Path other = another();
    Path aside = Files.move(media(), copy.resolve("media"));
    isRefused()
        .hasMessageContaining(
            "the database " + database() + " names files that are missing (0 of 1 looked at are)");
    assertThat(media()).as("such as a place where no disk is mounted").doesNotExist();
    String identity = Files.readString(other.resolve("media/identity")).strip();
    Files.move(other.resolve("media"), media());
    isRefused()
        .hasMessageContaining(REFUSAL)
        .hasMessageContaining(identity)
        .hasMessageContaining(Files.readString(aside.resolve("identity")).strip());
    Files.move(media(), other.resolve("media"));
    Files.move(aside, media());
    open();
    assertAllThere();
  }

  @Test
  void changesNothingOfADatabaseOfAnEarlierVersionThatIsRefused() throws Exception {
    keep(1);
    close();
    Files.delete(database());
    try (var catalogue = Database.class.getResourceAsStream("/db/migration/V1__catalogue.sql")) {
      String script = new String(catalogue.readAllBytes(), UTF_8);
      Jdbi.create("jdbc:sqlite:" + database() + "?journal_mode=WAL")
          .useHandle(handle -> handle.createScript(script).execute());
    }
    byte[] before = Files.readAllBytes(database());
    isRefused().hasMessageContaining("Nothing was changed").hasMessageContaining("has no photos");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
    assertThat(data.resolve("slipway.db-wal")).doesNotExist();
  }

  @Test
  void tellsWhichFileIsDamagedWhereTheIdentityIsBinary() throws Exception {
    close();
    Path identity = Files.write(media().resolve("identity"), new byte[] {(byte) 0xff, 0});
    isRefused().hasMessageContaining(identity.toString()).hasMessageContaining("one line of text");
  }

  @Test
  void givesAFolderOfBeforeItsIdentity() throws Exception {
    keep(2);
    close();
    forgetIdentity(database());
    Files.delete(media().resolve("identity"));
    open();
    assertThat(Files.readString(media().resolve("identity")).strip()).matches("[0-9a-f-]{36}");
    open();
    assertAllThere();
  }

  @Test
  void countsFilesThatAreMissing() throws Exception {
    keep(3);
    close();
    Files.delete(path(kept.get(0)));
    open();
    compared(0, 1);
  }

  /** The manual steps of the docs. */
  @Test
  void findsAFileThatWasMovedBackByHand() throws Exception {
    close();
    Path older = Files.copy(database(), copy.resolve("slipway.db"));
    open();
    keep(1);
    close();
    Path right = Files.move(database(), copy.resolve("right.db"));
    Files.move(older, database());
    open();
    compared(1, 0);
    close();
    Files.delete(database());
    Files.move(right, database());
    Files.move(setAside(kept.get(0)), path(kept.get(0)));
    open();
    assertAllThere();
    compared(0, 0);
  }

  private Path setAside(MediaKey key) throws IOException {
    try (var files = Files.walk(media().resolve("set-aside"))) {
      return files.filter(file -> file.endsWith(key.name())).findFirst().orElseThrow();
    }
  }

  @Test
  void deletesWhatIsSetAsideAfterTheGraceTimeOfTheSettings() throws Exception {
    keep(2);
    close();
    Files.delete(database());
    Files.createFile(media().resolve("belongs-together"));
    open();
    compared(2, 0);
    setAside(kept.get(0));
    open(data, "2s");
    compared(0, 0);
    assertThatThrownBy(() -> setAside(kept.get(0))).hasMessageContaining("No value present");
  }
}
