package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** The fields of a form with a file have 256 KiB together, with their names. */
@ParameterizedClass
@EnumSource(Container.class)
class FormBoundsIT {
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String LIMIT = "at most 262144 bytes";
  private static final String TOO_LONG = "too much text. The limit is 262 kB.";

  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.of(Server.shared(container));
  }

  private String token() {
    return ApiClient.withKey(Server.shared(container))
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private static Multipart add(Multipart form, int fields, int nameLength, int valueLength) {
    for (int i = 0; i < fields; i++) {
      form.field(i + "n".repeat(nameLength), "v".repeat(valueLength));
    }
    return form;
  }

  private static Multipart withFile(Multipart form) {
    return form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(12, 12));
  }

  @Test
  void sendsTheVisitorBackWhoseFieldsAreTooLong() {
    String token = token();
    Multipart form = new Multipart().field("upload_token", token);
    Answer answer = api().post(REDEEM, withFile(add(form, 195, 1, 64 * 1024)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    assertThat(answer.locationParameters().get("error_message")).contains(TOO_LONG);
    Multipart six = add(new Multipart().field("upload_token", token), 6, 1, 60_000);
    assertThat(api().post(REDEEM, withFile(six.field("order", "7"))).locationParameters())
        .containsEntry("fields_omitted", "6")
        .containsEntry("order", "7");
    Multipart good = add(new Multipart().field("upload_token", token), 4, 1, 60_000);
    assertThat(api().post(REDEEM, withFile(good)).locationParameters()).containsKey("photo_id");
  }

  private Answer assertSentBack(String token, Multipart form, String message) {
    Answer answer = api().post(REDEEM, form);
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    assertThat(answer.locationParameters())
        .containsEntry("upload_token", token)
        .containsEntry("error_code", "invalid_input")
        .doesNotContainKey("photo_id")
        .hasEntrySatisfying("error_message", said -> assertThat(said).contains(message));
    return answer;
  }

  @Test
  void sendsTheVisitorBackWhateverIsTooLongOrTooMuchAfterTheToken() {
    String token = token();
    for (boolean fileFirst : new boolean[] {false, true}) {
      Multipart many = new Multipart().field("upload_token", token);
      many = fileFirst ? add(withFile(many), 500, 1, 1) : withFile(add(many, 500, 1, 1));
      assertSentBack(token, many, "too many fields. The limit is 200");
      Multipart longName = new Multipart().field("upload_token", token).field("order", "7");
      longName = fileFirst ? add(withFile(longName), 1, 20_000, 1) : add(longName, 1, 20_000, 1);
      assertSentBack(token, fileFirst ? longName : withFile(longName), "too much text");
      Multipart longField = new Multipart().field("upload_token", token);
      longField =
          fileFirst ? add(withFile(longField), 1, 1, 300_000) : add(longField, 1, 1, 300_000);
      longField.field("order", "7");
      Answer back =
          assertSentBack(token, fileFirst ? longField : withFile(longField), "too much text");
      assertThat(back.locationParameters())
          .containsEntry("order", "7")
          .containsEntry("fields_omitted", "1");
    }
    byte[] jpeg = SampleMedia.jpeg(12, 12);
    Multipart longFileName = new Multipart().field("upload_token", token);
    assertSentBack(
        token, longFileName.file("file", "n".repeat(20_000), "image/jpeg", jpeg), "too much text");
    Multipart good = new Multipart().field("upload_token", token);
    assertThat(api().post(REDEEM, withFile(good)).locationParameters()).containsKey("photo_id");
  }

  @Test
  void countsTheNamesOfFields() {
    Multipart form = add(new Multipart().field("upload_token", token()), 180, 1500, 0);
    Answer answer = api().post(REDEEM, withFile(form));
    assertThat(answer.locationParameters().get("error_message")).contains(TOO_LONG);
  }

  @Test
  void countsTheFieldsAfterTheFile() {
    Multipart form = withFile(new Multipart().field("upload_token", token()));
    Answer answer = api().post(REDEEM, add(form, 5, 1, 60_000));
    assertThat(answer.locationParameters().get("error_message")).contains(TOO_LONG);
  }

  @Test
  void answersInTheFormThatIsAskedFor() {
    Answer plain = api().post(REDEEM, add(new Multipart(), 5, 1, 60_000));
    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.text()).contains(TOO_LONG);
    Answer json = api().post(REDEEM, add(new Multipart().field("format", "json"), 5, 1, 60_000));
    assertThat(json.status()).isEqualTo(400);
    assertThat(json.json().get("message").getAsString()).contains(LIMIT);
  }

  @Test
  void boundsTheFormsOfServers() {
    Answer answer =
        ApiClient.withKey(Server.shared(container))
            .post("/api/photo/upload", withFile(add(new Multipart(), 5, 1, 60_000)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.xml("/response/@message")).contains(LIMIT);
  }
}
