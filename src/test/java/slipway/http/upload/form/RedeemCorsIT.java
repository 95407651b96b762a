package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.REDEEM;
import static slipway.http.upload.form.Visits.jpeg;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class RedeemCorsIT {
  private static final String ALLOWED = "https://www.example.com";

  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private Answer redeem(Multipart form, String origin) {
    ApiClient api = ApiClient.of(visits().server());
    return api.send(
        api.request(REDEEM)
            .header("Origin", origin)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  @Test
  void answersAPreflightForEveryOrigin() {
    ApiClient api = ApiClient.of(visits().server());
    Answer answer =
        api.send(
            api.request(REDEEM)
                .header("Origin", "https://anyone.test")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "idempotency-key")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.header("Access-Control-Allow-Methods"))
        .hasValueSatisfying(said -> assertThat(said).contains("POST"));
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("*, Authorization");
    assertThat(answer.header("Access-Control-Max-Age")).contains("86400");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void tellsItsMethodsToOptionsThatIsNoPreflight() {
    ApiClient api = ApiClient.of(visits().server());
    Answer answer = api.send(api.request(REDEEM).method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).contains("POST, DELETE, OPTIONS");
  }

  @Test
  void letsEveryPageReadTheAnswerToATokenWithoutAnOrigin() {
    Answer taken = redeem(jpeg(visits().token()).field("format", "json"), "https://anyone.test");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.header("Access-Control-Allow-Origin")).contains("*");
    Answer dead = redeem(jpeg("0".repeat(40)), "https://anyone.test");
    assertThat(dead.status()).isEqualTo(404);
    assertThat(dead.header("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void letsOnlyPagesOfTheTokensOriginReadTheAnswer() {
    String token = visits().token("allowed_origin", ALLOWED);
    Answer answer = redeem(jpeg(token).field("format", "json"), ALLOWED);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(ALLOWED);
    assertThat(answer.headers().allValues("Vary").toString()).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.test",
        "http://www.example.com",
        "https://www.example.com:8443",
        "https://www.example.com.evil.test",
        "null"
      })
  void refusesPagesOfOtherOriginsAtNoCostToTheToken(String origin) {
    String token = visits().token("allowed_origin", ALLOWED);
    Answer refused = redeem(jpeg(token).field("format", "xml"), origin);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.xml("/response/@code")).isEqualTo("permission_denied");
    assertThat(refused.header("Access-Control-Allow-Origin")).contains("*");
    Answer form = redeem(jpeg(token), origin);
    assertThat(form.status()).isEqualTo(301);
    assertThat(form.locationParameters()).containsKey("error_message").doesNotContainKey("token");
    assertThat(redeem(jpeg(token), ALLOWED).locationParameters()).containsKey("photo_id");
  }

  private Answer redeem(String query, Multipart form, String origin, String... headers) {
    ApiClient api = ApiClient.of(visits().server());
    return api.send(
        api.request(REDEEM + query)
            .headers(headers)
            .header("Origin", origin)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private static void isDenied(Answer answer) {
    assertThat(answer.json().get("code").getAsString())
        .as(answer.text())
        .isEqualTo("permission_denied");
  }

  /** Where the form failed before its token, or the rest of it, was read. */
  @Test
  void tellsPagesOfOtherOriginsOfNoOtherFailure() {
    String evil = "https://evil.test";
    String token = visits().token("allowed_origin", ALLOWED);
    String[] plain = {"Accept", "text/html"};
    Multipart twoFiles =
        new Multipart()
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20))
            .file("file", "b.jpg", "image/jpeg", SampleMedia.jpeg(20, 20))
            .field("upload_token", token);
    Multipart longField =
        new Multipart()
            .field("upload_token", token)
            .field("x", "x".repeat(70_000))
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20));
    for (Multipart form : new Multipart[] {twoFiles, longField}) {
      isDenied(redeem("?format=json", form, evil, plain));
      assertThat(redeem("", form, evil, plain).locationParameters())
          .containsEntry("error_code", "permission_denied");
      assertThat(redeem("", form, ALLOWED, plain).locationParameters())
          .containsEntry("error_code", "invalid_input");
      String flow = "flowIdentifier=i&flowChunkNumber=1&flowChunkSize=9&flowTotalSize=9";
      isDenied(redeem("?" + flow, form, evil, plain));
    }
    String query = "?dzuuid=u&dzchunkindex=0&upload_token=" + token;
    isDenied(redeem(query, new Multipart().field("x", "x".repeat(70_000)), evil, plain));
    Multipart announced =
        new Multipart().field("upload_token", token).field("x", "x".repeat(70_000));
    isDenied(redeem("", announced, evil, "Upload-Length", "9"));
    Multipart shown = new Multipart().field("x", "x".repeat(70_000));
    isDenied(redeem("", shown, evil, "Upload-Length", "9", "Authorization", "Bearer " + token));
    redeem(jpeg(token), ALLOWED);
    isDenied(redeem("?format=json", jpeg(token), evil, plain));
  }

  /** So browsers send a form of a page whose Referrer-Policy is no-referrer or same-origin. */
  @ParameterizedTest
  @CsvSource({
    "navigate, same-origin, false, true",
    "navigate, same-site, false, true",
    "navigate, cross-site, false, false",
    "navigate, none, false, false",
    "navigate, , false, false",
    ", same-origin, false, false",
    ", , false, false",
    "cors, same-origin, false, false",
    "no-cors, same-site, false, false",
    "navigate, cross-site, true, true",
    "navigate, same-site, true, true",
    ", , true, true",
    "cors, cross-site, true, false",
    "no-cors, cross-site, true, false",
  })
  void takesAFormWhosePageTellsNoOriginAsTheBrowserSaysWhereItIsFrom(
      String mode, String site, boolean orNull, boolean isTaken) {
    String token = visits().token("allowed_origin", orNull ? ALLOWED + " null" : ALLOWED);
    Multipart form = jpeg(token);
    ApiClient api = ApiClient.of(visits().server());
    var request =
        api.request(REDEEM)
            .header("Origin", "null")
            .header("Content-Type", form.contentType())
            .POST(form.body());
    if (mode != null) {
      request.header("Sec-Fetch-Mode", mode);
    }
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    Answer answer = api.send(request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(isTaken ? ALLOWED : "*");
    Map<String, String> said = answer.locationParameters();
    assertThat(said.containsKey("photo_id")).as(said.toString()).isEqualTo(isTaken);
    assertThat(said.getOrDefault("error_message", "Referrer-Policy, null"))
        .contains("Referrer-Policy")
        .contains("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.test", "http://www.example.com"})
  void letsNoOtherOriginInWhereNoneIsTakenToo(String origin) {
    String token = visits().token("allowed_origin", ALLOWED + " null");
    Answer refused = redeem(jpeg(token).field("format", "xml"), origin);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(redeem(jpeg(token), ALLOWED).locationParameters()).containsKey("photo_id");
  }

  @Test
  void letsARequestThatIsFromNoPageThrough() {
    String token = visits().token("allowed_origin", ALLOWED);
    assertThat(visits().redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
  }
}
