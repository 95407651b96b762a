package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;
import slipway.http.Catalogue;

/** Another picture that stands for a video, by photo/replace. */
@ParameterizedClass
@AnyContainer
class PostersIT {
  @Parameter Container container;
  private Catalogue site;
  private ApiClient api;
  private JsonObject video;

  @BeforeEach
  void open() {
    Tool.require("ffmpeg");
    site = new Catalogue(Server.shared(container));
    api = ApiClient.withKey(site.server());
  }

  private void upload() throws IOException {
    Multipart form =
        new Multipart()
            .field("format", "json")
            .file("file", "a.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4()));
    video = api.post("/api/photo/upload", form).json().getAsJsonObject("upload");
    Await.until("the video's own pictures", () -> !listed("small_size").isEmpty());
  }

  private String id() {
    return video.get("photo_id").getAsString();
  }

  private String listed(String field) {
    return site.call("photo/list", "photo_id", id()).xml("/response/photo/@" + field);
  }

  private Answer file(String name) {
    return ApiClient.of(site.server())
        .get(
            "/%s/%s/%s/%s"
                .formatted(
                    video.get("tree_id").getAsString(),
                    id(),
                    video.get("token").getAsString(),
                    name));
  }

  private Answer replace(Multipart form) {
    return api.post("/api/photo/replace", form.field("photo_id", id()));
  }

  private static Multipart with(String... fields) {
    Multipart form = new Multipart();
    map(fields).forEach(form::field);
    return form;
  }

  private static Multipart withPicture(int width, int height, String... fields) {
    return with(fields).file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(width, height));
  }

  private void assertSmallIs(int width, int height) throws IOException {
    Answer small = file("small");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(small.body()));
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    assertThat(listed("small_width")).isEqualTo(Integer.toString(width));
    assertThat(listed("small_height")).isEqualTo(Integer.toString(height));
    assertThat(listed("small_size")).isEqualTo(Integer.toString(small.body().length));
  }

  private void assertVideoIsAsItWas() throws IOException {
    assertThat(file("original").body()).isEqualTo(Files.readAllBytes(SampleMedia.mp4()));
    assertThat(listed("video_p")).isEqualTo("1");
    assertThat(listed("original_width")).isEqualTo("320");
    assertThat(listed("video_length")).startsWith("2");
  }

  @Tag("faults")
  @Test
  void takesTheFrameOfATime() throws IOException {
    upload();
    Answer before = file("standard");
    Answer replaced = replace(with("time", "1.6"));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(replaced.xml("/response/photo_id")).isEqualTo(id());
    Answer after = file("standard");
    assertThat(after.body()).isNotEqualTo(before.body());
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
    Answer again = replace(with("time", "0.2", "format", "json"));
    assertThat(again.json().getAsJsonObject("photo").get("token")).isEqualTo(video.get("token"));
    Answer urlencoded = api.post("/api/photo/replace", map("photo_id", id(), "time", "1"));
    assertThat(urlencoded.status()).as(urlencoded.text()).isEqualTo(200);
    Answer query = api.get("/api/photo/replace", map("photo_id", id(), "time", "0.4"));
    assertThat(query.xml("/response/photo_id")).isEqualTo(id());
    Answer fileless = api.post("/api/photo/replace", map("photo_id", id(), "format", "json"));
    assertThat(fileless.json().get("code").getAsString()).isEqualTo("no_file");
    assertThat(file("standard").body()).isNotEqualTo(after.body());
    assertSmallIs(200, 150);
    assertVideoIsAsItWas();
    assertThat(site.call("event/list", "photo_id", id(), "type", "photo.updated").text())
        .contains("photo.updated");
  }

  @Test
  void takesAPictureInItsOwnProportions() throws IOException {
    upload();
    Answer replaced = replace(withPicture(300, 600));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertSmallIs(200, 400);
    assertThat(listed("quad50_width")).isEqualTo("50");
    assertVideoIsAsItWas();
    assertThat(replace(with("time", "1")).status()).isEqualTo(200);
    assertSmallIs(200, 150);
  }

  /** Not the placeholder of one that is not there yet, and of one ETag never two. */
  @Tag("faults")
  @Test
  void showsTheOneOrTheOtherPictureWhileItIsReplaced() throws Exception {
    upload();
    AtomicBoolean isOver = new AtomicBoolean();
    Map<String, byte[]> seen = new ConcurrentHashMap<>();
    Callable<Integer> reader =
        () -> {
          int reads = 0;
          for (; !isOver.get(); reads++) {
            Answer large = file("large");
            assertThat(large.header("Content-Type")).contains("image/jpeg");
            byte[] first = seen.putIfAbsent(large.header("ETag").orElseThrow(), large.body());
            assertThat(first == null || Arrays.equals(first, large.body())).isTrue();
          }
          return reads;
        };
    ExecutorService readers = Executors.newFixedThreadPool(2);
    List<Future<Integer>> reads = List.of(readers.submit(reader), readers.submit(reader));
    try {
      for (int i = 0; i < 20; i++) {
        assertThat(replace(withPicture(100 + i, 90)).status()).isEqualTo(200);
      }
    } finally {
      isOver.set(true);
      readers.shutdown();
    }
    for (Future<Integer> each : reads) {
      assertThat(each.get()).isGreaterThan(20);
    }
    assertThat(seen).hasSizeGreaterThan(10);
  }

  @Tag("faults")
  @Test
  void letsBrowsersKeepAPictureOnlyAtAnAddressWithItsVersion() throws IOException {
    upload();
    String now = file("large").header("ETag").orElseThrow();
    assertThat(file("large").header("Cache-Control")).contains("private, no-cache");
    String kept = "large?v=" + now.split("-", -1)[1];
    assertThat(file(kept).header("Cache-Control")).contains("private, max-age=86400");
    String page = api.get("/photo/" + id() + "/" + video.get("token").getAsString()).text();
    assertThat(page).contains("/" + kept + "\"");
    assertThat(replace(with("time", "1.6")).status()).isEqualTo(200);
    Answer changed = file(kept);
    assertThat(changed.header("Cache-Control")).contains("private, no-cache");
    assertThat(changed.header("ETag").orElseThrow()).isNotEqualTo(now);
  }

  @Tag("faults")
  @Test
  void cutsAPictureToTheProportionsOfTheVideo() throws IOException {
    upload();
    Answer replaced = replace(withPicture(300, 600, "crop_p", "1"));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertSmallIs(200, 150);
    assertVideoIsAsItWas();
  }

  @Tag("faults")
  @Test
  void refusesWhatIsNoPictureOfAVideo() throws IOException {
    upload();
    byte[] before = file("small").body();
    assertRefused("invalid_input", "'time'", with("time", "60"));
    assertRefused("invalid_input", "'time'", with("time", "x"));
    assertRefused("invalid_input", "'crop_p'", with("time", "1", "crop_p", "1"));
    assertRefused("invalid_input", "'time'", withPicture(9, 9, "time", "1"));
    assertRefused("no_file", "'file' is required", with());
    assertRefused("no_file", "'file' is required", with("crop_p", "0"));
    byte[] broken = Arrays.copyOf(SampleMedia.jpeg(90, 90), 60);
    assertRefused(
        "error_processing_upload",
        "cannot be decoded",
        with().file("file", "a.jpg", "image/jpeg", broken));
    assertRefused(
        "invalid_input",
        "'crop_p'",
        with("crop_p", "1")
            .file("file", "b.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4())));
    assertThat(file("small").body()).isEqualTo(before);
    assertVideoIsAsItWas();
  }

  private void assertRefused(String code, String words, Multipart form) {
    Answer refused = replace(form);
    assertThat(refused.xml("/response/@code")).as(refused.text()).isEqualTo(code);
    assertThat(refused.xml("/response/@message")).contains(words);
  }

  @Test
  void hasAFileOfAPhotoStayAsItIsSent() {
    String photo = site.photo();
    for (Multipart form : new Multipart[] {withPicture(9, 9, "crop_p", "1"), with("time", "0")}) {
      Answer refused = api.post("/api/photo/replace", form.field("photo_id", photo));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.xml("/response/@message")).contains("video");
    }
  }
}
