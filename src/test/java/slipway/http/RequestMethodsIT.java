package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
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
import slipway.harness.Server;

/** Which HTTP methods and bodies the methods of the API and the doors of uploads take. */
@ParameterizedClass
@EnumSource(Container.class)
class RequestMethodsIT {
  private static final String CHUNK =
      "/api/photo/redeem-upload-token?resumableIdentifier=a&resumableChunkNumber=1"
          + "&resumableChunkSize=9&resumableTotalSize=9";

  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.withKey(Server.shared(container));
  }

  private Answer send(String method, String path) {
    return api().send(api().request(path).method(method, BodyPublishers.noBody()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/echo?a=b",
        "/api/site/get?format=json",
        "/api/photo/list?search=nosuchword",
        "/api/credential/list?format=json&callback=f",
        "/api/event/list?type=x",
        "/api/nothing",
        "/api/openapi.json"
      })
  void answersHeadWhereAMethodOnlyReads(String path) {
    Answer get = api().get(path);
    Answer head = send("HEAD", path);
    assertThat(head.status()).isEqualTo(get.status());
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    assertThat(head.header("Content-Length")).contains(Integer.toString(get.body().length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/photo/get-upload-token", "/api/album/create?title=x"})
  void refusesHeadWhereAMethodMayChangeSomething(String path) {
    Answer head = send("HEAD", path);
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.header("Allow")).contains("GET, POST, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/echo | GET, HEAD, POST, OPTIONS",
        "/api/album/create | GET, POST, OPTIONS",
        "/api/photo/upload | POST, OPTIONS",
        "/api/photo/replace | GET, POST, OPTIONS",
        "/api/photo/subtitle/upload | POST, OPTIONS",
        "/api/photo/section/set-thumbnail | POST, OPTIONS",
        "/api/photo/section/list | GET, HEAD, POST, OPTIONS",
        "/api/photo/redeem-replace-token | POST, OPTIONS",
        CHUNK + " | GET, POST, PUT, OPTIONS",
        "/api/openapi.json | GET, HEAD, OPTIONS",
      })
  void tellsTheMethodsThatItTakes(String path, String methods) {
    Answer answer = send("OPTIONS", path);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).contains(methods);
    Answer refused = send("DELETE", path);
    assertThat(refused.status()).as(refused.text()).isEqualTo(405);
    assertThat(refused.header("Allow")).contains(methods);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/photo/redeem-upload-token | POST, DELETE, OPTIONS",
        CHUNK + " | GET, POST, PUT, OPTIONS",
        "/api/photo/redeem-upload-token?patch=a | HEAD, PATCH, OPTIONS",
        "/files/ | POST, OPTIONS",
        "/files/0123 | GET, HEAD, PATCH, DELETE, OPTIONS",
      })
  void allowsPagesThoseMethods(String path, String methods) {
    Answer preflight =
        api()
            .send(
                api()
                    .request(path)
                    .header("Access-Control-Request-Method", "PUT")
                    .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains(methods);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ | GET, HEAD, OPTIONS | text/html",
        "/none | GET, HEAD, OPTIONS | text/html",
        "/photo/1 | GET, HEAD, OPTIONS | text/html",
        "/assets/slipway.css | GET, HEAD, OPTIONS | text/html",
        "/files/ | POST, OPTIONS | text/html",
        "/files/0123 | GET, HEAD, PATCH, DELETE, OPTIONS | text/html",
        "/api/echo | GET, HEAD, POST, OPTIONS | text/xml",
        "/api/album/create?format=json | GET, POST, OPTIONS | application/json",
        "/api/nothing?format=json&callback=f | GET, POST, OPTIONS | application/javascript",
        "/api/photo/upload?format=json | POST, OPTIONS | application/json",
        "/api/photo/redeem-upload-token | POST, DELETE, OPTIONS | text/xml",
        CHUNK + " | GET, POST, PUT, OPTIONS | text/xml",
        "/api/openapi.json | GET, HEAD, OPTIONS | text/xml",
      })
  void refusesTraceAtEveryPathAlike(String path, String methods, String type) {
    Answer answer =
        api()
            .send(
                api()
                    .request(path)
                    .header("X-Told", "again")
                    .method("TRACE", BodyPublishers.noBody()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains(methods);
    assertThat(answer.header("Content-Type").orElse("")).startsWith(type);
    assertThat(answer.text()).isNotEmpty().doesNotContain("again");
  }

  @Test
  void showsAPageWhateverMethodIsRefused() {
    for (String method : new String[] {"PUT", "DELETE", "PATCH", "POST", "TRACE"}) {
      Answer answer = send(method, "/try");
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.header("Content-Type").orElse("")).as(method).startsWith("text/html");
      assertThat(answer.text()).as(method).contains("<!doctype html>");
    }
  }

  @Test
  void wantsToKnowWhatABodyIs() {
    BodyPublisher form = BodyPublishers.ofString("format=json");
    Answer untold = api().send(api().request("/api/echo").POST(form));
    assertThat(untold.status()).isEqualTo(400);
    assertThat(untold.xml("/response/@message")).startsWith("The header Content-Type is required");
    BodyPublisher chunked =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream("a=b".getBytes(StandardCharsets.UTF_8)));
    assertThat(api().send(api().request("/api/echo").POST(chunked)).status()).isEqualTo(400);
    assertThat(send("POST", "/api/site/get").status()).isEqualTo(200);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/echo, application/x-www-form-urlencoded",
    "/api/photo/upload, multipart/form-data; boundary=b",
    "/api/photo/redeem-upload-token, multipart/form-data; boundary=b",
    CHUNK + ", application/octet-stream",
    "/files/, application/offset+octet-stream",
  })
  void saysThatCompressedBodiesAreNotAccepted(String path, String type) throws IOException {
    Answer answer =
        api()
            .send(
                api()
                    .request(path)
                    .header("Content-Type", type)
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(gzip("a=b"))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(415);
    assertThat(answer.text()).contains("Compressed bodies are not accepted");
  }

  @Test
  void takesABodyThatIsSaidToBeAsItIs() {
    Answer answer =
        api()
            .send(
                api()
                    .request("/api/echo")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Content-Encoding", "identity")
                    .POST(BodyPublishers.ofString("a=b")));
    assertThat(answer.xml("/response/a")).isEqualTo("b");
  }

  @Test
  void saysWhichBodiesItTakesWhereAFileIsSentAsJson() {
    Answer answer =
        api().post("/api/photo/upload", "application/json", BodyPublishers.ofString("{}"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@message")).contains("multipart/form-data");
    assertThat(api().post("/api/photo/upload", new Multipart().field("title", "x")).status())
        .isEqualTo(400);
    assertThat(api().post("/api/echo", Map.of("a", "b")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"album/delete?album_id=1", "photo/replace?photo_id=1&time=1"})
  void saysThatTheQueryIsNotReadOnPostWhereTheParameterIsThere(String path) {
    ApiClient client = api();
    Answer query = client.post("/api/" + path, Map.of("format", "json"));
    assertThat(query.status()).isEqualTo(400);
    assertThat(query.json().get("message").getAsString())
        .contains("_id' is required", "in the query, which is not read on POST");
    Answer nowhere = client.post("/api/" + path.replaceFirst("\\?.*", "?album_id="), Map.of());
    assertThat(nowhere.text()).contains("_id' is required").doesNotContain("query");
  }
}
