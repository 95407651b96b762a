package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/**
 * Starts with a database that does not fit the media: none of them loses an original. Which do not
 * fit is {@link slipway.BelongTogetherTest}'s. Each test leaves database and media that fit.
 */
@Tag("faults")
class RestoreIT {
  private static final String REFUSAL = "database and media folder do not belong together";

  @TempDir static Path folder;
  @TempDir Path copy;
  private static final Map<String, byte[]> uploaded = new LinkedHashMap<>();
  private static Server server;
  private static int logged;

  @BeforeAll
  static void start() {
    server = server(Container.JETTY_12).start();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Server.Builder server(Container container) {
    return Server.on(container).data(folder).setting("slipway.rendition.threads", "0");
  }

  private static void restart() {
    logged = server.log().length();
    server.restart();
  }

  /** What was logged since the last start. */
  private static String log() {
    return server.log().substring(logged);
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

  /** By SQLite's own back-up, as the server may run. */
  private void copyDatabase() throws SQLException {
    try (Connection running = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = running.createStatement()) {
      statement.execute("backup to '" + copy.resolve("slipway.db") + "'");
    }
  }

  private void putDatabaseBack() throws IOException {
    Files.copy(copy.resolve("slipway.db"), database(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Has the copy be of the moment when the last piece of an upload had come, and no photo was. */
  private void allCame(int before, int length) throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("slipway.db"));
        Statement statement = database.createStatement()) {
      String came = "update chunked_upload set received = '0-%d' where received = '0-%d'";
      assertThat(statement.executeUpdate(came.formatted(length, before))).isEqualTo(1);
    }
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

  /** The comparison is made in the background; its figures are of nothing before. */
  private static Answer compared(int setAside) {
    Await.until("files compared", () -> ready().json().get("compared").getAsBoolean());
    Answer ready = ready();
    assertThat(aside(ready)).isEqualTo(setAside);
    assertThat(ready.status()).isEqualTo(200);
    return ready;
  }

  private static Answer ready() {
    return ApiClient.of(server).get("/health/ready");
  }

  private static int aside(Answer ready) {
    return ready.json().get("files_set_aside").getAsInt();
  }

  private void refuses(Container container) {
    assertThatThrownBy(() -> server(container).start())
        .hasMessageContaining(REFUSAL)
        .hasMessageContaining(database().toString())
        .hasMessageContaining(media().toString())
        .hasMessageContaining("belongs-together");
  }

  @Test
  void opensWithoutItsDatabaseOnlyWhatIsSaidToBelongTogetherAndThatOnce() throws Exception {
    upload(3);
    int all = uploaded.size();
    server.stop();
    copyDatabase();
    Files.delete(database());
    for (Container container : Container.values()) {
      refuses(container);
      assertThat(database()).doesNotExist();
    }
    Path said = Files.createFile(media().resolve("belongs-together"));
    restart();
    compared(all);
    assertThat(said).doesNotExist();

    server.stop();
    putDatabaseBack();
    assertThat(originals()).hasSize(all);
    Path lost = setAside().get(0);
    Files.delete(lost);
    restart();
    Answer ready = compared(0);
    assertThat(ready.json().get("files_missing").getAsInt()).isEqualTo(1);
    assertThat(log()).contains("Photos without their file: 1 in").contains(name(lost));
    ApiClient api = ApiClient.of(server);
    List<String> missing =
        uploaded.entrySet().stream()
            .filter(one -> !Arrays.equals(api.get(one.getKey()).body(), one.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(missing).hasSize(1);
    forget(missing.get(0));
  }

  /** Deletes a photo, which the next test would miss. */
  private static void forget(String path) {
    Map<String, String> photo = Map.of("photo_id", path.split("/", -1)[2]);
    Answer deleted = ApiClient.withKey(server).post("/api/photo/delete", photo);
    assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    uploaded.remove(path);
  }

  /** Uploads in pieces of which half had come became photos that are acknowledged. */
  @Test
  void setsAsideWhatAnOlderDatabaseDoesNotKnowAndBringsItBackWithTheRightOne() throws Exception {
    upload(1);
    Path foreign = Files.createDirectory(media().resolve("7/lost+found"));
    byte[] file = SampleMedia.largeJpeg(200 * 1024).get().readAllBytes();
    TusClient client = new TusClient(server);
    TusSending tus = new TusSending(server, client.token(), file);
    String taken = tus.begin();
    client.patch(taken, 0, Arrays.copyOf(file, 1000));
    ChunkSending chunks = ChunkSending.inOrder(server, client.token(), file);
    chunks.begin();
    copyDatabase();
    Map<String, byte[]> older = new LinkedHashMap<>(uploaded);
    Thread.sleep(1_100); // names of files tell which is newer, by the second
    upload(3);
    uploaded.put(tus.send(), file);
    uploaded.put(chunks.send(), file);
    server.kill();
    Path right = copy.resolve("right");
    moveDatabase(folder, Files.createDirectory(right));
    allCame(1000, file.length);
    putDatabaseBack();
    restart();
    assertThat(compared(4).json().get("files_missing").getAsInt()).isZero();
    assertThat(setAside()).hasSize(4);
    assertThat(client.patch(taken, 0, new byte[1]).status()).isEqualTo(409);
    assertThat(client.send("DELETE", taken).status()).isEqualTo(204);
    assertThat(setAside()).hasSize(5);
    assertThat(originals()).hasSize(uploaded.size());
    assertThat(log())
        .contains("WARN")
        .contains("or has lost its last commits")
        // The pieces may have begun in the second of the upload before them.
        .containsPattern(
            "Files set aside, because no row of the database refers to them: 4, [34] of them newer");
    assertThat(ApiClient.of(server).get("/metrics").text()).contains("slipway_media_set_aside 4");
    assertThat(foreign).exists();
    older.forEach(
        (path, jpeg) -> assertThat(ApiClient.of(server).get(path).body()).isEqualTo(jpeg));

    server.stop();
    moveDatabase(folder, Files.createDirectory(copy.resolve("older")));
    moveDatabase(right, folder);
    restart();
    compared(0);
    assertThat(log()).contains("brought back because the database refers to them: 5");
    assertAllThere();
  }

  @Test
  void losesNoFileToADamagedTailOfTheDatabasesLog() throws Exception {
    upload(1);
    emptyLog();
    long before = Files.size(walFile());
    Thread.sleep(1_100); // names of files tell which is newer, by the second
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
    restart();
    Await.until("files compared", () -> ready().json().get("compared").getAsBoolean());
    assertThat(aside(ready())).isPositive();
    assertThat(originals()).hasSize(uploaded.size());
    assertThat(log()).contains("or has lost its last commits");

    server.stop();
    moveDatabase(folder, Files.createDirectory(copy.resolve("damaged")));
    moveDatabase(right, folder);
    restart();
    compared(0);
    assertAllThere();
  }

  private void emptyLog() throws SQLException {
    try (Connection running = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = running.createStatement()) {
      statement.execute("pragma wal_checkpoint(truncate)");
    }
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

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
