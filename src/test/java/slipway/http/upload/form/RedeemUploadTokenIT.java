package slipway.http.upload.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class RedeemUploadTokenIT {
  private static final String RETURN_URL = "http://www.example.com/back?theme=green#done";
  private static final String REDEEM = "/api/photo/redeem-upload-token";

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private String token(String... more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("return_url", RETURN_URL);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    Answer answer = ApiClient.withKey(server()).post("/api/photo/get-upload-token", parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private Answer redeem(Multipart form) {
    return ApiClient.of(server()).post(REDEEM, form);
  }

  private static Multipart form(String token) {
    return new Multipart().field("upload_token", token);
  }

  private static Multipart jpeg(String token) {
    return form(token).file("file", "cat.jpg", "image/jpeg", SampleMedia.jpeg(12, 12));
  }

  private Answer original(Map<String, String> said) {
    String path = "/" + said.get("tree_id") + "/" + said.get("photo_id") + "/" + said.get("token");
    return ApiClient.of(server()).get(path + "/original");
  }

  /** Checks that a visitor was sent back with that error, and that the token is still good. */
  private void assertSentBackWithError(Answer back, String token, String message) {
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.location().toString()).startsWith("http://www.example.com/back?theme=green&");
    assertThat(back.locationParameters())
        .containsEntry("upload_token", token)
        .containsKey("domain")
        .doesNotContainKeys("photo_id", "tree_id", "token")
        .hasEntrySatisfying("error_message", said -> assertThat(said).contains(message));
    assertThat(redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
  }

  @Test
  void sendsTheVisitorBackWithThePhoto() {
    byte[] jpeg = SampleMedia.jpeg(40, 30);
    String token = token();
    Answer back = redeem(form(token).file("file", "cat.jpg", "image/jpeg", jpeg));
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.header("Cache-Control")).contains("no-store");
    assertThat(back.location().toString())
        .startsWith("http://www.example.com/back?theme=green&")
        .endsWith("#done");
    assertThat(back.locationParameters())
        .containsEntry("upload_token", token)
        .containsEntry("domain", "127.0.0.1:" + server().port())
        .containsKeys("photo_id", "tree_id", "token")
        .doesNotContainKey("error_message");
    Answer original = original(back.locationParameters());
    assertThat(original.header("Content-Type")).contains("image/jpeg");
    assertThat(original.body()).isEqualTo(jpeg);
  }

  @Test
  void callsAPhotoAsTheVisitorDoesWhereItsTokenDoesNotSay() {
    assertThat(titled("photo_title", " My <b>cat</b> &amp; I ")).isEqualTo("My cat & I");
    assertThat(titled("photo_title", "x".repeat(3000))).hasSizeBetween(100, 1000);
    assertThat(titled("photo_title", "")).isEmpty();
    assertThat(titled("photo_title", "Mine", "title", "The site's")).isEqualTo("The site's");
    assertThat(titled("title", "", "title", "The site's")).isEqualTo("The site's");
  }

  private String titled(String field, String said, String... ofToken) {
    String token = token(ofToken);
    Multipart form = form(token).field("who", "Bo").field(field, said);
    Answer back = redeem(form.file("file", "cat.jpg", "image/jpeg", SampleMedia.jpeg(12, 12)));
    assertThat(back.locationParameters())
        .containsKey("photo_id")
        .containsEntry("who", "Bo")
        .doesNotContainKey("photo_title");
    return ApiClient.of(server())
        .post("/api/upload-token/status", Map.of("upload_token", token))
        .xml("/response/photo/@title");
  }

  @Test
  void takesARealVideo() throws IOException {
    Answer back = redeem(form(token()).file("file", "video/mp4", SampleMedia.mp4()));
    Answer original = original(back.locationParameters());
    assertThat(original.header("Content-Type")).contains("video/mp4");
    assertThat(original.body()).isEqualTo(Files.readAllBytes(SampleMedia.mp4()));
  }

  @Test
  void takesTheFileBeforeTheToken() {
    byte[] png = SampleMedia.png(20, 20);
    Answer back =
        redeem(
            new Multipart().file("file", "a.png", "image/png", png).field("upload_token", token()));
    assertThat(original(back.locationParameters()).body()).isEqualTo(png);
  }

  @Test
  void repeatsOtherFieldsOfTheFormButNeverInPlaceOfItsOwn() {
    Answer back =
        redeem(
            jpeg(token())
                .field("note", "Sømand & søn")
                .field("photo_id", "1")
                .field("domain", "evil.test")
                .field("resumableRelativePath", "x")
                .field("oauth_token", "x")
                .field("password", "x")
                .field("name", "cat.jpg"));
    assertThat(back.locationParameters())
        .containsEntry("note", "Sømand & søn")
        .containsEntry("domain", "127.0.0.1:" + server().port())
        .doesNotContainKeys("resumableRelativePath", "name", "oauth_token", "password");
    assertThat(original(back.locationParameters()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "0000000000000000000000000000000000000000"})
  void answersAnUnknownTokenInPlainText(String token) {
    Answer answer = redeem(jpeg(token));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(answer.text()).contains("This upload link is not valid.");
    assertThat(answer.header("Location")).isEmpty();
  }

  @Test
  void refusesATokenThatIsUsedUp() {
    String token = token();
    assertThat(redeem(jpeg(token)).status()).isEqualTo(301);
    Answer again = redeem(jpeg(token));
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text()).contains("already been used");
  }

  @Test
  void sendsAVisitorBackWhoseFileIsNoPicture() {
    String token = token();
    Answer back =
        redeem(
            form(token).file("file", "a.jpg", "image/jpeg", "<html>not a picture".getBytes(UTF_8)));
    assertSentBackWithError(back, token, "text/html");
  }

  @Test
  void doesNotTakeSvg() {
    String token = token();
    byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".getBytes(UTF_8);
    assertSentBackWithError(
        redeem(form(token).file("file", "a.svg", "image/svg+xml", svg)), token, "image/svg+xml");
  }

  @Test
  void sendsAVisitorBackWhoChoseNoFile() {
    String token = token("max_uploads", "3");
    assertSentBackWithError(redeem(form(token)), token, "No file");
    assertSentBackWithError(
        redeem(form(token).file("file", "", "application/octet-stream", new byte[0])),
        token,
        "No file");
    assertSentBackWithError(
        redeem(form(token).file("file", "a.jpg", "image/jpeg", new byte[0])), token, "empty");
  }

  @Test
  void takesOneFileInAForm() {
    String token = token("max_uploads", "2");
    byte[] jpeg = SampleMedia.jpeg(8, 8);
    Answer back =
        redeem(
            form(token)
                .file("file", "a.jpg", "image/jpeg", jpeg)
                .file("file", "b.jpg", "image/jpeg", jpeg));
    assertSentBackWithError(back, token, "one file");
    Multipart tokenLast =
        new Multipart()
            .file("file", "a.jpg", "image/jpeg", jpeg)
            .file("file", "b.jpg", "image/jpeg", jpeg)
            .field("upload_token", token);
    assertSentBackWithError(redeem(tokenLast), token, "one file");
  }

  @Test
  void refusesAFormWithoutAToken() {
    byte[] jpeg = SampleMedia.jpeg(8, 8);
    for (Multipart form :
        new Multipart[] {
          new Multipart().file("file", "a.jpg", "image/jpeg", jpeg), jpeg("").field("a", "b")
        }) {
      Answer answer = redeem(form);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("This upload link is not valid.");
      assertThat(redeem(form.field("format", "json")).json().get("message").getAsString())
          .contains("'upload_token' is required");
    }
  }

  @Test
  void answersInTheFormatThatTheFormAsksFor() {
    String token = token("max_uploads", "2");
    Answer json = redeem(jpeg(token).field("format", "json"));
    assertThat(json.status()).isEqualTo(200);
    Map<String, String> said = new LinkedHashMap<>();
    json.json()
        .getAsJsonObject("upload")
        .entrySet()
        .forEach(field -> said.put(field.getKey(), field.getValue().getAsString()));
    assertThat(original(said).status()).isEqualTo(200);
    assertThat(said.get("callback_url")).contains("&token=" + said.get("token"));
    Answer xml = redeem(jpeg(token).field("format", "xml"));
    assertThat(xml.xml("/response/@status")).isEqualTo("ok");
    assertThat(xml.xml("/response/photo_id")).matches("\\d+");
    Answer usedUp = redeem(jpeg(token).field("format", "json"));
    assertThat(usedUp.status()).isEqualTo(404);
  }

  @Test
  void answersARefusalInTheFormatThatTheFormAsksFor() {
    Multipart form =
        form(token())
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", "no picture".getBytes(UTF_8));
    Answer answer = redeem(form);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("error_processing_upload");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "søn og far.jpg",
        "a \"quoted\" name.jpg",
        "../../../etc/passwd",
        "..\\..\\windows.jpg",
        "/absolute/path.jpg",
        "写真.jpg",
        "a;b='c'.jpg",
      })
  void takesAnyFileNameAsData(String filename) {
    byte[] jpeg = SampleMedia.jpeg(8, 8);
    Answer back = redeem(form(token()).file("file", filename, "image/jpeg", jpeg));
    Answer original = original(back.locationParameters());
    assertThat(original.body()).isEqualTo(jpeg);
    assertThat(original.header("Content-Disposition"))
        .hasValueSatisfying(said -> assertThat(said).startsWith("inline; filename*=UTF-8''"));
  }

  @Test
  void refusesOtherMethodsAndOtherBodies() {
    assertThat(ApiClient.of(server()).post(REDEEM, Map.of("upload_token", token())).status())
        .isEqualTo(400);
    ApiClient client = ApiClient.of(server());
    Answer put = client.send(client.request(REDEEM).PUT(BodyPublishers.noBody()));
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).isPresent();
  }

  @Test
  void lets64RacersLandExactly10Photos() throws Exception {
    String token = token("max_uploads", "10");
    List<Callable<Answer>> racers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Multipart form = jpeg(token);
      racers.add(() -> redeem(form));
    }
    ExecutorService pool = Executors.newFixedThreadPool(64);
    try {
      int photos = 0;
      for (Future<Answer> each : pool.invokeAll(racers)) {
        Answer answer = each.get();
        // Of those that come while the first ten are under way, a few wait. Where these take long,
        // more are there than one address may have under way on a server without virtual threads.
        assertThat(answer.status()).isIn(301, 404, 429);
        if (answer.status() == 301) {
          Map<String, String> said = answer.locationParameters();
          photos += said.containsKey("photo_id") ? 1 : 0;
          assertThat(said.getOrDefault("error_code", "upload_in_progress"))
              .isEqualTo("upload_in_progress");
        }
      }
      assertThat(photos).isEqualTo(10);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void givesTheUseBackWhenTheVisitorIsCutOff() throws IOException {
    String token = token();
    try (RawConnection connection = RawConnection.to(server())) {
      connection.send(
          ("POST "
                  + REDEEM
                  + " HTTP/1.1\nHost: localhost\nContent-Length: 100000\n"
                  + "Content-Type: multipart/form-data; boundary=b\n\n--b\n"
                  + "Content-Disposition: form-data; name=\"upload_token\"\n\n"
                  + token
                  + "\n--b\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\n\n")
              .replace("\n", "\r\n"));
      connection.send(SampleMedia.jpeg(32, 32));
      connection.reset();
    }
    Answer back = redeem(jpeg(token));
    for (int i = 0; i < 200 && back.status() == 404; i++) {
      back = redeem(jpeg(token));
    }
    assertThat(back.locationParameters()).containsKey("photo_id");
  }
}
