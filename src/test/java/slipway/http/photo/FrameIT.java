package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
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

@ParameterizedClass
@AnyContainer
class FrameIT {
  private static final String FRAME = "/api/photo/frame";

  /** Of each container, for the tests that leave it as it is. */
  private static final Map<Container, JsonObject> VIDEOS = new EnumMap<>(Container.class);

  @Parameter Container container;
  private Catalogue site;

  @BeforeEach
  void begin() {
    Tool.require("ffmpeg");
    site = new Catalogue(Server.shared(container));
  }

  private ApiClient visitor() {
    return ApiClient.of(site.server());
  }

  private JsonObject video() throws IOException {
    Multipart form =
        new Multipart()
            .field("format", "json")
            .file("file", "a.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4()));
    return ApiClient.withKey(site.server())
        .post("/api/photo/upload", form)
        .json()
        .getAsJsonObject("upload");
  }

  private JsonObject sharedVideo() throws IOException {
    if (!VIDEOS.containsKey(container)) {
      VIDEOS.put(container, video());
    }
    return VIDEOS.get(container);
  }

  private static Map<String, String> of(JsonObject photo, String... more) {
    Map<String, String> parameters =
        map(
            "photo_id",
            photo.get("photo_id").getAsString(),
            "token",
            photo.get("token").getAsString());
    parameters.putAll(map(more));
    return parameters;
  }

  private static BufferedImage picture(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  @Test
  void takesFramesOfAVideoForWhoeverKnowsItsToken() throws IOException {
    JsonObject video = sharedVideo();
    Answer first = visitor().get(FRAME, of(video, "time", "0.5"));
    assertThat(picture(first).getWidth()).isEqualTo(320);
    assertThat(first.header("Content-Type")).contains("image/jpeg");
    assertThat(first.header("Cache-Control").orElseThrow()).startsWith("private");
    assertThat(visitor().get(FRAME, of(video, "time", "0.5")).body()).isEqualTo(first.body());
    assertThat(visitor().get(FRAME, of(video, "time", "1.5")).body()).isNotEqualTo(first.body());
    BufferedImage small = picture(visitor().get(FRAME, of(video, "time", "0", "size", "160x90")));
    assertThat(small.getWidth()).isEqualTo(120);
    assertThat(small.getHeight()).isEqualTo(90);
  }

  @Test
  void refusesWhatIsNoTimeOrNotKnown() throws IOException {
    JsonObject video = sharedVideo();
    for (String[] wrong :
        new String[][] {
          {"size", "160x90"},
          {"time", "-1"},
          {"time", "1:30"},
          {"time", "60"},
          {"time", "1", "size", "2000x90"},
          {"time", "1", "size", "90"}
        }) {
      assertThat(visitor().get(FRAME, of(video, wrong)).xml("/response/@code"))
          .as(String.join(" ", wrong))
          .isEqualTo("invalid_input");
    }
    Map<String, String> late = of(video, "time", "60");
    Await.until(
        "its length",
        () -> visitor().get(FRAME, late).xml("/response/@message").endsWith(" seconds long."));
    Map<String, String> other = of(video, "time", "1", "token", "x", "format", "json");
    assertThat(visitor().get(FRAME, other).json().get("code").getAsString())
        .isEqualTo("invalid_photo_token");
    assertThat(visitor().get(FRAME, map("time", "1")).status()).isEqualTo(400);
    assertThat(
            visitor()
                .get(FRAME, map("upload_token", "0".repeat(40), "time", "1"))
                .xml("/response/@code"))
        .isEqualTo("invalid_upload_token");
  }

  @Tag("faults")
  @Test
  void takesFramesOfAVideoThatIsOnItsWay() throws IOException {
    byte[] file = Files.readAllBytes(SampleMedia.mp4());
    String token =
        site.make("photo/get-upload-token", "upload_token", "return_url", "http://a.test/");
    Map<String, String> asked =
        map("upload_token", token, "resumableIdentifier", "a-mp4", "time", "0");
    assertThat(visitor().get(FRAME, asked).xml("/response/@code")).isEqualTo("no_such_photo");
    int half = file.length / 2;
    send(token, file, 1, half);
    Answer early = visitor().get(FRAME, asked);
    assertThat(picture(early).getWidth()).isEqualTo(320);
    assertThat(early.header("Cache-Control")).contains("no-store");
    send(token, file, 2, half);
    assertThat(picture(visitor().get(FRAME, asked)).getWidth()).isEqualTo(320);
  }

  private Answer asked(Map<String, String> parameters, Answer before) {
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    return visitor()
        .send(
            visitor()
                .request(FRAME + "?" + query)
                .header("If-None-Match", before.header("ETag").orElseThrow())
                .GET());
  }

  private void assertRevalidated(JsonObject photo, String type, byte[] file) throws Exception {
    Map<String, String> parameters = of(photo, "time", "0");
    Await.until("a picture", () -> visitor().get(FRAME, parameters).status() == 200);
    Answer before = visitor().get(FRAME, parameters);
    assertThat(before.header("Cache-Control")).contains("private, no-cache");
    Answer same = asked(parameters, before);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("ETag")).isEqualTo(before.header("ETag"));
    assertThat(same.header("Cache-Control")).contains("private, no-cache");
    Multipart form =
        new Multipart()
            .field("photo_id", photo.get("photo_id").getAsString())
            .file("file", "b", type, file);
    ApiClient api = ApiClient.withKey(site.server());
    assertThat(api.post("/api/photo/replace", form).status()).isEqualTo(200);
    Await.until("the other picture", () -> asked(parameters, before).status() == 200);
    Answer other = asked(parameters, before);
    assertThat(other.header("ETag").orElseThrow()).isNotEqualTo(before.header("ETag").get());
    api.post("/api/photo/delete", Map.of("photo_id", photo.get("photo_id").getAsString()));
    assertThat(asked(parameters, before).status()).isEqualTo(403);
  }

  /** Another file, or none, may be there the next time. */
  @Tag("faults")
  @Test
  void hasBrowsersAskWhetherAPictureIsStillTheSame() throws Exception {
    assertRevalidated(site.upload(), "image/png", SampleMedia.png(50, 20));
    byte[] shorter = Files.readAllBytes(SampleMedia.mp4());
    assertRevalidated(video(), "video/mp4", Arrays.copyOf(shorter, shorter.length - 1));
  }

  private void send(String token, byte[] file, int number, int chunk) {
    int end = number == 2 ? file.length : chunk;
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("resumableIdentifier", "a-mp4")
            .field("resumableFilename", "a.mp4")
            .field("resumableTotalSize", Integer.toString(file.length))
            .field("resumableChunkSize", Integer.toString(chunk))
            .field("resumableChunkNumber", Integer.toString(number))
            .file(
                "file", "a.mp4", "video/mp4", Arrays.copyOfRange(file, (number - 1) * chunk, end));
    Answer answer = visitor().post("/api/photo/redeem-upload-token", form);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Tag("faults")
  @Test
  void answersHeadAsItAnswersGet() throws IOException {
    JsonObject video = sharedVideo();
    String path = FRAME + "?" + ApiClient.urlencoded(of(video, "time", "0.5"));
    Answer whole = visitor().get(path);
    Answer head = visitor().send(visitor().request(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(whole.header("Content-Length"));
    assertThat(head.header("Content-Type")).contains("image/jpeg");
  }

  @Test
  void tellsThatThePictureOfAPhotoWillNeverCome() throws IOException {
    byte[] broken = Arrays.copyOf(SampleMedia.png(90, 90), 60);
    Multipart form =
        new Multipart().field("format", "json").file("file", "a.png", "image/png", broken);
    JsonObject photo =
        ApiClient.withKey(site.server())
            .post("/api/photo/upload", form)
            .json()
            .getAsJsonObject("upload");
    Await.until("its end", () -> visitor().get(FRAME, of(photo, "time", "0")).status() != 503);
    Answer refused = visitor().get(FRAME, of(photo, "time", "0"));
    assertThat(refused.status()).isBetween(400, 499);
    assertThat(refused.header("Retry-After")).isEmpty();
    assertThat(refused.xml("/response/@code")).isEqualTo("error_processing_upload");
    assertThat(refused.xml("/response/@message")).contains("no picture", "cannot be decoded");
  }

  @Test
  void givesARenditionOfAPhoto() throws IOException {
    JsonObject photo = site.upload();
    Await.until(
        "the renditions", () -> visitor().get(FRAME, of(photo, "time", "0")).status() == 200);
    assertThat(picture(visitor().get(FRAME, of(photo, "time", "0"))).getWidth()).isEqualTo(40);
  }
}
