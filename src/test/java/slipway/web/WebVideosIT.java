package slipway.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** A video as phones make it gets a copy that every browser plays, and is described as it is. */
class WebVideosIT {
  private Server server;

  private Answer api(String method, String id) {
    return ApiClient.withKey(server).get("/api/" + method, Map.of("photo_id", id));
  }

  private String upload(byte[] video) {
    Multipart form = new Multipart().file("file", "IMG 1.mov", "video/quicktime", video);
    return ApiClient.withKey(server).post("/api/photo/upload", form).xml("/response/photo_id");
  }

  private Answer with(String header, String value, String path) {
    ApiClient visitor = ApiClient.of(server);
    return visitor.send(visitor.request(path).header(header, value));
  }

  private String progress(String id, String field) {
    return api("photo/get-transcoding-progress", id).xml("/response/" + field);
  }

  private String listed(String id, String field) {
    return api("photo/list", id).xml("/response/photo/@" + field);
  }

  @ParameterizedTest
  @AnyContainer
  void servesACopyThatEveryBrowserPlays(Container container) throws IOException {
    server = Server.shared(container);
    byte[] hevc = Files.readAllBytes(SampleMedia.hevc());
    String id = upload(hevc);
    Await.until("the copy", () -> progress(id, "video_state").equals("done"));
    Await.until("the pictures", () -> progress(id, "all").equals("1"));
    assertThat(progress(id, "video_medium")).isEqualTo("1");
    assertThat(progress(id, "video_reason")).isEqualTo("HEVC, QuickTime");
    assertThat(listed(id, "video_encoded_p")).isEqualTo("1");
    assertThat(listed(id, "video_medium_width")).isEqualTo("320");
    assertThat(listed(id, "video_hd_width")).isEmpty();
    String path = listed(id, "video_medium_download");
    assertThat(path).endsWith("/video_medium");
    Answer copy = ApiClient.of(server).get(path);
    assertThat(copy.header("Content-Type")).contains("video/mp4");
    assertThat(copy.header("Content-Disposition").orElse("")).contains("IMG%201");
    assertThat(listed(id, "video_medium_size")).isEqualTo(Integer.toString(copy.body().length));
    assertThat(new String(copy.body(), 4, 4, US_ASCII)).isEqualTo("ftyp");
    String tag = copy.header("ETag").orElseThrow();
    Answer part = with("Range", "bytes=4-7", path);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.text()).isEqualTo("ftyp");
    assertThat(with("If-None-Match", tag, path).status()).isEqualTo(304);
    assertThat(ApiClient.of(server).get(listed(id, "original_download")).body()).isEqualTo(hevc);
    assertGoesWithTheVideo(id, path);
  }

  private void assertGoesWithTheVideo(String id, String copy) {
    Map<String, String> gone = Map.of("photo_id", id);
    assertThat(ApiClient.withKey(server).post("/api/photo/delete", gone).status()).isEqualTo(200);
    assertThat(ApiClient.of(server).get(copy).status()).isEqualTo(404);
  }

  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void servesAnotherCopyOfAVideoThatWasReplaced(Container container) throws IOException {
    server = Server.shared(container);
    String id = upload(Files.readAllBytes(SampleMedia.hevc()));
    Await.until("the copy", () -> progress(id, "video_state").equals("done"));
    String path = listed(id, "video_medium_download");
    String tag = ApiClient.of(server).get(path).header("ETag").orElseThrow();
    Multipart form =
        new Multipart()
            .field("photo_id", id)
            .file("file", "b.mov", "video/quicktime", Files.readAllBytes(SampleMedia.hevc()));
    assertThat(ApiClient.withKey(server).post("/api/photo/replace", form).status()).isEqualTo(200);
    Await.until("another copy", () -> progress(id, "video_state").equals("done"));
    String next = listed(id, "video_medium_download");
    assertThat(ApiClient.of(server).get(next).header("ETag").orElseThrow()).isNotEqualTo(tag);
    assertGoesWithTheVideo(id, path);
  }

  @ParameterizedTest
  @AnyContainer
  void makesNoCopyOfAVideoThatPlays(Container container) throws IOException {
    server = Server.shared(container);
    String id = upload(Files.readAllBytes(SampleMedia.mp4()));
    Await.until("the look", () -> progress(id, "video_state").equals("plays"));
    assertThat(listed(id, "video_medium_download")).isEqualTo(listed(id, "original_download"));
    String copy = listed(id, "original_download").replace("/original", "/video_medium");
    assertThat(ApiClient.of(server).get(copy).status()).isEqualTo(404);
    Map<String, String> token = Map.of("photo_id", id, "percentage_formated_p", "1");
    assertThat(
            ApiClient.withKey(server)
                .get("/api/photo/get-transcoding-progress", token)
                .xml("/response/video_medium"))
        .isEqualTo("100%");
  }
}
