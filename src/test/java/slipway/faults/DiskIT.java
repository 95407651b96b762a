package slipway.faults;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

@Execution(ExecutionMode.CONCURRENT)
class DiskIT {
  private static String issue(Server server) {
    Answer answer =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-upload-token",
                Map.of("return_url", "http://a.test/", "max_uploads", "10"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private static Answer upload(Server server, String token, byte[] jpeg) {
    Answer back =
        ApiClient.of(server)
            .post(
                "/api/photo/redeem-upload-token",
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "a.jpg", "image/jpeg", jpeg));
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    return back;
  }

  @Tag("faults")
  @Test
  void bringsTheVisitorBackFromAFullDiskAndKeepsWhatIsStored() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(16);
        Server server = Server.on(Container.JETTY_12).data(disk.folder()).start()) {
      Map<String, byte[]> stored = new HashMap<>();
      byte[] jpeg = SampleMedia.jpeg(900, 900);
      // On a full disk there are no more.
      List<String> tokens = Stream.generate(() -> issue(server)).limit(4).toList();
      Answer back = upload(server, tokens.get(0), jpeg);
      while (back.locationParameters().containsKey("photo_id") && stored.size() < 39) {
        stored.put(back.returnedPath(), jpeg);
        back = upload(server, tokens.get(stored.size() / 10), jpeg);
      }
      assertThat(back.locationParameters().get("error_message")).contains("could not be stored");
      assertThat(stored).isNotEmpty();
      try (DataFolder data = new DataFolder(disk.folder())) {
        assertThat(data.originals()).hasSameSizeAs(stored.keySet());
      }
      disk.grow(64);
      stored.put(upload(server, issue(server), jpeg).returnedPath(), jpeg);
      server.restart();
      ApiClient api = ApiClient.of(server);
      stored.forEach((path, bytes) -> assertThat(api.get(path).body()).isEqualTo(bytes));
    }
  }

  @Tag("faults")
  @Test
  void keepsThePiecesThatFitOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(24);
        Server server = Server.on(Container.JETTY_12).data(disk.folder()).start()) {
      byte[] file = SampleMedia.largeJpeg(5 << 20).get().readAllBytes();
      TusClient tus = new TusClient(server);
      String path = tus.created(issue(server), file.length);
      ChunkSending chunks = ChunkSending.inOrder(server, issue(server), file);
      disk.fill(3 << 20);
      Answer full = tus.patch(path, 0, file);
      assertThat(full.status()).as(full.text()).isEqualTo(503);
      assertThat(full.header("Retry-After")).isPresent();
      assertThatThrownBy(chunks::send).hasMessageContaining("503");
      assertThat(chunks.acknowledged()).isBetween(1, ChunkSending.count(file.length) - 1);

      disk.free();
      int offset = (int) tus.offset(path);
      tus.patch(path, offset, Arrays.copyOfRange(file, offset, file.length));
      String byChunks = chunks.send();
      server.restart();
      assertThat(ApiClient.of(server).get(byChunks).body()).isEqualTo(file);
      assertThat(ApiClient.of(server).get(tus.originalPath(path)).body()).isEqualTo(file);
      try (DataFolder data = new DataFolder(disk.folder())) {
        assertThat(data.incoming()).isEmpty();
        assertThat(data.kept()).hasSize(2);
      }
    }
  }

  @Tag("faults")
  @Test
  void leavesRoomOnADiskThatHasTheMediaOnly(@TempDir Path data) throws Exception {
    try (SmallDisk disk = SmallDisk.in(Files.createDirectory(data.resolve("media")), 16);
        Server server =
            Server.on(Container.JETTY_12)
                .data(data)
                .setting("slipway.health.least-free-bytes", Integer.toString(8 << 20))
                .start()) {
      ApiClient api = ApiClient.of(server);
      byte[] jpeg = SampleMedia.jpeg(20, 20);
      String path = upload(server, issue(server), jpeg).returnedPath();
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      disk.fill(7 << 20);
      await(() -> api.get("/health/ready").status() == 503);
      await(
          () ->
              upload(server, issue(server), jpeg)
                  .locationParameters()
                  .containsKey("error_message"));
      ChunkSending chunks = ChunkSending.inOrder(server, issue(server), jpeg);
      assertThat(message(chunks::send)).contains("503");
      assertThat(api.get(path).body()).isEqualTo(jpeg);
      disk.free();
      assertThat(api.get(chunks.send()).body()).isEqualTo(jpeg);
    }
  }

  @Tag("faults")
  @Test
  void makesTheRenditionsOnceTheDiskIsFullNoMore() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(32)) {
      Server.Builder without =
          Server.on(Container.JETTY_12).setting("slipway.rendition.threads", "0");
      try (Server server = without.data(disk.folder()).start()) {
        upload(server, issue(server), SampleMedia.jpeg(1300, 1000)).returnedPath();
      }
      disk.fill(400 << 10);
      Server.Builder with =
          Server.on(Container.JETTY_12).withRenditions().setting("slipway.log.level", "debug");
      try (Server server = with.data(disk.folder()).start();
          DataFolder data = new DataFolder(disk.folder())) {
        await(() -> server.log().split("Could not make the renditions", -1).length > 2);
        assertThat(server.log()).containsOnlyOnce("There is no room to make pictures");
        assertThat(data.renditions("waiting")).isEqualTo(1);
        disk.free();
        await(() -> data.renditions("done") == 1);
        assertThat(data.withoutRenditions()).isEmpty();
        assertThat(data.unfinishedRenditions()).isZero();
      }
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int waited = 0; !condition.getAsBoolean(); waited += 100) {
      assertThat(waited).as("milliseconds waited").isLessThan(60_000);
      Thread.sleep(100);
    }
  }

  @Tag("faults")
  @Test
  void doesNotStartOnAFolderItCannotWriteTo() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(4)) {
      disk.makeReadOnly();
      assertThatThrownBy(() -> Server.on(Container.JETTY_12).data(disk.folder()).start())
          .hasMessageContaining("Slipway could not start")
          .hasMessageContaining(disk.folder().toString());
    }
  }

  @Tag("faults")
  @Test
  void saysSoWhileTheDatabaseIsLockedAndGoesOnAfterwards() throws Exception {
    try (Server server = Server.on(Container.JETTY_12).start()) {
      String token = issue(server);
      byte[] jpeg = SampleMedia.jpeg(20, 20);
      TusClient tus = new TusClient(server);
      String path = tus.created(issue(server), jpeg.length);
      ChunkSending chunks = ChunkSending.inOrder(server, issue(server), jpeg);
      String url = "jdbc:sqlite:" + server.data().resolve("slipway.db");
      try (Connection other = DriverManager.getConnection(url);
          Statement statement = other.createStatement()) {
        statement.execute("begin immediate");
        // All at once, as each waits a while for the lock.
        var form = supplyAsync(() -> upload(server, token, jpeg).locationParameters());
        var piece = supplyAsync(() -> tus.patch(path, 0, jpeg));
        var chunk = supplyAsync(() -> message(chunks::send));
        var issued = supplyAsync(() -> message(() -> issue(server)));
        assertThat(form.join().get("error_message")).contains("could not be stored");
        assertThat(piece.join().status()).isEqualTo(503);
        assertThat(piece.join().header("Retry-After")).isPresent();
        assertThat(chunk.join()).contains("503");
        assertThat(issued.join()).contains("503");
        statement.execute("rollback");
      }
      assertThat(ApiClient.of(server).get(upload(server, token, jpeg).returnedPath()).body())
          .isEqualTo(jpeg);
      int offset = (int) tus.offset(path);
      tus.patch(path, offset, Arrays.copyOfRange(jpeg, offset, jpeg.length));
      assertThat(ApiClient.of(server).get(tus.originalPath(path)).body()).isEqualTo(jpeg);
      assertThat(ApiClient.of(server).get(chunks.send()).body()).isEqualTo(jpeg);
      try (DataFolder data = new DataFolder(server.data())) {
        assertThat(data.originals()).hasSize(3);
        assertThat(data.spent(token)).isEqualTo(1);
      }
    }
  }

  /** A description of the fault. */
  private static String message(Runnable call) {
    try {
      call.run();
      return "nothing";
    } catch (AssertionError e) {
      return e.getMessage();
    }
  }
}
