package slipway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** Starts with a database that does not fit the media: none of them loses an original. */
class RestoreIT {
  private static final String REFUSAL = "database and media folder do not belong together";

  @TempDir Path folder;
  @TempDir Path copy;
  private final Map<String, byte[]> uploaded = new LinkedHashMap<>();
  private Server server;

  @BeforeEach
  void start() {
    server = server(Container.JETTY_12).start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Server.Builder server(Container container) {
    return Server.on(container).data(folder).setting("slipway.rendition.threads", "0");
  }

  private void upload(int count) {
    for (int i = 0; i < count; i++) {
      byte[] jpeg = SampleMedia.jpeg(40, 40);
      String token = new TusClient(server).token();
      uploaded.put(new Sending.ByForm(server, token, jpeg).send(), jpeg);
    }
  }

  private Path database() {
    return folder.resolve("slipway.db");
  }

  private Path media() {
    return folder.resolve("media");
  }

  private void copyDatabase() throws IOException {
    Files.copy(database(), copy.resolve("slipway.db"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void putDatabaseBack() throws IOException {
    Files.copy(copy.resolve("slipway.db"), database(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Names of all files with bytes of visitors, wherever they are in the media folder. */
  private List<String> originals() throws IOException {
    try (Stream<Path> files = Files.walk(media())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{32}"))
          .toList();
    }
  }

  private List<Path> setAside() throws IOException {
    try (Stream<Path> files = Files.walk(media().resolve("set-aside"))) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{32}")).toList();
    }
  }

  private void assertAllThere() {
    ApiClient api = ApiClient.of(server);
    uploaded.forEach((path, jpeg) -> assertThat(api.get(path).body()).isEqualTo(jpeg));
  }

  private Answer compared(int setAside) throws InterruptedException {
    Answer ready = ApiClient.of(server).get("/health/ready");
    for (int i = 0; i < 200 && aside(ready) != setAside; i++) {
      Thread.sleep(50);
      ready = ApiClient.of(server).get("/health/ready");
    }
    assertThat(aside(ready)).isEqualTo(setAside);
    assertThat(ready.status()).isEqualTo(200);
    return ready;
  }

  private static int aside(Answer ready) {
    return ready.json().get("files_set_aside").getAsInt();
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void refusesToStartWithoutTheDatabaseOfItsMedia(Container container) throws IOException {
    upload(2);
    server.stop();
    copyDatabase();
    Files.delete(database());
    assertThatThrownBy(() -> server(container).start())
        .hasMessageContaining(REFUSAL)
        .hasMessageContaining(database().toString())
        .hasMessageContaining(media().toString())
        .hasMessageContaining("belongs-together");
    assertThat(database()).doesNotExist();
    putDatabaseBack();
    server.restart();
    assertAllThere();
  }

  @Test
  void refusesToStartWithADatabaseThatIsEmptyOrNew() throws Exception {
    upload(2);
    server.stop();
    copyDatabase();
    Files.write(database(), new byte[0]);
    assertThatThrownBy(() -> server.restart()).hasMessageContaining(REFUSAL);
    assertThat(database()).isEmptyFile();
    Files.delete(database());
    try (Server other = Server.on(Container.JETTY_12).start()) {
      other.stop();
      Files.copy(other.data().resolve("slipway.db"), database());
    }
    assertThatThrownBy(() -> server.restart()).hasMessageContaining(REFUSAL);
    forgetIdentity(database());
    assertThatThrownBy(() -> server.restart()).hasMessageContaining("has no photos");
    assertThat(originals()).hasSize(2);
    putDatabaseBack();
    server.restart();
    assertAllThere();
  }

  @Test
  void refusesTheMediaOfAnotherAndAFolderThatIsEmpty() throws Exception {
    upload(1);
    server.stop();
    Path aside = Files.move(media(), copy.resolve("media"));
    assertThatThrownBy(() -> server.restart())
        .hasMessageContaining("of 1 files that the database " + database() + " names, 0 are there");
    assertThat(media()).as("such as a place where no disk is mounted").doesNotExist();
    try (Server other = Server.on(Container.JETTY_12).start()) {
      String identity = Files.readString(other.data().resolve("media/identity")).strip();
      other.stop();
      Files.move(other.data().resolve("media"), media());
      assertThatThrownBy(() -> server.restart())
          .hasMessageContaining(REFUSAL)
          .hasMessageContaining(identity)
          .hasMessageContaining(Files.readString(aside.resolve("identity")).strip());
      Files.move(media(), other.data().resolve("media"));
    }
    Files.move(aside, media());
    server.restart();
    assertAllThere();
  }

  @Test
  void changesNothingOfADatabaseOfAnEarlierVersionThatIsRefused() throws Exception {
    upload(1);
    server.stop();
    Files.delete(database());
    String catalogue =
        new String(
            getClass().getResourceAsStream("/db/migration/V1__catalogue.sql").readAllBytes(),
            UTF_8);
    Jdbi.create("jdbc:sqlite:" + database() + "?journal_mode=WAL")
        .useHandle(handle -> handle.createScript(catalogue).execute());
    byte[] before = Files.readAllBytes(database());
    assertThatThrownBy(() -> server.restart())
        .hasMessageContaining("Nothing was changed")
        .hasMessageContaining("has no photos");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
    assertThat(walFile()).doesNotExist();
  }

  @Test
  void tellsWhichFileIsDamagedWhereTheIdentityIsBinary() throws Exception {
    server.stop();
    Files.write(media().resolve("identity"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> server.restart())
        .hasMessageContaining(media().resolve("identity").toString())
        .hasMessageContaining("one line of text");
  }

  @Test
  void setsAsideWhatAnOlderDatabaseDoesNotKnowAndBringsItBackWithTheRightOne() throws Exception {
    upload(1);
    Path foreign = Files.createDirectory(media().resolve("7/lost+found"));
    server.stop();
    copyDatabase();
    Path right = Files.copy(database(), copy.resolve("right.db"));
    server.restart();
    Map<String, byte[]> older = new LinkedHashMap<>(uploaded);
    upload(3);
    server.stop();
    Files.copy(database(), right, StandardCopyOption.REPLACE_EXISTING);
    putDatabaseBack();
    server.restart();
    assertThat(compared(3).json().get("files_missing").getAsInt()).isZero();
    assertThat(setAside()).hasSize(3);
    assertThat(server.log())
        .contains("WARN")
        .contains("Files set aside, as no row of the database knows them: 3, 3 of them newer");
    assertThat(ApiClient.of(server).get("/metrics").text()).contains("slipway_media_set_aside 3");
    assertThat(foreign).exists();
    older.forEach(
        (path, jpeg) -> assertThat(ApiClient.of(server).get(path).body()).isEqualTo(jpeg));

    server.stop();
    Files.copy(right, database(), StandardCopyOption.REPLACE_EXISTING);
    server.restart();
    compared(0);
    assertThat(server.log()).contains("Brought back 3 files");
    assertAllThere();
  }

  /** The README's steps by hand. */
  @Test
  void findsAFileThatWasMovedBackByHand() throws Exception {
    server.stop();
    copyDatabase();
    server.restart();
    upload(1);
    server.stop();
    Path right = Files.copy(database(), copy.resolve("right.db"));
    putDatabaseBack();
    server.restart();
    compared(1);
    server.stop();
    Files.copy(right, database(), StandardCopyOption.REPLACE_EXISTING);
    Path file = setAside().get(0);
    String tree = file.getParent().getFileName().toString();
    Files.move(file, media().resolve(tree).resolve(file.getFileName()));
    server.restart();
    assertAllThere();
    compared(0);
  }

  @Test
  void losesNoFileToADamagedTailOfTheDatabasesLog() throws Exception {
    upload(1);
    server.restart();
    long before = Files.size(walFile());
    upload(3);
    byte[] jpeg = SampleMedia.jpeg(40, 40);
    for (boolean byTus : new boolean[] {false, true}) {
      String token = new TusClient(server).token();
      Sending sending =
          byTus ? new TusSending(server, token, jpeg) : ChunkSending.inOrder(server, token, jpeg);
      uploaded.put(sending.send(), jpeg);
    }
    server.kill();
    byte[] whole = Files.readAllBytes(walFile());
    byte[] damaged = whole.clone();
    int tail = (int) Math.max(before, 32) + 100;
    Arrays.fill(damaged, tail, tail + 4096, (byte) 0);
    Path right = Files.createDirectory(copy.resolve("right"));
    Files.copy(database(), right.resolve("slipway.db"));
    Files.write(right.resolve("slipway.db-wal"), whole);
    Files.write(walFile(), damaged);
    server.restart();
    Answer ready = ApiClient.of(server).get("/health/ready");
    for (int i = 0; i < 200 && aside(ready) == 0; i++) {
      Thread.sleep(50);
      ready = ApiClient.of(server).get("/health/ready");
    }
    assertThat(aside(ready)).isPositive();
    assertThat(originals()).hasSize(6);
    assertThat(server.log()).contains("or has lost its last commits");

    server.stop();
    moveDatabase(folder, Files.createDirectory(copy.resolve("damaged")));
    moveDatabase(right, folder);
    server.restart();
    compared(0);
    assertAllThere();
  }

  /** An upload in pieces of which half has come, and then becomes a photo that is acknowledged. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsTheFileOfAnUploadInPiecesThatAnOlderDatabaseDoesNotKnowAsWhole(boolean byTus)
      throws Exception {
    upload(1);
    byte[] file = SampleMedia.largeJpeg(200 * 1024).get().readAllBytes();
    String token = new TusClient(server).token();
    Sending sending =
        byTus ? new TusSending(server, token, file) : ChunkSending.inOrder(server, token, file);
    if (byTus) {
      String path = ((TusSending) sending).begin();
      new TusClient(server).patch(path, 0, Arrays.copyOf(file, 1000));
    } else {
      ((ChunkSending) sending).begin();
    }
    server.stop();
    copyDatabase();
    server.restart();
    uploaded.put(sending.send(), file);
    server.kill();
    Path right = copy.resolve("right");
    moveDatabase(folder, Files.createDirectory(right));
    putDatabaseBack();
    server.restart();
    compared(1);
    assertThat(originals()).hasSize(2);
    server.stop();
    moveDatabase(folder, Files.createDirectory(copy.resolve("older")));
    moveDatabase(right, folder);
    server.restart();
    compared(0);
    assertAllThere();
  }

  /** Moves the database with its log. */
  private static void moveDatabase(Path from, Path to) throws IOException {
    for (String name : List.of("slipway.db", "slipway.db-wal", "slipway.db-shm")) {
      if (Files.exists(from.resolve(name))) {
        Files.move(from.resolve(name), to.resolve(name));
      }
    }
  }

  private Path walFile() {
    return folder.resolve("slipway.db-wal");
  }

  @Test
  void tellsOfFilesThatAreMissing() throws Exception {
    upload(3);
    server.stop();
    Path lost = keptFiles().get(0);
    Files.delete(lost);
    server.restart();
    for (int i = 0; i < 200 && !server.log().contains("Photos without their file"); i++) {
      Thread.sleep(50);
    }
    assertThat(server.log()).contains("Photos without their file: 1 in").contains(name(lost));
    Answer ready = ApiClient.of(server).get("/health/ready");
    assertThat(ready.json().get("files_missing").getAsInt()).isEqualTo(1);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private List<Path> keptFiles() throws IOException {
    try (Stream<Path> files = Files.walk(media())) {
      return files.filter(file -> name(file).matches("[0-9a-f]{32}")).toList();
    }
  }

  @Test
  void givesAFolderOfBeforeItsIdentity() throws Exception {
    upload(2);
    server.stop();
    forgetIdentity(database());
    Files.delete(media().resolve("identity"));
    server.restart();
    assertThat(Files.readString(media().resolve("identity")).strip()).matches("[0-9a-f-]{36}");
    server.restart();
    assertAllThere();
  }

  private static void forgetIdentity(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("update identity set identity = null");
    }
  }

  @Test
  void opensWhatIsSaidToBelongTogetherOnceAndDeletesItsFilesAfterTheGraceTime() throws Exception {
    upload(2);
    server.stop();
    copyDatabase();
    Files.delete(database());
    Files.createFile(media().resolve("belongs-together"));
    server.restart();
    compared(2);
    assertThat(media().resolve("belongs-together")).doesNotExist();
    server.stop();
    try (Server hasty =
        server(Container.JETTY_12).setting("slipway.media.set-aside", "2s").start()) {
      for (int i = 0; i < 200 && !originals().isEmpty(); i++) {
        Thread.sleep(50);
      }
      assertThat(originals()).isEmpty();
      assertThat(hasty.log()).contains("Deleted 2 files that had been set aside");
    }
  }
}
