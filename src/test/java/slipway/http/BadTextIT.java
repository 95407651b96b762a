package slipway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Text that is not encoded as it must be, or that not every form of a reply can hold. */
@ParameterizedClass
@EnumSource(Container.class)
class BadTextIT {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data; boundary=b";
  private static final String REDEEM = "/api/photo/redeem-upload-token";

  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.of(Server.shared(container));
  }

  private ApiClient withKey() {
    return ApiClient.withKey(Server.shared(container));
  }

  private static void assertInvalid(Answer answer, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("invalid_input");
    assertThat(answer.json().get("message").getAsString()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x=%zz&format=json", "format=json&x=%zz", "format=json&x=%", "format=json&x=%4"})
  void refusesBadEscapesInTheFormThatIsAskedFor(String parameters) {
    String message = "The parameter 'x' has invalid percent-encoding.";
    assertInvalid(raw("GET /api/echo?" + parameters), message);
    assertInvalid(api().post("/api/echo", FORM, BodyPublishers.ofString(parameters)), message);
    assertInvalid(
        withKey().post("/api/photo/get-upload-token", FORM, BodyPublishers.ofString(parameters)),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=%FF&format=json", "format=json&x=a%C3", "format=json&x=%ED%A0%80"})
  void refusesWhatIsNotUtf8InTheFormThatIsAskedFor(String parameters) {
    String message = "The parameter 'x' is not valid UTF-8.";
    assertInvalid(api().get("/api/echo?" + parameters), message);
    assertInvalid(api().post("/api/echo", FORM, BodyPublishers.ofString(parameters)), message);
  }

  private static String field(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  @Test
  void refusesFieldsThatAreNotUtf8() {
    String form = field("title", "s\u00F8") + field("format", "json");
    String message = "The parameter 'title' must be valid UTF-8, or valid in the charset it names.";
    for (String path : new String[] {"/api/echo", "/api/photo/get-upload-token"}) {
      byte[] body = (form + "--b--\r\n").getBytes(ISO_8859_1);
      assertInvalid(withKey().post(path, MULTIPART, BodyPublishers.ofByteArray(body)), message);
    }
    byte[] upload = (form + file("a.jpg") + "--b--\r\n").getBytes(ISO_8859_1);
    assertInvalid(
        withKey().post("/api/photo/upload", MULTIPART, BodyPublishers.ofByteArray(upload)),
        message);
  }

  private String token() {
    Map<String, String> parameters = Map.of("return_url", "http://a.test/back");
    return withKey().post("/api/photo/get-upload-token", parameters).xml("/response/upload_token");
  }

  private static String file(String name) {
    return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + name
        + "\"\r\n\r\n"
        + new String(SampleMedia.jpeg(12, 12), ISO_8859_1)
        + "\r\n";
  }

  private Answer redeem(String form) {
    byte[] body = (form + "--b--\r\n").getBytes(ISO_8859_1);
    return api().post(REDEEM, MULTIPART, BodyPublishers.ofByteArray(body));
  }

  @Test
  void sendsAVisitorBackWhoseFieldsAreNotUtf8() {
    String message = "The parameter '%s' must be valid UTF-8, or valid in the charset it names.";
    String token = token();
    String good = field("upload_token", token);
    String bad = field("city", "K\u00F8benhavn");
    for (String form :
        List.of(bad + good + file("a.jpg"), good + bad + file("a.jpg"), good + file("a") + bad)) {
      assertThat(redeem(form).locationParameters())
          .doesNotContainKey("photo_id")
          .containsEntry("error_code", "invalid_input")
          .containsEntry("error_message", message.formatted("city"));
    }
    assertThat(redeem(good + field("k\u00F8n", "x") + file("a.jpg")).locationParameters())
        .containsEntry("error_message", message.formatted("k\uFFFDn"));
    assertInvalid(
        redeem(good + field("format", "json") + bad + file("a")), message.formatted("city"));
    String chunk =
        field("resumableIdentifier", "a\u00F8")
            + field("resumableChunkNumber", "1")
            + field("resumableChunkSize", "1000000")
            + field("resumableTotalSize", "1000");
    Answer refused = redeem(good + chunk + file("blob"));
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.json().get("message").getAsString()).contains("resumableIdentifier");
    String named = field("resumableFilename", "s\u00F8.jpg");
    assertThat(redeem(good + named + file("s\u00F8.jpg")).locationParameters())
        .as("an odd name of the file")
        .containsKey("photo_id");
  }

  @Test
  void takesFieldsOfTheCharsetTheyName() {
    String head = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n";
    byte[] body =
        (head
                + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\ns\u00F8\r\n"
                + field("format", "json")
                + "--b--\r\n")
            .getBytes(ISO_8859_1);
    Answer answer = api().post("/api/echo", MULTIPART, BodyPublishers.ofByteArray(body));
    assertThat(answer.json().getAsJsonObject("echo").get("x").getAsString()).isEqualTo("sø");
  }

  @Test
  void answersAChunkWhoseQueryIsBadAsChunksAre() {
    String query = "?resumableIdentifier=a&resumableChunkNumber=1&x=%zz&upload_token=t";
    for (String method : new String[] {"POST", "PUT"}) {
      Answer answer = raw(method + " " + REDEEM + query);
      assertThat(answer.status()).as(answer.text()).isEqualTo(415);
      assertThat(answer.json().get("message").getAsString()).contains("invalid percent-encoding");
    }
    assertThat(raw("GET " + REDEEM + query).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?p=%zz",
        "/?p=%FF",
        "/tag?name=%FF",
        "/tag?name=%",
        "/album/1?p=%C3",
        "/try/callback?photo_id=%zz&x=%FF",
        "/try?x=%zz",
        "/photo/1?%zz",
        "/upload/x?%zz",
        "/health/ready?%zz",
        "/assets/slipway.css?%zz"
      })
  void hasNoFaultOfItsOwnInItsPages(String path) {
    Answer answer = raw("GET " + path);
    assertThat(answer.status()).as(answer.text()).isIn(200, 400, 404);
    assertThat(answer.text()).doesNotContainIgnoringCase("jetty").doesNotContain("Tomcat");
  }

  /** The client of the JDK takes no such address. */
  private Answer raw(String line) {
    try (RawConnection connection = RawConnection.to(Server.shared(container))) {
      connection.send(
          line + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return connection.answer().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x y"})
  void keepsEveryCharacterAlikeInXmlAndJson(String name) {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x100; c++) {
      all.append("a").appendCodePoint(c);
    }
    all.append("\uFFFE\uFFFF\uFFFD\u2028\u0085").appendCodePoint(0x1F408).append("b");
    Map<String, String> parameters = Catalogue.map(name, all.toString());
    Answer xml = api().post("/api/echo", parameters);
    String inXml =
        xml.xml(name.equals("x") ? "/response/x" : "/response/parameter[@name='x y']/@value");
    parameters.put("format", "json");
    JsonObject echo = api().post("/api/echo", parameters).json().getAsJsonObject("echo");
    String inJson = echo.get(name).getAsString();
    assertThat(inXml).isEqualTo(inJson);
    assertThat(inJson)
        .startsWith("a\uFFFDa\uFFFD")
        .contains("a\ta\na\uFFFDa\uFFFDa\ra")
        .endsWith("\uFFFD\uFFFD\uFFFD\u2028\u0085\uD83D\uDC08b");
  }

  /** SQLite takes a text to end there. */
  @Test
  void losesNothingOfATextBehindACharacterOfNumberZero() {
    Catalogue site = new Catalogue(Server.shared(container));
    String tag = Catalogue.unique("t");
    String photo = site.photo("tags", tag + "\u0000end \u0000");
    assertThat(site.call("photo/list", "photo_id", photo).xml("/response/photo/@tags"))
        .isEqualTo(tag + "\uFFFDend \uFFFD");
    assertThat(site.call("tag/list", "search", tag).xml("/response/tag/@tag"))
        .isEqualTo(tag + "\uFFFDend");
    assertThat(site.call("tag/related", "tag", tag + "\u0000end").xml("/response/@total_count"))
        .isEqualTo("1");
  }

  @Test
  void keepsControlCharactersOfATitleAlikeInXmlAndJson() {
    Map<String, String> parameters =
        Catalogue.map("return_url", "http://a.test/", "title", "a\u0001b\u000Bc\u001Fd\u007Fe");
    String xml = withKey().post("/api/photo/get-upload-token", parameters).xml("/response/title");
    parameters.put("format", "json");
    JsonObject json = withKey().post("/api/photo/get-upload-token", parameters).json();
    assertThat(xml).isEqualTo(json.getAsJsonObject("uploadtoken").get("title").getAsString());
  }
}
