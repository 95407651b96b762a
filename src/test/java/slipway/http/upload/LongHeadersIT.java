package slipway.http.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

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
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;
import slipway.http.upload.tus.TusClient;

/** What a client says of its file comes back in headers that can be delivered. */
@ParameterizedClass
@EnumSource(Container.class)
class LongHeadersIT {
  private static final int PAGE = 4096;

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private static int headerBytes(Answer answer) {
    return answer.headers().map().entrySet().stream()
        .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + value))
        .mapToInt(line -> line.length() + ": \r\n".length())
        .sum();
  }

  private Answer original(String filename, byte[] content) {
    Multipart form = new Multipart().field("upload_token", new Visits(server()).token());
    Answer back = new Visits(server()).redeem(form.file("file", filename, "x/y", content));
    return ApiClient.of(server()).get(back.returnedPath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"🐈", "写", "*", "a"})
  void sendsAFileOfTheLongestName(String character) {
    Answer original = original(character.repeat(300) + ".jpg", SampleMedia.jpeg(12, 12));
    assertThat(original.status()).isEqualTo(200);
    assertThat(headerBytes(original)).isLessThan(PAGE);
    assertThat(original.header("Content-Disposition").orElseThrow()).endsWith(".jpg");
  }

  @Test
  void givesADrawingNoEndingOfAPage() {
    byte[] dxf = "  0\r\nSECTION\r\n  2\r\nHEADER\r\n  9\r\n$ACADVER\r\n".getBytes(ISO_8859_1);
    Answer original = original("n.html", dxf);
    assertThat(original.header("Content-Type")).contains("image/vnd.dxf");
    assertThat(original.header("Content-Disposition").orElseThrow()).endsWith("''n.html.dxf");
  }

  @Test
  void tellsHowFarAnUploadIsOfAPageWithALongOrigin() {
    TusClient tus = new TusClient(server());
    String origin = "https://" + (("o".repeat(60) + ".").repeat(4) + "test");
    String said = TusClient.metadata(tus.token("allowed_origin", origin));
    String note = ",note " + "QUFB".repeat(790);
    Answer created =
        tus.send("POST", "/files/", "Upload-Length", "100", "Upload-Metadata", said + note);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(headerBytes(tus.send("HEAD", TusClient.path(created)))).isLessThan(PAGE - 40);
  }

  @Test
  void tellsHowFarAnUploadIsOfWhichMuchWasSaid() {
    TusClient tus = new TusClient(server());
    String said = TusClient.metadata(tus.token()) + ",note " + "QUFB".repeat(1500);
    Answer created = tus.send("POST", "/files/", "Upload-Length", "100", "Upload-Metadata", said);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    Answer head = tus.send("HEAD", TusClient.path(created));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Upload-Offset")).contains("0");
    assertThat(headerBytes(head)).isLessThan(PAGE);
    String path = tus.created(tus.token(), 100);
    assertThat(tus.send("HEAD", path).header("Upload-Metadata").orElseThrow())
        .startsWith("filename ");
  }
}
