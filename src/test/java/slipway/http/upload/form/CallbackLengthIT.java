package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.jpeg;

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
import slipway.harness.Multipart;
import slipway.harness.Nginx;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Whatever a visitor types, the way back can be delivered. */
@ParameterizedClass
@EnumSource(Container.class)
class CallbackLengthIT {
  private static final int LONGEST = 3500;

  /** What proxies hold of an answer's headers by default, all of them together. */
  private static final int PAGE = 4096;

  private static final String LONG_URL = "http://www.example.com/back?" + "q".repeat(2572);

  /** A name has 253 characters at most. */
  private static final String LONG_ORIGIN =
      "https://" + (("o".repeat(60) + ".").repeat(4) + "test");

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private Visits visits() {
    return new Visits(server());
  }

  private static int headerBytes(Answer answer) {
    return answer.headers().map().entrySet().stream()
            .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + value))
            .mapToInt(line -> line.length() + ": \r\n".length())
            .sum()
        + "HTTP/1.1 301 Moved Permanently\r\n\r\n".length();
  }

  private void assertDelivered(Answer back) {
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.location().toString().length()).isLessThanOrEqualTo(LONGEST);
    assertThat(headerBytes(back)).isLessThanOrEqualTo(PAGE);
    assertThat(ApiClient.of(server()).get(back.returnedPath()).status()).isEqualTo(200);
  }

  private static String text(String kind) {
    return switch (kind) {
      case "letters" -> "x".repeat(3800);
      case "danish" -> "ø".repeat(630);
      case "chinese" -> "写".repeat(400);
      case "more than Jetty takes" -> "x".repeat(17_000);
      default -> "y".repeat(60_000);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"letters", "danish", "chinese", "more than Jetty takes", "as long as a field may"})
  void getsAVisitorBackWhoTypedMuch(String kind) {
    Multipart form = jpeg(visits().token()).field("note", text(kind)).field("order", "7");
    Answer back = visits().redeem(form);
    assertDelivered(back);
    assertThat(back.locationParameters()).containsEntry("order", "7");
    assertThat(back.locationParameters())
        .containsEntry("fields_omitted", "1")
        .doesNotContainKey("note");
  }

  @Test
  void getsAVisitorBackByTheLongestReturnUrl() {
    Multipart form = jpeg(visits().token("return_url", LONG_URL)).field("note", "x".repeat(900));
    Answer back = visits().redeem(form.field("order", "7"));
    assertDelivered(back);
    assertThat(back.location().toString()).startsWith(LONG_URL + "&");
    assertThat(back.locationParameters())
        .containsEntry("order", "7")
        .containsEntry("fields_omitted", "1");
  }

  @Test
  void getsAVisitorBackWhoseFileIsRefusedByTheLongestReturnUrl() {
    String types = "image/" + "x".repeat(120) + ",";
    String token = visits().token("return_url", LONG_URL, "accept", types.repeat(20) + "image/png");
    Answer back = visits().redeem(jpeg(token).field("note", "x".repeat(900)));
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.location().toString().length()).isLessThanOrEqualTo(LONGEST);
    assertThat(back.locationParameters().get("error_message")).contains("image/jpeg");
    assertThat(back.locationParameters()).containsEntry("fields_omitted", "1");
  }

  @Test
  void getsAVisitorBackWhoseTokenNamesALongOrigin() {
    String[] terms = {"return_url", LONG_URL, "allowed_origin", LONG_ORIGIN};
    Multipart full = jpeg(visits().token(terms));
    Multipart empty = new Multipart().field("upload_token", visits().token(terms));
    for (int i = 0; i < 60; i++) {
      full.field("n" + i, "a".repeat(20));
      empty.field("n" + i, "a".repeat(20));
    }
    assertDelivered(visits().redeem(full));
    Answer back = visits().redeem(empty);
    assertThat(back.locationParameters())
        .containsEntry("error_code", "no_file")
        .containsKey("fields_omitted");
    assertThat(headerBytes(back)).isLessThanOrEqualTo(PAGE);
  }

  @Test
  void issuesNoTokenWhoseWayBackWouldBeTooLong() {
    for (String[] parameters :
        new String[][] {
          {"return_url", LONG_URL + "q"},
          {"return_url", "http://a.test/" + "ø".repeat(440)},
          {"return_url", LONG_URL, "order", "7"},
          {"order", "ø".repeat(440)},
        }) {
      Answer answer = visits().ask(parameters);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
      assertThat(answer.xml("/response/@message"))
          .contains("'return_url'")
          .contains("at most 2600 bytes");
    }
    assertThat(visits().ask("return_url", LONG_URL).status()).isEqualTo(200);
  }

  @Test
  void repeatsEveryOneOfTheCheckboxes() {
    String token = visits().token();
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("colour", "red")
            .field("size", "1")
            .field("colour", "green")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(12, 12))
            .field("colour", "blue");
    assertThat(visits().redeem(form).location().toString())
        .startsWith(Visits.RETURN_URL + "&colour=red&colour=green&colour=blue&size=1&domain=");
  }

  @Test
  void repeatsChunksFieldsAsFarAsTheyFit() {
    byte[] jpeg = SampleMedia.jpeg(12, 12);
    Map<String, String> fields =
        Visits.map(
            "upload_token",
            visits().token(),
            "resumableIdentifier",
            "c",
            "resumableChunkNumber",
            "1",
            "resumableChunkSize",
            "1000000",
            "resumableTotalSize",
            Integer.toString(jpeg.length),
            "order",
            "7",
            "note",
            "ø".repeat(700));
    Multipart form = new Multipart();
    fields.forEach(form::field);
    Answer answer = visits().redeem(form.file("file", "a.jpg", "image/jpeg", jpeg));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getAsJsonObject("upload").get("callback_url").getAsString())
        .hasSizeLessThanOrEqualTo(LONGEST)
        .contains("&order=7&", "&fields_omitted=1");
  }

  @Test
  void getsAVisitorBackThroughAProxyWithItsDefaultBuffers() {
    try (Nginx nginx = Nginx.before(server())) {
      for (String kind : new String[] {"letters", "danish", "chinese", "as long as a field may"}) {
        Multipart form = jpeg(visits().token()).field("note", text(kind));
        assertDelivered(nginx.client().post(Visits.REDEEM, form));
      }
      Multipart most = jpeg(visits().token("return_url", LONG_URL)).field("n", "x".repeat(500));
      assertDelivered(nginx.client().post(Visits.REDEEM, most));
    }
  }
}
