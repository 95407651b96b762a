package slipway.faults;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Faults;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/**
 * The flush of the database's log fails when a photo is committed: row and file agree all along.
 */
class FailedCommitIT {
  private static final String LOG = "*/slipway.db-wal";

  /** A way by which a file becomes that of a photo. */
  private enum Way {
    FORM(0),
    UPLOAD(0),
    REPLACE(0),
    CHUNKS(1),
    TUS(1),
    PARTS(2);

    /** Commits of the last request before that of the photo. */
    private final int commits;

    Way(int commits) {
      this.commits = commits;
    }
  }

  /** One upload that lacks its last request. */
  private static final class Upload {
    private final Way way;
    private final byte[] file = SampleMedia.jpeg(40, 40);
    private final String token = new TusClient(server).token();
    private final TusClient tus = new TusClient(server);
    private final ChunkSending chunks = new ChunkSending(server, token, file, List.of(1));
    private String path;
    private String photoId;

    Upload(Way way) {
      this.way = way;
      if (way == Way.TUS) {
        path = tus.created(token, file.length);
        tus.patch(path, 0, Arrays.copyOf(file, 20));
      } else if (way == Way.PARTS) {
        path = part(0, 20) + " " + part(20, file.length);
      } else if (way == Way.CHUNKS) {
        ApiClient.of(server).post(Sending.REDEEM, chunk(1));
      } else if (way == Way.REPLACE) {
        Answer first =
            ApiClient.withKey(server).post("/api/photo/upload", form(SampleMedia.jpeg(9, 9)));
        path = first.uploadedPath();
        photoId = path.split("/", -1)[2];
      }
    }

    private String part(int from, int to) {
      String part = tus.created(token, to - from, "Upload-Concat", "partial");
      assertThat(tus.patch(part, 0, Arrays.copyOfRange(file, from, to)).status()).isEqualTo(204);
      return part;
    }

    private Multipart form(byte[] bytes) {
      return new Multipart().field("format", "json").file("file", "a.jpg", "image/jpeg", bytes);
    }

    /** One of two chunks. */
    private Multipart chunk(int number) {
      int half = file.length / 2;
      Multipart form = new Multipart();
      chunks
          .fields(number)
          .forEach(
              (name, value) ->
                  form.field(name, name.equals("resumableChunkSize") ? half + "" : value));
      byte[] bytes =
          number == 1 ? Arrays.copyOf(file, half) : Arrays.copyOfRange(file, half, file.length);
      return form.file("file", "blob", "image/jpeg", bytes);
    }

    Answer end() {
      ApiClient api = ApiClient.of(server);
      return switch (way) {
        case FORM -> api.post(Sending.REDEEM, form(file).field("upload_token", token));
        case UPLOAD -> api.withKey(server.key()).post("/api/photo/upload", form(file));
        case REPLACE ->
            api.withKey(server.key())
                .post("/api/photo/replace", form(file).field("photo_id", photoId));
        case CHUNKS -> api.post(Sending.REDEEM, chunk(2));
        case PARTS -> tus.concatenated(token, path);
        case TUS -> {
          Answer head = tus.send("HEAD", path);
          if (head.status() != 200) {
            yield head;
          }
          int offset = (int) tus.offset(path);
          yield tus.patch(path, offset, Arrays.copyOfRange(file, offset, file.length));
        }
      };
    }

    private boolean hasToken() {
      return way != Way.UPLOAD && way != Way.REPLACE;
    }

    /** It is a photo, and there are no others but those of these files. */
    private void assertStored(DataFolder data, byte[]... others) throws Exception {
      assertThat(data.kept()).containsExactlyInAnyOrderElementsOf(data.mediaKeys());
      assertThat(data.spent(token)).isEqualTo(hasToken() ? 1 : 0);
      List<byte[]> files = new ArrayList<>(List.of(others));
      files.add(file);
      ApiClient api = ApiClient.of(server);
      assertThat(data.paths().stream().map(path -> api.get(path).body()))
          .containsExactlyInAnyOrderElementsOf(files);
    }
  }

  /** One that has its own code for the end; all of them in {@code mvn -Pfaults verify}. */
  private static Stream<Way> ways(Way one) {
    return AnyContainer.ALL ? Stream.of(Way.values()) : Stream.of(one);
  }

  static Stream<Way> tus() {
    return ways(Way.TUS);
  }

  static Stream<Way> replace() {
    return ways(Way.REPLACE);
  }

  static Stream<Way> parts() {
    return ways(Way.PARTS);
  }

  private static Faults disk;
  private static Server server;

  /** The log of the server at its last start. */
  private static int logged;

  /** The faults made by earlier tests. */
  private int madeBefore;

  @TempDir Path copy;

  @BeforeAll
  static void start() {
    disk = FaultyServer.get().disk();
    server = FaultyServer.get().server();
  }

  @BeforeEach
  void begin() throws IOException {
    deletePhotos();
    count();
  }

  private void count() {
    madeBefore = disk.made().size();
  }

  private int made() {
    return disk.made().size() - madeBefore;
  }

  /** The next test gets a healthy disk and no photo. */
  @AfterEach
  void end() throws IOException {
    disk.end();
    deletePhotos();
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.kept()).isEmpty();
    }
  }

  private static void deletePhotos() throws IOException {
    try (DataFolder data = new DataFolder(server.data())) {
      for (String photo : data.photoIds()) {
        Map<String, String> id = Map.of("photo_id", photo);
        assertThat(ApiClient.withKey(server).post("/api/photo/delete", id).status()).isEqualTo(200);
      }
    }
  }

  private static void killAndStart() {
    server.kill();
    disk.end();
    logged = server.log().length();
    server.restart();
  }

  private static void awaitSetAside() {
    Await.until(
        "files set aside", () -> server.log().substring(logged).contains("Files set aside"));
  }

  /** After a kill, too, in {@code mvn -Pfaults verify}. */
  @ParameterizedTest
  @MethodSource("tus")
  void takesAnUploadAgainWhoseCommitWasNotFlushed(Way way) throws Exception {
    Upload upload = new Upload(way);
    disk.failFlushLate(LOG, way.commits, 1, 0);
    assertThat(upload.end().status()).isGreaterThanOrEqualTo(500);
    assertThat(made()).isOne();
    try (DataFolder data = new DataFolder(server.data());
        DataFolder killed = DataFolder.afterAKill(server.data(), copy)) {
      assertThat(data.kept()).containsExactlyElementsOf(data.mediaKeys());
      assertThat(data.spent(upload.token)).isZero();
      assertThat(killed.mediaKeys()).containsExactlyElementsOf(data.mediaKeys());
      assertThat(killed.spent(upload.token)).isZero();
    }
    if (AnyContainer.ALL) {
      killAndStart();
    }
    assertThat(upload.end().status()).isLessThan(400);
    try (DataFolder data = new DataFolder(server.data())) {
      upload.assertStored(data);
    }
  }

  /** Beside it is a photo whose file was lost at first. */
  @ParameterizedTest
  @MethodSource("replace")
  void keepsTheFileUntilTheDatabaseHasToldWhetherItHasTheRow(Way way) throws Exception {
    Upload upload = new Upload(way);
    Upload other = new Upload(Way.FORM);
    disk.loseFlush("*/media/incoming/*", 1);
    assertThat(other.end().status()).isEqualTo(503);
    assertThat(other.end().status()).isEqualTo(200);
    failWhileCommitting(upload);
    assertThat(upload.end().status()).as("what is in doubt is not used again").isGreaterThan(403);
    try (DataFolder data = new DataFolder(server.data());
        DataFolder killed = DataFolder.afterAKill(server.data(), copy)) {
      assertThat(data.kept())
          .hasSize(way == Way.REPLACE ? 3 : 2)
          .containsAll(killed.mediaKeys())
          .containsAll(data.mediaKeys());
      assertThat(killed.mediaKeys()).as("with the row that is in doubt").hasSize(2);
    }
    killAndStart();
    if (way == Way.REPLACE) {
      awaitSetAside();
    }
    try (DataFolder data = new DataFolder(server.data())) {
      upload.assertStored(data, other.file);
      assertThat(data.spent(other.token)).isOne();
    }
  }

  @Tag("faults")
  @ParameterizedTest
  @MethodSource("parts")
  void goesOnAfterADoubtWithoutARestart(Way way) throws Exception {
    Upload upload = new Upload(way);
    failWhileCommitting(upload);
    disk.end();
    assertThat(ApiClient.of(server).get("/health/ready").status()).isEqualTo(200);
    assertThat(upload.end().status()).isLessThan(400);
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.spent(upload.token)).isEqualTo(upload.hasToken() ? 1 : 0);
      assertThat(data.mediaKeys()).hasSize(1);
      assertThat(data.kept()).containsAll(data.mediaKeys());
    }
    killAndStart();
    if (way == Way.FORM || way == Way.UPLOAD || way == Way.REPLACE) {
      awaitSetAside();
    }
    try (DataFolder data = new DataFolder(server.data())) {
      upload.assertStored(data);
    }
  }

  /** What follows the photo is not told as if there were none. */
  @Tag("faults")
  @Test
  void tellsOfThePhotoThoughItsPartsCannotBeRemovedAndTellsItAgain() throws Exception {
    Upload upload = new Upload(Way.PARTS);
    disk.failFlushLate(LOG, Way.PARTS.commits + 1, 1, 0);
    Answer first = upload.end();
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(made()).isOne();
    Answer again = upload.end();
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    killAndStart();
    assertThat(upload.end().header("Location")).isEqualTo(first.header("Location"));
    try (DataFolder data = new DataFolder(server.data())) {
      upload.assertStored(data);
    }
  }

  /** An upload of a token of one use, which has some bytes, or none. */
  private static final class Begun {
    private final TusClient tus = new TusClient(server);
    private final byte[] file = SampleMedia.jpeg(60, 40);
    private final String token = tus.token();
    private final int bytes;
    private final String[] key;
    private final String path;

    Begun(int bytes, String... key) {
      this.bytes = bytes;
      this.key = key;
      this.path = TusClient.path(create());
    }

    Answer create() {
      return tus.createWith(token, file.length, Arrays.copyOf(file, bytes), key);
    }

    String createdAgain() {
      Answer again = create();
      assertThat(again.status()).as(again.text()).isEqualTo(201);
      assertThat(again.header("Upload-Offset")).contains(Integer.toString(bytes));
      return TusClient.path(again);
    }

    void assertGoesOnAt(String address) {
      byte[] rest = Arrays.copyOfRange(file, bytes, file.length);
      assertThat(tus.patch(address, bytes, rest).status()).isEqualTo(204);
      assertThat(ApiClient.of(server).get(tus.originalPath(address)).body()).isEqualTo(file);
    }
  }

  static Stream<Arguments> begun() {
    String[] key = {"Idempotency-Key", "one"};
    return Stream.of(
        Arguments.of(1, 700, key), Arguments.of(4, 700, key), Arguments.of(4, 0, new String[0]));
  }

  /** Its client asks again for an upload, which is to get another address. */
  @ParameterizedTest
  @MethodSource("begun")
  void keepsAnUploadThatCouldNotBeGivenAnotherAddress(int failing, int bytes, String[] key) {
    Begun upload = new Begun(bytes, key);
    disk.failFlush(LOG, failing);
    assertThat(upload.create().status()).isEqualTo(503);
    disk.end();
    assertThat(upload.tus.offset(upload.path)).isEqualTo(bytes);
    String next = upload.createdAgain();
    assertThat(upload.tus.send("HEAD", upload.path).status()).isEqualTo(404);
    upload.assertGoesOnAt(next);
  }

  /** The writer is stuck for longer than the request waits, and has done its work at last. */
  @Tag("faults")
  @Test
  void findsAnUploadAgainThatGotAnotherAddressAfterAll() {
    Begun upload = new Begun(700, "Idempotency-Key", "one");
    disk.stallFlush(LOG, 1, 33_000);
    assertThat(upload.create().status()).isEqualTo(503);
    Await.until("a writer that is well", () -> upload.create().status() == 201);
    upload.assertGoesOnAt(upload.createdAgain());
  }

  /** After the start there is one use and one upload, as its row is that of no other. */
  @Tag("faults")
  @Test
  void givesTheUseOfARemovedUploadOnceItsRowIsGone() {
    Begun upload = new Begun(0);
    disk.failFlush(LOG, 1000);
    assertThat(upload.tus.send("DELETE", upload.path).status()).isEqualTo(503);
    assertThat(upload.create().status()).isEqualTo(503);
    assertThat(upload.tus.send("HEAD", upload.path).status()).isEqualTo(503);
    disk.end();
    String next = upload.createdAgain();
    assertThat(upload.tus.patch(next, 0, Arrays.copyOf(upload.file, 500)).status()).isEqualTo(204);
    killAndStart();
    assertThat(upload.tus.offset(next)).isEqualTo(500);
    assertThat(upload.tus.send("HEAD", upload.path).status()).isEqualTo(404);
    upload.tus.patch(next, 500, Arrays.copyOfRange(upload.file, 500, upload.file.length));
    assertThat(upload.tus.send("GET", next).status()).isEqualTo(200);
  }

  /** A form waits for the use, which comes back without anybody's asking for the upload. */
  @Test
  void givesTheUseOfAnUploadBackWhoseRowMayHaveBeenWritten() {
    TusClient tus = new TusClient(server);
    String token = tus.token();
    disk.failFlush(LOG, 1000);
    assertThat(tus.create(token, 1000, "Idempotency-Key", "one").status()).isEqualTo(503);
    disk.end();
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9));
    Await.until("a use", () -> ApiClient.of(server).post(Sending.REDEEM, form).status() == 200);
  }

  static IntStream failing() {
    return AnyContainer.ALL ? IntStream.of(1, 4, 1000) : IntStream.of(4);
  }

  /** Its clients give a file up at 415. */
  @ParameterizedTest
  @MethodSource("failing")
  void takesTheFirstChunkAgainThoughNobodyKnowsWhetherItsUploadHasARow(int failing) {
    byte[] file = SampleMedia.jpeg(60, 50);
    int half = file.length / 2;
    ChunkStyle style = ChunkStyle.RESUMABLE_BODY;
    String token = new TusClient(server).token();
    Map<String, String> first = style.fields(token, 1, half, 2 * half);
    disk.failFlush(LOG, failing);
    assertThat(style.send(server, first, Arrays.copyOf(file, half)).status()).isEqualTo(503);
    disk.end();
    assertThat(style.send(server, first, Arrays.copyOf(file, half)).status()).isEqualTo(200);
    Map<String, String> second = style.fields(token, 2, half, 2 * half);
    Answer stored = style.send(server, second, Arrays.copyOfRange(file, half, 2 * half));
    assertThat(ApiClient.of(server).get(stored.uploadedPath()).body())
        .isEqualTo(Arrays.copyOf(file, 2 * half));
  }

  /** The commit is not flushed, and nothing can be written after it. */
  private void failWhileCommitting(Upload upload) throws Exception {
    disk.end();
    count();
    disk.failFlushLate(LOG, upload.way.commits, 1, 1000);
    CompletableFuture<Answer> answer = supplyAsync(upload::end);
    Await.until("a flush that fails", () -> made() > 0);
    disk.end();
    disk.failWrite(LOG, 1_000_000, Faults.EIO);
    assertThat(answer.join().status()).isGreaterThanOrEqualTo(500);
  }
}
