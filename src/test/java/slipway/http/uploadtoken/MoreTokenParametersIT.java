package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.jpeg;

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
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@AnyContainer
class MoreTokenParametersIT {
  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01, 2026-06-01 00:00:00",
    "2026-06-01 18:30, 2026-06-01 18:30:00",
    "1999-12-31 23:59:59, 1999-12-31 23:59:59",
    "2026-06-01T18:30:00Z, 2026-06-01 18:30:00",
    "2026-06-01T18:30:00+02:00, 2026-06-01 16:30:00",
    "2026-06-01T18:30:00.123Z, 2026-06-01 18:30:00",
    "2026-06-01T18:30:00+0200, 2026-06-01 16:30:00",
    "2026-06-01 18:30:00.5 -0130, 2026-06-01 20:00:00",
    "1266711372, 2010-02-21 00:16:12",
  })
  void takesAPublishDatePastOrFuture(String given, String said) {
    assertThat(visits().ask("publish_date", given).xml("/response/publish_date")).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "publish_date | tomorrow | a date such as 2026-06-01",
        "publish_date | 2026-02-31 25:00 | a date such as 2026-06-01",
        "publish_date | 999999999999 | a date such as 2026-06-01",
        "publish_date | 2026-02-30 | a date such as 2026-06-01",
        "publish_date | 20260601 | a date such as 2026-06-01",
        "publish_date | 2026-06-01T18:30:00 0200 | a date such as 2026-06-01",
        "return_url | http://a..test/ | an absolute http or https URL",
        "return_url | http://user@a.test/ | an absolute http or https URL",
        "return_url | http://straße.test/ | an absolute http or https URL",
        "return_url | http://a.test:65536/ | an absolute http or https URL",
        "accept | jpeg | MIME types",
        "absolute_url | /photo/1 | an absolute http or https URL",
        "absolute_url | javascript:alert(1) | an absolute http or https URL",
        "background_return_p | yes | 0 or 1",
        "album_id | 1,x | numbers above 0",
        "album_id | 1,, | numbers above 0",
        "album_id | -1 | numbers above 0",
      })
  void refusesWhatIsNotValid(String name, String value, String valid) {
    Answer answer = visits().ask(name, value);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
    assertThat(answer.xml("/response/@message")).contains("'" + name + "'").contains(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_site.example.com/back, http://my_site.example.com/back",
    "http://Bücher.example:8080/å, http://xn--bcher-kva.example:8080/%C3%A5",
    "http://e.test/cafe\u0301?q=o\u0308#u\u0308, http://e.test/cafe%CC%81?q=o%CC%88",
    "http://[::1]:99/back, http://[::1]:99/back",
  })
  void sendsVisitorsToEveryAddressOfTheWeb(String url, String start) {
    String token = visits().token("return_url", url);
    Answer back = visits().redeem(jpeg(token));
    assertThat(back.header("Location").orElseThrow())
        .startsWith(start + (start.contains("?") ? "&" : "?"));
    assertThat(back.locationParameters()).containsKey("photo_id");
    Answer page =
        ApiClient.of(visits().server()).get("/upload/" + visits().token("return_url", url));
    assertThat(page.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "https://my_site.example.com, https://my_site.example.com",
    "https://bücher.example, https://xn--bcher-kva.example",
    "https://Example.com:443/, https://example.com",
    "http://example.com:8080, http://example.com:8080",
    "http://example.com:08080, http://example.com:8080",
    "https://example.com:0443, https://example.com",
    "https://[0:0::1]:8443, https://[::1]:8443",
    "https://[2001:DB8:0:0:1:0:0:01], https://[2001:db8::1:0:0:1]",
    "https://[2001:db8:0:1:1:1:1:1], https://[2001:db8:0:1:1:1:1:1]",
    "https://[::ffff:1.2.3.4], https://[::ffff:102:304]",
    "http://[0:0:0:0:0:0:0:0], http://[::]",
  })
  void takesTheOriginOfEverySite(String given, String origin) {
    assertThat(visits().ask("allowed_origin", given).xml("/response/allowed_origin"))
        .isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "'image/jpg,image/jpeg', image/jpeg",
    "image/x-icon, image/vnd.microsoft.icon",
    "image/tif, image/tiff",
    "video/mov, video/quicktime",
    "video/avi, video/x-msvideo",
    "video/mp4, video/mp4",
  })
  void takesTypesByTheNamesThatPeopleGiveThem(String given, String accepted) {
    assertThat(visits().ask("accept", given).xml("/response/accept")).isEqualTo(accepted);
  }

  @Test
  void refusesAlbumsOfWhichOneIsNotThere() {
    Answer answer = visits().ask("album_id", "999999999");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.xml("/response/@code")).isEqualTo("no_such_album");
  }

  @Test
  void takesACanonicalAddress() {
    String url = "https://www.example.com/films/1?a=b";
    assertThat(visits().ask("absolute_url", url).xml("/response/absolute_url")).isEqualTo(url);
  }

  @Test
  void repeatsFurtherParametersInTheCallback() {
    String token =
        visits().token("order", "17 & more", "raw", "1", "oauth_nonce", "x", "photo_id", "1");
    Answer back = visits().redeem(jpeg(token).field("order", "forged").field("note", "mine"));
    Map<String, String> said = back.locationParameters();
    assertThat(said)
        .containsEntry("order", "17 & more")
        .containsEntry("note", "mine")
        .doesNotContainKeys("raw", "oauth_nonce", "return_url");
    assertThat(said.get("photo_id")).isNotEqualTo("1");
    assertThat(said.keySet())
        .containsSubsequence("note", "order", "domain", "upload_token", "photo_id");
  }

  @Test
  void boundsTheFurtherParameters() {
    assertThat(visits().ask("order", "x".repeat(2048 - 5)).status()).isEqualTo(200);
    Answer answer = visits().ask("order", "x".repeat(2048 - 4));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@message")).contains("at most 2048 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {3000, 32_000})
  void leavesOutFieldsOfTheFormThatNoAddressCanHold(int length) {
    Answer back =
        visits().redeem(jpeg(visits().token()).field("long", "ü".repeat(length)).field("a", "b"));
    assertThat(back.locationParameters()).containsKey("photo_id").doesNotContainKey("long");
  }

  @Test
  void answersInPlainTextWhereTheReturnIsMadeInTheBackground() {
    String token = visits().token("background_return_p", "1", "order", "17");
    Answer answer = visits().redeem(jpeg(token).field("note", "mine"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    String[] said = answer.text().split(" ");
    assertThat(said).hasSize(6);
    assertThat(said[0]).isEqualTo("ok");
    assertThat(said[1]).isEqualTo("127.0.0.1:" + visits().server().port());
    assertThat(said[5])
        .startsWith(Visits.RETURN_URL + "&note=mine&order=17&domain=")
        .endsWith(
            "&upload_token="
                + token
                + "&photo_id="
                + said[3]
                + "&tree_id="
                + said[2]
                + "&token="
                + said[4]);
    String original = "/" + said[2] + "/" + said[3] + "/" + said[4] + "/original";
    assertThat(ApiClient.of(visits().server()).get(original).status()).isEqualTo(200);
  }

  @Test
  void answersARefusalInPlainTextWhereTheReturnIsMadeInTheBackground() {
    String token = visits().token("background_return_p", "1", "max_bytes", "10");
    Answer answer = visits().redeem(jpeg(token));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("error The file is too large. The limit is 10 bytes.");
    Answer json = visits().redeem(jpeg(token).field("format", "json"));
    assertThat(json.json().get("code").getAsString()).isEqualTo("too_large");
  }
}
