package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

/** The upload page as the server sends it. */
@ParameterizedClass
@AnyContainer
class UploadPageAnswersIT {
  private static final String SITE = "http://127.0.0.1:8008";

  @Parameter Container container;
  private Server server;
  private Visits visits;

  @BeforeEach
  void open() {
    server = Server.shared(container);
    visits = new Visits(server);
  }

  private String token(int maxUploads, String... more) {
    String[] first = {"return_url", SITE + "/back?theme=green", "max_uploads", "" + maxUploads};
    return visits.token(Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private Answer page(String token) {
    return ApiClient.of(server).get("/upload/" + token);
  }

  @Test
  void saysWhatIsTakenAndHowMuchIsLeft() {
    String description = "Bring <b>good</b> ones";
    String token =
        token(
            3,
            "description",
            description,
            "accept",
            "image/jpeg,video/*",
            "max_bytes",
            "5000000",
            "valid_minutes",
            "61");
    assertThat(visits.redeem(Visits.jpeg(token)).status()).isEqualTo(301);
    assertThat(page(token).text())
        .contains(description, "Videos and JPEG", "Up to 5 MB; 2 files", "1 of 3 files received")
        .containsPattern(">1 hour( 1 minute)?</time>")
        .contains("will be taken to <strong dir=\"ltr\">127.0.0.1</strong>")
        .doesNotContain("on the way");
    begin(token);
    assertThat(page(token).text()).contains("Up to 5 MB; one file", "One file is on the way");
  }

  private void begin(String token) {
    String metadata = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    ApiClient api = ApiClient.of(server);
    Answer begun =
        api.send(
            api.request("/files/")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "1000")
                .header("Upload-Metadata", "upload_token " + metadata)
                .POST(BodyPublishers.noBody()));
    assertThat(begun.status()).isEqualTo(201);
  }

  @Test
  void keepsItsAddressToItself() {
    Answer page = page(token(1));
    assertThat(page.header("Referrer-Policy"))
        .as("its form is of an origin, as tokens for this one only ask")
        .hasValue("strict-origin");
    assertThat(page.header("Cache-Control")).hasValue("no-store");
    assertThat(page.header("X-Robots-Tag")).hasValue("noindex");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("form-action 'self' " + SITE)
        .doesNotContain("unsafe");
  }

  @Test
  void saysThatALinkIsNotKnown() {
    for (String path : new String[] {"0".repeat(40), "", "a/b", "%3Cscript%3E"}) {
      Answer page = page(path);
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.text()).contains("This upload link is not valid").doesNotContain("<script>");
    }
  }

  @Test
  void saysThatAnUploadIsForAnotherSite() {
    Answer page = page(token(1, "allowed_origin", "https://www.example.com"));
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text())
        .contains(
            "It accepts uploads only from:",
            "<strong dir=\"ltr\">https://www.example.com</strong>");
  }

  @Test
  void speaksTheLanguageThatItsVisitorLikesBestOfThoseItHas() {
    String path = "/upload/" + token(1);
    assertThat(page(path, "fi, da;q=0.8, en;q=0.5"))
        .contains("<html lang=\"da\" dir=\"ltr\">", "Vælg en fil");
    assertThat(page(path, "da;q=0.2, en-GB"))
        .contains("<html lang=\"en-GB\" dir=\"ltr\">", "Choose a file");
    for (String other : new String[] {"fi", "*", "x-y;q=never", ""}) {
      assertThat(page(path, other)).contains("<html lang=\"en\" dir=\"ltr\">", "Choose a file");
    }
    assertThat(page("/upload/" + "0".repeat(40), "da"))
        .contains("Dette uploadlink er ikke gyldigt");
    assertThat(page("/no/such/page", "da")).contains("Fejl 404");
  }

  private String page(String path, String languages) {
    ApiClient api = ApiClient.of(server);
    return api.send(api.request(path).header("Accept-Language", languages).GET()).text();
  }
}
