package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Headers of which a container's own reading fails: no request may fail with it. */
@ParameterizedClass
@EnumSource(Container.class)
class OddHeadersIT {
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String CHUNK =
      REDEEM
          + "?resumableIdentifier=a&resumableChunkNumber=1&resumableChunkSize=9"
          + "&resumableCurrentChunkSize=9&resumableTotalSize=9";
  private static final String UPLOAD = "/files/0123456789abcdef0123456789abcdef";

  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.of(Server.shared(container));
  }

  private ApiClient withKey() {
    return ApiClient.withKey(Server.shared(container));
  }

  private String token() {
    Map<String, String> parameters = Map.of("return_url", "http://a.test/back");
    return withKey().post("/api/photo/get-upload-token", parameters).xml("/response/upload_token");
  }

  private Answer send(String method, String path, String type) {
    BodyPublisher body = BodyPublishers.ofString("a=bcdefgh");
    return api()
        .send(
            api()
                .request(path)
                .header("Content-Type", type)
                .header("Upload-Offset", "0")
                .header("Tus-Resumable", "1.0.0")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"charset=foo", "charset=\"", "charset=utf-99", "charset=;x"})
  void readsAFormWhateverCharsetItsTypeNames(String charset) {
    Answer echo = send("POST", "/api/echo", "application/x-www-form-urlencoded;" + charset);
    assertThat(echo.status()).as(echo.text()).isEqualTo(200);
    assertThat(echo.xml("/response/a")).isEqualTo("bcdefgh");
    Multipart fields = new Multipart().field("a", "b");
    assertThat(
            api()
                .post("/api/echo", fields.contentType() + ";" + charset, fields.body())
                .xml("/response/a"))
        .isEqualTo("b");
    Multipart form = new Multipart().field("upload_token", token());
    form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(12, 12));
    String type = form.contentType() + ";" + charset;
    assertThat(api().post(REDEEM, type, form.body()).locationParameters()).containsKey("photo_id");
    assertThat(withKey().post("/api/photo/upload", type, form.body()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/echo, a/b;charset=foo, 400",
    "POST, /api/photo/upload, a/b;charset=foo, 403",
    "POST, /api/session/sign-in, a/b;charset=foo, 400",
    "POST, /api/nothing, a/b;charset=foo, 404",
    "POST, /none, a/b;charset=foo, 405",
    "GET, /, a/b;charset=foo, 200",
    "GET, /try/callback?a=b, a/b;charset=foo, 200",
    "POST, " + REDEEM + ", a/b;charset=foo, 400",
    "GET, " + CHUNK + ", a/b;charset=foo, 204",
    "PUT, " + CHUNK + ", a/b;charset=foo, 415",
    "PATCH, " + UPLOAD + ", a/b;charset=foo, 415",
    "PATCH, " + UPLOAD + ", application/offset+octet-stream;charset=foo, 404",
  })
  void answersAtEveryDoorWhateverCharsetATypeNames(
      String method, String path, String type, int status) {
    Answer answer = send(method, path, type);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  /** The page for errors looks at the caller, too. */
  @ParameterizedTest
  @ValueSource(strings = {"/none", "/api/nothing", "/api/echo", "/api/photo/upload"})
  void answersASignedFormWhateverCharsetItsTypeNames(String path) {
    Answer answer =
        api()
            .send(
                api()
                    .request(path)
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=foo")
                    .header("Authorization", "OAuth oauth_token=\"x\"")
                    .POST(BodyPublishers.ofString("a=b")));
    assertThat(answer.status()).as(answer.text()).isIn(401, 404, 405);
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200, lang=\"da",
    "/upload/x, 404, lang=\"da",
    "/console, 200, <html",
    "/none, 404, lang=\"da",
    "/photo/1/x, 404, lang=\"da",
    "/api/session/redeem-token?session_token=x, 404, Dette login-link er ikke gyldigt"
  })
  void showsPagesInHoweverManyLanguages(String path, int status, String text) {
    String languages =
        IntStream.range(0, 200)
            .mapToObj(each -> "fi-" + (100 + each))
            .collect(Collectors.joining(","));
    Answer answer =
        api().send(api().request(path).header("Accept-Language", languages + ",da;q=0.1"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(text);
  }

  @Test
  void findsASessionAmongOddCookies() {
    Answer answer =
        api()
            .send(
                api()
                    .request("/api/echo?format=json")
                    .header("Cookie", "a=\"; b=c\" d; =; $Version=1; slipway_session=x")
                    .header("X-Slipway-Session", "1")
                    .header("Origin", Server.shared(container).uri("").toString()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.text()).contains("The session has ended");
  }
}
