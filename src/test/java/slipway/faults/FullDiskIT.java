package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.NewDatabase;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;
import slipway.http.upload.tus.TusClient;

/** A disk without room takes nothing new, and lets go of what it has. */
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIT {
  private static final int LEAST = 8 << 20;
  private static final int RESERVE = 8 << 20;

  private static Server start(SmallDisk disk, long leastFree) throws IOException {
    NewDatabase.put(disk.folder().resolve("slipway.db"));
    return Server.on(Container.JETTY_12)
        .data(disk.folder())
        .setting("slipway.rendition.threads", "0")
        .setting("slipway.health.least-free-bytes", Long.toString(leastFree))
        .start();
  }

  private static Answer issued(Server server) {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
  }

  private static String issue(Server server) {
    Answer answer = issued(server);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private static Map<String, String> upload(Server server, String token, byte[] jpeg) {
    return back(server, token, jpeg).locationParameters();
  }

  private static Answer back(Server server, String token, byte[] jpeg) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", jpeg);
    Answer back = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    return back;
  }

  private static void awaitReserve(SmallDisk disk) throws Exception {
    Path reserve = disk.folder().resolve("reserve");
    for (int i = 0; i < 300 && !(Files.exists(reserve) && Files.size(reserve) >= RESERVE); i++) {
      Thread.sleep(100);
    }
    assertThat(reserve).hasSize(RESERVE);
  }

  @Test
  void deletesPhotosAndTakesPermissionsAwayThoughTheDiskIsFull() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(48);
        Server server = start(disk, 1)) {
      byte[] jpeg = SampleMedia.jpeg(900, 900);
      String token = issue(server);
      Map<String, String> photo = upload(server, token, jpeg);
      List<String> kept =
          new ArrayList<>(List.of(back(server, issue(server), jpeg).returnedPath()));
      String unused = issue(server);
      Catalogue site = new Catalogue(server);
      String album = site.make("album/create", "album_id", "title", "a");
      String hook = site.make("webhook/create", "webhook_id", "url", "https://a.test/");
      awaitReserve(disk);
      disk.fill(jpeg.length / 2);
      assertThat(upload(server, unused, jpeg).get("error_message")).contains("could not be stored");
      try (DataFolder data = new DataFolder(disk.folder())) {
        assertThat(data.originals()).hasSize(2);
        assertThat(data.spent(unused)).isZero();
      }
      disk.fillMore();
      Answer full = issued(server);
      for (int i = 0; i < 2000 && full.status() == 200; i++) {
        full = issued(server);
      }
      assertThat(full.status()).as(full.text()).isEqualTo(507);
      assertThat(full.header("Retry-After")).isPresent();
      assertThat(full.xml("/response/@code")).isEqualTo("server_error");
      ApiClient api = ApiClient.withKey(server);
      Answer deleted = api.post("/api/photo/delete", Map.of("photo_id", photo.get("photo_id")));
      assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
      try (DataFolder data = new DataFolder(disk.folder())) {
        assertThat(data.kept()).hasSize(1);
      }
      Answer revoked = api.post("/api/upload-token/revoke", Map.of("upload_token", token));
      assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
      // The space of the photo's file goes to others.
      disk.fillMore();
      assertThat(issued(server).status()).isEqualTo(507);
      for (Answer done :
          List.of(
              site.call("album/delete", "album_id", album),
              site.call("webhook/delete", "webhook_id", hook))) {
        assertThat(done.status()).as(done.text()).isEqualTo(200);
      }
      assertThat(site.call("album/update", "album_id", album, "title", "b").status())
          .isEqualTo(404);
      disk.free();
      kept.add(back(server, unused, jpeg).returnedPath());
      if (AnyContainer.ALL) {
        server.restart();
        awaitReserve(disk);
      }
      assertThat(kept).allSatisfy(path -> assertThat(api.get(path).body()).isEqualTo(jpeg));
    }
  }

  /** Each takes more room in the log than its file gives, and the log starts over at 16 MB only. */
  @Tag("faults")
  @Test
  void deletesPhotoAfterPhotoThoughTheDiskIsFull() throws Exception {
    int photos = 70;
    try (SmallDisk disk = SmallDisk.ofMegabytes(48);
        Server server = start(disk, 1)) {
      List<String> ids = new ArrayList<>();
      byte[] png = SampleMedia.png(4, 4);
      for (int i = 0; i < photos; i += 10) {
        String token = new TusClient(server).token("max_uploads", "10");
        for (int k = 0; k < 10; k++) {
          ids.add(upload(server, token, png).get("photo_id"));
        }
      }
      awaitReserve(disk);
      disk.fill(0);
      delete(server, ids.subList(0, photos - 10));
      // The space of the files goes to others.
      disk.fillMore();
      delete(server, ids.subList(photos - 10, photos - 5));
      server.restart();
      disk.fillMore();
      delete(server, ids.subList(photos - 5, photos));
      assertThat(Files.size(disk.folder().resolve("slipway.db-wal"))).isLessThan(1 << 20);
    }
  }

  private static void delete(Server server, List<String> photos) {
    ApiClient api = ApiClient.withKey(server);
    for (String photo : photos) {
      Answer deleted = api.post("/api/photo/delete", Map.of("photo_id", photo));
      assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    }
  }

  @Tag("faults")
  @Test
  void startsOnAFullDiskWithAFullLog() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(48);
        Server server = start(disk, 1)) {
      String token = issue(server);
      String photo = upload(server, token, SampleMedia.png(4, 4)).get("photo_id");
      awaitReserve(disk);
      Path log = disk.folder().resolve("slipway.db-wal");
      for (int i = 0; i < 100 && Files.size(log) < 600 << 10; i++) {
        issue(server);
      }
      server.kill();
      disk.fill(0);
      long before = Files.size(log);
      server.restart();
      assertThat(Files.size(log)).isLessThan(before);
      delete(server, List.of(photo));
    }
  }

  @Tag("faults")
  @Test
  void givesTheUseBackOfAFormThatFindsTheDiskFullInTheMidstOfItsFile() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(48);
        Server server = start(disk, LEAST)) {
      String token = issue(server);
      byte[] file = SampleMedia.largeJpeg(6 << 20).get().readAllBytes();
      byte[] body = body(token, file);
      try (RawConnection visitor = RawConnection.to(server)) {
        visitor.send(
            "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a.test\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\n"
                + ("Content-Length: " + body.length + "\r\n\r\n"));
        visitor.send(Arrays.copyOf(body, 2 << 20));
        for (int i = 0; i < 300 && IncomingFolder.bytes(server) < 1 << 20; i++) {
          Thread.sleep(100);
        }
        disk.fill(LEAST - (64 << 10));
        Thread.sleep(1100); // The disk is asked every second.
        visitor.send(Arrays.copyOfRange(body, 2 << 20, body.length));
        Answer back = visitor.answer().orElseThrow();
        assertThat(back.status()).isEqualTo(301);
        assertThat(back.locationParameters().get("error_message")).contains("no room for it now");
      }
      assertThat(IncomingFolder.bytes(server)).isZero();
      for (int i = 0; i < 3; i++) {
        assertThat(upload(server, token, file)).containsKey("error_message");
      }
      assertThat(server.log()).containsOnlyOnce("The disk is full");
      disk.free();
      Thread.sleep(1100);
      assertThat(upload(server, token, file)).containsKey("photo_id");
    }
  }

  /** Several finals at once: as many as there is room for, each whole or not at all. */
  @Tag("faults")
  @Test
  void putsNoPartsTogetherBeyondTheRoomThatMustStayFree() throws Exception {
    int least = 24 << 20;
    byte[] file = SampleMedia.largeJpeg(6 << 20).get().readAllBytes();
    try (SmallDisk disk = SmallDisk.ofMegabytes(96);
        Server server = start(disk, least)) {
      TusClient tus = new TusClient(server);
      Map<String, String> parts = new HashMap<>();
      for (int i = 0; i < 6; i++) {
        String token = issue(server);
        parts.put(token, tus.created(token, file.length, "Upload-Concat", "partial"));
        assertThat(tus.patch(parts.get(token), 0, file).status()).isEqualTo(204);
      }
      disk.fill(least + 2L * file.length + (1 << 20));
      Thread.sleep(1100); // The disk is asked every second.
      AtomicBoolean isOver = new AtomicBoolean();
      CompletableFuture<Long> leastFree = inThread(() -> least(disk, isOver));
      List<CompletableFuture<Answer>> finals =
          parts.entrySet().stream()
              .map(one -> inThread(() -> tus.concatenated(one.getKey(), one.getValue())))
              .toList();
      List<Integer> statuses = finals.stream().map(one -> one.join().status()).toList();
      isOver.set(true);
      assertThat(statuses).contains(201).isSubsetOf(201, 503);
      // The database writes beside it.
      assertThat(leastFree.join()).isGreaterThan(least - (2L << 20));
      assertThat(IncomingFolder.bytes(server))
          .isEqualTo(Collections.frequency(statuses, 503) * (long) file.length);
    }
  }

  private static <T> CompletableFuture<T> inThread(Supplier<T> act) {
    return CompletableFuture.supplyAsync(act, begin -> new Thread(begin).start());
  }

  /** The least that a disk has free until something is over. */
  private static long least(SmallDisk disk, AtomicBoolean isOver) {
    long least = Long.MAX_VALUE;
    while (!isOver.get()) {
      least = Math.min(least, disk.folder().toFile().getUsableSpace());
      LockSupport.parkNanos(200_000);
    }
    return least;
  }

  private static byte[] body(String token, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        """
        --b
        Content-Disposition: form-data; name="upload_token"

        %s
        --b
        Content-Disposition: form-data; name="file"; filename="a.jpg"
        Content-Type: image/jpeg

        """;
    body.writeBytes(head.formatted(token).replace("\n", "\r\n").getBytes(US_ASCII));
    body.writeBytes(file);
    body.writeBytes("\r\n--b--\r\n".getBytes(US_ASCII));
    return body.toByteArray();
  }
}
