package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.REDEEM;
import static slipway.http.upload.form.Visits.jpeg;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** Errors carry 200 for the platform's clients, and for no uploader, which would trust it. */
@ParameterizedClass
@AnyContainer
class Always200IT {
  private static final String DEAD = "0".repeat(40);

  private static Server server;

  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = Server.on(container).setting("slipway.compat.always200", "true").start();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  private static Visits visits() {
    return new Visits(server);
  }

  private static Multipart text(String token) {
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
    return new Multipart().field("upload_token", token).file("file", "a.txt", "image/png", text);
  }

  @Test
  void holdsForMethodsAndForTheTextsThatAFormGets() {
    ApiClient api = ApiClient.of(server);
    Map<String, String> dead = Map.of("upload_token", DEAD, "format", "json");
    assertThat(api.post("/api/photo/update-upload-token", dead).status()).isEqualTo(200);
    assertThat(api.post("/api/photo/upload", text("")).xml("/response/@status")).isEqualTo("error");
    Answer unknown = visits().redeem(jpeg(DEAD));
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.header("Content-Type").orElseThrow()).startsWith("text/plain");
    Answer refused = visits().redeem(text(visits().token("background_return_p", "1")));
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.text()).startsWith("error ");
  }

  @Test
  void doesNotHoldWhereAFormAsksForAReply() {
    for (String format : new String[] {"json", "xml"}) {
      assertThat(visits().redeem(jpeg(DEAD).field("format", format)).status()).isEqualTo(404);
      assertThat(visits().redeem(text(visits().token()).field("format", format)).status())
          .isEqualTo(415);
    }
    Answer refused = visits().redeem(text(visits().token()).field("format", "json"));
    assertThat(refused.json().get("status").getAsString()).isEqualTo("error");
  }

  @Test
  void doesNotHoldForAFileInPieces() {
    ApiClient api = ApiClient.of(server);
    String chunk =
        REDEEM
            + "?resumableIdentifier=a&resumableChunkNumber=1&resumableChunkSize=5"
            + "&resumableTotalSize=5&upload_token="
            + DEAD;
    assertThat(api.send(api.request(chunk).POST(BodyPublishers.ofString("abcde"))).status())
        .isEqualTo(404);
    TusClient tus = new TusClient(server);
    assertThat(tus.create(DEAD, 5).status()).isEqualTo(404);
    assertThat(tus.send("HEAD", "/files/" + "0".repeat(32)).status()).isEqualTo(404);
  }
}
