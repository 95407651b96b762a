package slipway.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** The catalogue of malformed uploads: each is refused in words, and leaves nothing behind. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class MalformedUploadIT {
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String FILE =
      "Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n";
  private static final String JPEG = new String(SampleMedia.jpeg(16, 16), ISO_8859_1);

  @Parameter Container container;

  /** Files that other tests left in mid-upload, by design. */
  private Set<Path> before;

  @BeforeEach
  void lookBefore() throws IOException {
    before = incoming();
  }

  @AfterEach
  void leavesNoFile() throws IOException {
    assertThat(incoming()).isSubsetOf(before);
  }

  private Set<Path> incoming() throws IOException {
    Path folder = Server.shared(container).data().resolve("media/incoming");
    try (Stream<Path> files = Files.list(folder)) {
      // Renditions are made in folders there.
      return files.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }

  private String issue() {
    return ApiClient.withKey(Server.shared(container))
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private static String file() {
    return "--b\r\n" + FILE + "\r\n" + JPEG + "\r\n";
  }

  private static String field(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  /** Bodies by what is wrong with them; each begins with a good token. */
  private static Map<String, String> catalogue() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("nothing after the token", "");
    bodies.put("no final boundary", "--b\r\n" + FILE + "\r\n" + JPEG);
    bodies.put("cut in the headers", "--b\r\nContent-Dispo");
    bodies.put("cut in the boundary", "--b\r\n" + FILE + "\r\n" + JPEG + "\r\n--");
    bodies.put("line ends of LF", "--b\n" + FILE + "\n" + JPEG + "\n--b--\n");
    bodies.put("no empty line after headers", "--b\r\n" + FILE + "--b--\r\n");
    bodies.put("no name", "--b\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG + "\r\n--b--\r\n");
    bodies.put(
        "an empty name", "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--\r\n");
    bodies.put("headers without end", "--b\r\nX: " + "x".repeat(100_000) + "\r\n\r\n\r\n--b--\r\n");
    bodies.put("a field without end", field("title", "x".repeat(200_000)) + "--b--\r\n");
    bodies.put("10,000 fields", field("a", "1").repeat(10_000) + "--b--\r\n");
    bodies.put("two tokens", field("upload_token", "0".repeat(40)) + "--b--\r\n");
    bodies.put(
        "an unknown charset",
        "--b\r\nContent-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain;"
            + " charset=klingon\r\n\r\nx\r\n--b--\r\n");
    bodies.put(
        "a nested multipart",
        "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n"
            + "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
            + "Content-Disposition: file; filename=\"a.jpg\"\r\n\r\n"
            + JPEG
            + "\r\n--c--\r\n--b--\r\n");
    bodies.put(
        "a bad escape in the file's name",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%zz\r\n\r\n"
            + "x\r\n--b--\r\n");
    bodies.put("two files", (file() + file()) + "--b--\r\n");
    bodies.put("a file and a field of its name", field("file", "x") + "--b--\r\n");
    bodies.put("a wrong charset", field("title", "\u00ff\u00fe\u00c3(") + "--b--\r\n");
    bodies.put(
        "a charset the bytes do not have",
        "--b\r\nContent-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain;"
            + " charset=utf-32\r\n\r\nx\r\n--b--\r\n");
    bodies.put(
        "two dispositions",
        "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n" + FILE + "--b--\r\n");
    bodies.put(
        "a name twice",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; name=\"title\"\r\n\r\n--b--\r\n");
    bodies.put("many headers", "--b\r\n" + "X: y\r\n".repeat(20_000) + "\r\n\r\n--b--\r\n");
    bodies.put("a header without a colon", "--b\r\nnonsense\r\n" + FILE + "\r\n\r\n--b--\r\n");
    bodies.put("201 parts", field("a", "1").repeat(201) + "--b--\r\n");
    bodies.put("10,000 empty parts", "--b\r\n\r\n\r\n".repeat(10_000) + "--b--\r\n");
    bodies.put("a zero in a name", field("a\u0000b", "x") + "--b--\r\n");
    bodies.put(
        "multiparts in multiparts",
        ("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n"
                    + "Content-Type: multipart/mixed; boundary=b\r\n\r\n")
                .repeat(50)
            + "--b--\r\n");
    bodies.put("text after the boundary", "--bx\r\n" + FILE + "\r\n" + JPEG + "\r\n--bx--\r\n");
    return bodies;
  }

  @Test
  void refusesEachInWordsAndGivesTheUseBack() {
    ApiClient api = ApiClient.of(Server.shared(container));
    catalogue()
        .forEach(
            (name, rest) -> {
              String token = issue();
              byte[] body = (field("upload_token", token) + rest).getBytes(ISO_8859_1);
              Answer answer =
                  api.post(
                      REDEEM, "multipart/form-data; boundary=b", BodyPublishers.ofByteArray(body));
              assertThat(answer.status()).as(name).isIn(301, 400, 413);
              if (answer.status() == 301) {
                assertThat(answer.locationParameters()).as(name).containsKey("error_message");
              }
              Multipart good =
                  new Multipart()
                      .field("upload_token", token)
                      .file("file", "a.jpg", "image/jpeg", JPEG.getBytes(ISO_8859_1));
              assertThat(api.post(REDEEM, good).locationParameters())
                  .as("the token after: %s", name)
                  .containsKey("photo_id");
            });
  }

  @Test
  void refusesAContentTypeWithoutAUsableBoundary() {
    ApiClient api = ApiClient.of(Server.shared(container));
    for (String type :
        new String[] {
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "multipart/form-data; boundary=" + "x".repeat(71),
          "multipart/mixed; boundary=b",
          "text/plain",
          "application/json",
          "nonsense"
        }) {
      Answer answer = api.post(REDEEM, type, BodyPublishers.ofByteArray("x".getBytes(UTF_8)));
      assertThat(answer.status()).as(type).isIn(400, 415);
      assertThat(answer.text()).as(type).isNotBlank();
    }
  }
}
