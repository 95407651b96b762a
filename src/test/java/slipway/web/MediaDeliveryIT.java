package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class MediaDeliveryIT {
  @Parameter Container container;
  private ApiClient api;
  private byte[] jpeg;
  private Map<String, String> photo;
  private String original;

  @BeforeEach
  void upload() {
    Server server = Server.shared(container);
    api = ApiClient.of(server);
    jpeg = SampleMedia.jpeg(200, 200);
    String token =
        ApiClient.withKey(server)
            .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
            .xml("/response/upload_token");
    photo =
        api.post(
                "/api/photo/redeem-upload-token",
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "søn.jpg", "image/jpeg", jpeg))
            .locationParameters();
    original = path(photo.get("tree_id"), photo.get("photo_id"), photo.get("token"));
  }

  private static String path(String treeId, String photoId, String token) {
    return "/" + treeId + "/" + photoId + "/" + token + "/original";
  }

  private Answer get(String header, String value) {
    return api.send(api.request(original).header(header, value).GET());
  }

  @Test
  void servesWhatAVisitorSentAsNothingButMedia() {
    Answer answer = api.get(original);
    assertThat(answer.body()).isEqualTo(jpeg);
    assertThat(answer.header("Content-Type")).contains("image/jpeg");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox; default-src 'none'"));
    assertThat(answer.header("Content-Disposition"))
        .contains("inline; filename*=UTF-8''s%C3%B8n.jpg");
    assertThat(answer.header("Accept-Ranges")).contains("bytes");
  }

  @Test
  void namesAPictureAsOneWhateverItWasSentAs() {
    Answer upload =
        ApiClient.withKey(Server.shared(container))
            .post(
                "/api/photo/upload",
                new Multipart().file("file", "../page.html", "text/html", jpeg));
    String page =
        path(
            upload.xml("/response/tree_id"),
            upload.xml("/response/photo_id"),
            upload.xml("/response/token"));
    assertThat(api.get(page).header("Content-Disposition"))
        .contains("inline; filename*=UTF-8''page.html.jpg");
  }

  @Test
  void answersHeadWithoutABody() {
    Answer answer = api.send(api.request(original).method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).contains(Integer.toString(jpeg.length));
    assertThat(answer.body()).isEmpty();
  }

  /** RFC 9110, 14.2: a range means something to GET only. */
  @Test
  void tellsOfTheWholeFileToHeadThoughItAsksForARange() {
    for (String range : new String[] {"bytes=100-199", "bytes=" + jpeg.length + "-"}) {
      Answer answer =
          api.send(
              api.request(original).header("Range", range).method("HEAD", BodyPublishers.noBody()));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Length")).contains(Integer.toString(jpeg.length));
      assertThat(answer.header("Content-Range")).isEmpty();
    }
  }

  @Test
  void tellsOfAWholeAssetToHeadThoughItAsksForARange() {
    HttpRequest.Builder request = api.request("/assets/slipway.css").header("Range", "bytes=0-9");
    Answer answer = api.send(request.method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Range")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void servesARangeSoThatAVideoCanBeSoughtIn() {
    Answer answer = get("Range", "bytes=100-199");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range")).contains("bytes 100-199/" + jpeg.length);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(jpeg, 100, 200));
    Answer end = get("Range", "bytes=-10");
    assertThat(end.body()).isEqualTo(Arrays.copyOfRange(jpeg, jpeg.length - 10, jpeg.length));
  }

  @Test
  void refusesARangeBeyondTheEnd() {
    Answer answer = get("Range", "bytes=" + jpeg.length + "-");
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("Content-Range")).contains("bytes */" + jpeg.length);
  }

  @Test
  void sendsNothingToABrowserThatHasTheFile() {
    String etag = api.get(original).header("ETag").orElseThrow();
    Answer answer = get("If-None-Match", "\"other\", " + etag);
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(get("If-None-Match", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void countsARangeOnlyForTheSameFile() {
    String etag = api.get(original).header("ETag").orElseThrow();
    Answer same =
        api.send(api.request(original).header("Range", "bytes=0-9").header("If-Range", etag).GET());
    assertThat(same.status()).isEqualTo(206);
    Answer other =
        api.send(
            api.request(original).header("Range", "bytes=0-9").header("If-Range", "\"x\"").GET());
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(jpeg);
  }

  @Test
  void showsNothingToOneWhoDoesNotKnowTheToken() {
    String other = "A".repeat(32);
    assertThat(api.get(path(photo.get("tree_id"), photo.get("photo_id"), other)).status())
        .isEqualTo(404);
    int otherTree = Integer.parseInt(photo.get("tree_id")) + 1;
    assertThat(api.get(path("" + otherTree, photo.get("photo_id"), photo.get("token"))).status())
        .isEqualTo(404);
  }

  @Test
  void refusesToWrite() {
    assertThat(api.post(original, Map.of("a", "b")).status()).isEqualTo(405);
  }
}
