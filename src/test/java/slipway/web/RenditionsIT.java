package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.media.ExifBomb;
import slipway.media.Samples;

class RenditionsIT {
  private static final String PROGRESS = "/api/photo/get-transcoding-progress";

  private static Map<String, String> upload(Server server, byte[] file) {
    String token =
        ApiClient.withKey(server)
            .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
            .xml("/response/upload_token");
    return ApiClient.of(server)
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file))
        .locationParameters();
  }

  private static String path(Map<String, String> photo, String rendition) {
    return "/%s/%s/%s/%s"
        .formatted(photo.get("tree_id"), photo.get("photo_id"), photo.get("token"), rendition);
  }

  private static Answer progress(Server server, Map<String, String> photo) {
    Map<String, String> said =
        Map.of("photo_id", photo.get("photo_id"), "token", photo.get("token"));
    return ApiClient.of(server).get(PROGRESS, said);
  }

  private static String awaitEnd(Server server, Map<String, String> photo) throws Exception {
    for (int i = 0; i < 600; i++) {
      String state = progress(server, photo).xml("/response/state");
      if (!state.equals("waiting")) {
        return state;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Still waiting:\n" + server.log());
  }

  @ParameterizedTest
  @AnyContainer
  void servesRenditionsOfAPicture(Container container) throws Exception {
    Server server = Server.shared(container);
    Map<String, String> photo = upload(server, SampleMedia.jpeg(700, 350));
    assertThat(awaitEnd(server, photo)).isEqualTo("done");
    assertThat(progress(server, photo).xml("/response/all")).isEqualTo("1");
    Answer answer = ApiClient.of(server).get(path(photo, "standard"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("image/jpeg");
    assertThat(answer.header("Content-Security-Policy").orElse("")).startsWith("sandbox");
    var image = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(image.getWidth()).isEqualTo(600);
    assertThat(image.getHeight()).isEqualTo(300);
    assertThat(ApiClient.of(server).get(path(photo, "huge")).status()).isEqualTo(404);
  }

  @Tag("faults")
  @Test
  void servesRenditionsOfAnHeic(@TempDir Path folder) throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    Files.write(folder.resolve("a.png"), SampleMedia.png(640, 480));
    byte[] heic = Files.readAllBytes(Samples.heif(folder, "-q 50 a.png a.heic"));
    Map<String, String> photo = upload(server, heic);
    assertThat(awaitEnd(server, photo)).isEqualTo("done");
    Answer answer = ApiClient.of(server).get(path(photo, "standard"));
    assertThat(answer.header("Content-Type")).contains("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(answer.body())).getHeight()).isEqualTo(450);
    assertThat(ApiClient.of(server).get(path(photo, "original")).body()).isEqualTo(heic);
  }

  @Test
  void saysWhyThereAreNoneAndGoesOnAfterABrokenFile() throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    Map<String, String> broken = upload(server, Arrays.copyOf(SampleMedia.jpeg(9, 9), 30));
    Map<String, String> well = upload(server, SampleMedia.png(40, 40));
    assertThat(awaitEnd(server, broken)).isEqualTo("failed");
    assertThat(progress(server, broken).xml("/response/reason")).contains("cannot be decoded");
    assertThat(awaitEnd(server, well)).isEqualTo("done");
    Answer placeholder = ApiClient.of(server).get(path(broken, "small"));
    assertThat(placeholder.header("Content-Type").orElse("")).startsWith("image/svg+xml");
    assertThat(placeholder.header("Slipway-Rendition")).contains("failed");
    assertThat(placeholder.header("Cache-Control")).contains("no-store");
    assertThat(placeholder.text()).contains("width=\"200\" height=\"150\"");
  }

  @Test
  void tellsProgressOnlyToWhoMaySeeThePhoto() {
    Server server = Server.shared(Container.JETTY_12);
    String id = upload(server, SampleMedia.jpeg(20, 20)).get("photo_id");
    Map<String, String> wrong = Map.of("photo_id", id, "token", "wrong");
    assertThat(ApiClient.of(server).get(PROGRESS, Map.of("photo_id", id)).xml("//@code"))
        .isEqualTo("token_required");
    assertThat(ApiClient.of(server).get(PROGRESS, wrong).xml("//@code"))
        .isEqualTo("invalid_photo_token");
    assertThat(ApiClient.withKey(server).get(PROGRESS, Map.of("photo_id", id)).xml("//@status"))
        .isEqualTo("ok");
  }

  @Test
  void makesThemAnewOfAReplacedFileAndDeletesThemWithThePhoto() throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    Map<String, String> photo = upload(server, SampleMedia.jpeg(700, 350));
    assertThat(awaitEnd(server, photo)).isEqualTo("done");
    long one = renditionFolders(server);
    Multipart form =
        new Multipart()
            .field("photo_id", photo.get("photo_id"))
            .file("file", "b.jpg", "image/jpeg", SampleMedia.jpeg(300, 300));
    Answer replaced = ApiClient.withKey(server).post("/api/photo/replace", form);
    assertThat(replaced.xml("/response/@status")).isEqualTo("ok");
    assertThat(awaitEnd(server, photo)).isEqualTo("done");
    String id = photo.get("photo_id");
    String tree =
        ApiClient.withKey(server)
            .get("/api/photo/list", Map.of("photo_id", id))
            .xml("//photo/@tree_id");
    photo.put("tree_id", tree);
    Answer small = ApiClient.of(server).get(path(photo, "small"));
    assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getHeight()).isEqualTo(200);
    assertThat(renditionFolders(server)).isEqualTo(one);
    ApiClient.withKey(server).post("/api/photo/delete", Map.of("photo_id", id));
    assertThat(renditionFolders(server)).isEqualTo(one - 1);
  }

  private static long renditionFolders(Server server) throws IOException {
    try (Stream<Path> files = Files.walk(server.data().resolve("media"))) {
      return files.filter(file -> file.getFileName().toString().contains(".renditions")).count();
    }
  }

  @Tag("faults")
  @Test
  void makesRenditionsOfAHugePictureInASmallHeap() throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    Map<String, String> photo = upload(server, SampleMedia.hugeJpeg());
    assertThat(awaitEnd(server, photo)).isEqualTo("done");
    Answer large = ApiClient.of(server).get(path(photo, "large"));
    assertThat(ImageIO.read(new ByteArrayInputStream(large.body())).getHeight()).isEqualTo(960);
    assertThat(server.log()).doesNotContain("OutOfMemoryError");
  }

  /** Unpacked whole, it would take more than the heap: its header is enough to refuse it. */
  @Tag("faults")
  @Test
  void refusesAHugeProgressivePictureInASmallHeap() throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    Map<String, String> photo = upload(server, SampleMedia.hugeProgressiveJpeg());
    assertThat(awaitEnd(server, photo)).isEqualTo("failed");
    assertThat(progress(server, photo).xml("/response/reason")).contains("11600 x 8700");
    Map<String, String> well = upload(server, SampleMedia.jpeg(40, 40));
    assertThat(awaitEnd(server, well)).isEqualTo("done");
  }

  @Tag("faults")
  @Test
  void refusesAWebpThatIsTooLargeForADecoder() throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    Map<String, String> photo = upload(server, SampleMedia.webp(4096, 3840));
    assertThat(awaitEnd(server, photo)).isEqualTo("done");
    Map<String, String> larger = upload(server, SampleMedia.webp(6000, 6000));
    assertThat(awaitEnd(server, larger)).isEqualTo("failed");
    assertThat(progress(server, larger).xml("/response/reason")).contains("6000 x 6000");
    assertThat(server.log()).doesNotContain("OutOfMemoryError");
  }

  /** Each would take 400 MB and more of a heap of 256 MB. */
  @Tag("faults")
  @Test
  void staysWellWherePicturesTakeAllMemory() throws Exception {
    Server server = Server.shared(Container.JETTY_12);
    List<Map<String, String>> bombs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      bombs.add(upload(server, ExifBomb.jpeg(10)));
    }
    Map<String, String> well = upload(server, SampleMedia.jpeg(40, 40));
    assertThat(awaitEnd(server, well)).isEqualTo("done");
    for (Map<String, String> bomb : bombs) {
      assertThat(progress(server, bomb).xml("/response/state")).isNotEqualTo("done");
    }
    assertThat(server.log()).doesNotContain("OutOfMemoryError");
  }

  /**
   * From a WAR that is not unpacked, where a process of its own finds no classes. Kills while one
   * is being made are {@code KillIT}'s.
   */
  @Tag("faults")
  @Test
  void makesAllThatWaitedWhenTheServerWasKilled() throws Exception {
    String threads = "slipway.rendition.threads";
    try (Server server = Server.on(Container.JETTY_12).setting(threads, "0").start()) {
      List<Map<String, String>> photos = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        photos.add(upload(server, SampleMedia.jpeg(1300, 700)));
      }
      assertThat(photos)
          .allSatisfy(
              photo ->
                  assertThat(progress(server, photo).xml("/response/state")).isEqualTo("waiting"));
      server.kill();
      server.setting(threads, "1");
      server.restart();
      for (Map<String, String> photo : photos) {
        assertThat(awaitEnd(server, photo)).isEqualTo("done");
        assertThat(ApiClient.of(server).get(path(photo, "large")).header("Content-Type"))
            .contains("image/jpeg");
      }
      List<ProcessHandle> decoders =
          ProcessHandle.of(server.pid()).orElseThrow().children().toList();
      assertThat(decoders).hasSize(1);
      server.kill();
      decoders.get(0).onExit().get(10, TimeUnit.SECONDS);
    }
  }

  /** Tomcat takes half a minute to start so. */
  @Test
  @Tag("faults")
  void decodesWhereTheWarIsNotUnpacked() throws Exception {
    try (Server server =
        Server.on(Container.TOMCAT_11)
            .packed()
            .withRenditions()
            .jvm("-Dharness.unpack=false")
            .start()) {
      Map<String, String> photo = upload(server, SampleMedia.jpeg(1300, 700));
      assertThat(awaitEnd(server, photo)).isEqualTo("done");
    }
  }
}
