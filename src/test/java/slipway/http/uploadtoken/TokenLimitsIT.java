package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.jpeg;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@AnyContainer
class TokenLimitsIT {
  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private static void assertSentBackWith(Answer back, String message) {
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.locationParameters().get("error_message")).contains(message);
    assertThat(back.locationParameters()).doesNotContainKey("photo_id");
  }

  @Test
  void saysTheLimitsInTheReply() {
    Answer answer =
        visits()
            .ask(
                "max_bytes", "5000",
                "accept", "Image/PNG, video/*",
                "allowed_origin", "HTTPS://www.Example.com:443/");
    assertThat(answer.xml("/response/max_bytes")).isEqualTo("5000");
    assertThat(answer.xml("/response/accept")).isEqualTo("image/png,video/*");
    assertThat(answer.xml("/response/allowed_origin")).isEqualTo("https://www.example.com");
    Answer json = visits().ask("max_bytes", "5000", "format", "json");
    assertThat(json.json().getAsJsonObject("uploadtoken").get("max_bytes").getAsString())
        .isEqualTo("5000");
  }

  @Test
  void takesAFileOfExactlyTheLargestSizeAndNoByteMore() {
    byte[] picture = SampleMedia.jpeg(30, 30);
    String token = visits().token("max_bytes", Integer.toString(picture.length));
    Answer refused =
        visits()
            .redeem(
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "a.jpg", "image/jpeg", longer(picture)));
    assertSentBackWith(refused, "The file is too large. The limit is");
    Answer taken =
        visits()
            .redeem(
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "a.jpg", "image/jpeg", picture));
    assertThat(taken.locationParameters()).containsKey("photo_id");
  }

  private static byte[] longer(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  @Test
  void holdsAFileThatCameBeforeItsTokenToTheLimits() {
    String token = visits().token("max_bytes", "100");
    Multipart form =
        new Multipart()
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(30, 30))
            .field("upload_token", token);
    assertSentBackWith(visits().redeem(form), "The limit is 100 bytes.");
    String png = visits().token("accept", "image/png");
    form =
        new Multipart()
            .file("file", "a.png", "image/png", SampleMedia.jpeg(30, 30))
            .field("upload_token", png);
    assertSentBackWith(
        visits().redeem(form), "This file type (image/jpeg) is not accepted. Accepted: PNG.");
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, true",
    "image/*, true",
    "'image/png,image/jpeg', true",
    "image/png, false",
    "video/*, false"
  })
  void looksAtTheContentForTheType(String accept, boolean taken) {
    String token = visits().token("accept", accept);
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.png", "image/png", SampleMedia.jpeg(20, 20));
    assertThat(visits().redeem(form).locationParameters().containsKey("photo_id")).isEqualTo(taken);
  }

  @Test
  void answersARefusalInJson() {
    String token = visits().token("max_bytes", "10");
    Answer answer = visits().redeem(jpeg(token).field("format", "json"));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("too_large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_bytes | 0 | a whole number from 1 to 10737418240",
        "max_bytes | 10737418241 | a whole number from 1 to 10737418240",
        "max_bytes | 5MB | a whole number",
        "accept | .jpg | MIME types",
        "accept | */* | MIME types",
        "accept | application/pdf | among the types that the site accepts: image/*,video/*",
        "accept | image/svg+xml | among the types that the site accepts",
        "allowed_origin | www.example.com | such as https://www.example.com",
        "allowed_origin | https://www.example.com/page | such as https://www.example.com",
        "allowed_origin | https://a@example.com | such as https://www.example.com",
        "allowed_origin | ftp://example.com | such as https://www.example.com",
        "allowed_origin | https://[fe80::1%1] | such as https://www.example.com",
        "allowed_origin | https://01.2.3.4 | such as https://www.example.com",
        "allowed_origin | * | such as https://www.example.com",
        "allowed_origin | null | such as https://www.example.com",
        "allowed_origin | https://a.test?x | such as https://www.example.com",
        "allowed_origin | https://a.test https://b.test | such as https://www.example.com",
        "allowed_origin | null https://a.test | https://www.example.com null",
        "allowed_origin | https://a.test null null | https://www.example.com null",
      })
  void refusesALimitThatIsNone(String name, String value, String valid) {
    Answer answer = visits().ask(name, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
    assertThat(answer.xml("/response/@message")).contains("'" + name + "'").contains(valid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a.test:8080", "https://a.test", "http://[::1]:81", "https://a.test null"})
  void keepsAnOriginAsBrowsersWriteIt(String origin) {
    assertThat(visits().ask("allowed_origin", origin.toUpperCase(Locale.ROOT)).status())
        .isEqualTo(200);
    assertThat(visits().ask("allowed_origin", origin).xml("/response/allowed_origin"))
        .isEqualTo(origin);
  }
}
