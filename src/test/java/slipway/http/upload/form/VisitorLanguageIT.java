package slipway.http.upload.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.jpeg;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;

/** What a visitor of a form is told is in the language of the visitor, as the pages are. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class VisitorLanguageIT {
  private static final byte[] NO_PICTURE = "<html>no picture".getBytes(UTF_8);

  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private Answer redeem(String language, Multipart form) {
    ApiClient client = ApiClient.of(visits().server());
    return client.send(
        client
            .request(Visits.REDEEM)
            .header("Accept-Language", language)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private static Multipart noPicture(String token) {
    return new Multipart()
        .field("upload_token", token)
        .file("file", "a.jpg", "image/jpeg", NO_PICTURE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "da | Denne filtype (text/html) kan ikke uploades her. Tilladt: billeder og videoer.",
        "da-DK,da;q=0.9,en;q=0.8 | Denne filtype (text/html) kan ikke uploades her.",
        "fi, da;q=0.5 | Denne filtype (text/html) kan ikke uploades her.",
        "fi-FI,fi;q=0.9,et-EE;q=0.8,et;q=0.7,lv-LV;q=0.6,lv;q=0.5,lt-LT;q=0.4,lt;q=0.3,fo;q=0.2,"
            + "kl;q=0.15,da-DK;q=0.1,en;q=0.05 | Denne filtype (text/html) kan ikke uploades her.",
        "en, da;q=0.5 | This file type (text/html) is not accepted. Accepted: photos and videos.",
        "fi | This file type (text/html) is not accepted.",
        "de-AT | Dieser Dateityp (text/html) wird nicht akzeptiert. Erlaubt: Fotos und Videos.",
        "zh-Hans-CN, en;q=0.5 | 不支持此文件类型 (text/html)。支持：照片和视频。",
        "da;q=0,en-GB;q=0.1 | This file type (text/html) is not accepted.",
        "*;;q=x | This file type (text/html) is not accepted.",
      })
  void tellsWhyInTheVisitorsLanguage(String language, String message) {
    Map<String, String> back = redeem(language, noPicture(visits().token())).locationParameters();
    assertThat(back)
        .containsEntry("error_code", "error_processing_upload")
        .hasEntrySatisfying("error_message", said -> assertThat(said).startsWith(message));
  }

  @Test
  void isEnglishWhereNoLanguageIsAskedFor() {
    assertThat(visits().redeem(noPicture(visits().token())).locationParameters())
        .hasEntrySatisfying("error_message", said -> assertThat(said).startsWith("This file type"));
  }

  @Test
  void tellsEachReason() {
    String token = visits().token("max_bytes", "10", "max_uploads", "2");
    assertThat(redeem("da", jpeg(token)).locationParameters())
        .containsEntry("error_code", "too_large")
        .containsEntry("error_message", "Filen er for stor. Grænsen er 10 bytes.");
    assertThat(redeem("da", new Multipart().field("upload_token", token)).locationParameters())
        .containsEntry("error_code", "no_file")
        .containsEntry("error_message", "Der er ikke valgt nogen fil.");
    Multipart empty = new Multipart().field("upload_token", token);
    empty.file("file", "a.jpg", "image/jpeg", new byte[0]);
    assertThat(redeem("da", empty).locationParameters())
        .containsEntry("error_message", "Filen er tom.");
  }

  @Test
  void tellsInPlainTextWhereThereIsNoWayBack() {
    Answer unknown = redeem("da", jpeg("0".repeat(40)));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(unknown.text()).startsWith("Dette uploadlink er ikke gyldigt. Gå tilbage");
    String token = visits().token();
    assertThat(redeem("da", jpeg(token)).locationParameters()).containsKey("photo_id");
    assertThat(redeem("da", jpeg(token)).text())
        .startsWith("Dette uploadlink er allerede brugt. Gå tilbage");
    String background = visits().token("background_return_p", "1", "max_bytes", "10");
    assertThat(redeem("da", jpeg(background)).text())
        .isEqualTo("error Filen er for stor. Grænsen er 10 bytes.");
  }

  @Test
  void speaksToScriptsInEnglishAndTellsWhatToTellTheVisitor() {
    Answer json = redeem("da", new Multipart().field("format", "json"));
    assertThat(json.json().get("message").getAsString()).contains("upload_token");
    assertThat(json.json().get("error_message").getAsString())
        .startsWith("Dette uploadlink er ikke gyldigt.");
    Answer got = ApiClient.of(visits().server()).get(Visits.REDEEM + "?format=json");
    assertThat(got.json().get("message").getAsString()).contains("POST");
    assertThat(got.json().has("error_message")).as("only a developer can help").isFalse();
    String token = visits().token("max_bytes", "10");
    String said = "Filen er for stor. Grænsen er 10 bytes.";
    Answer large = redeem("da", tooLarge(token, "json"));
    assertThat(large.json().get("message").getAsString()).contains("at most 10 bytes");
    assertThat(large.json().get("error_message").getAsString()).isEqualTo(said);
    assertThat(redeem("da", tooLarge(token, "xml")).xml("/response/@error_message"))
        .isEqualTo(said);
  }

  private static Multipart tooLarge(String token, String format) {
    return new Multipart()
        .field("upload_token", token)
        .field("format", format)
        .file("file", "a.jpg", "image/jpeg", new byte[20]);
  }
}
