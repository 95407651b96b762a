package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.details.CleanHtml;
import slipway.photo.Origin;
import slipway.photo.Photo;
import slipway.photo.PhotoFacts;
import slipway.photo.PhotoFile;
import slipway.photo.Publication;
import slipway.token.AllowedOrigin;
import slipway.token.SampleToken;
import slipway.token.UploadToken;

class CallbackTest {
  private static final Photo PHOTO =
      new Photo(
          7,
          "t".repeat(32),
          new PhotoFile(3, "key", "a.jpg", "image/jpeg", 1),
          "",
          CleanHtml.NONE,
          new Publication(true, Instant.EPOCH, null),
          PhotoFacts.NONE,
          new Origin(null, Instant.EPOCH));

  private static final String OWN =
      "domain=d.test&upload_token=TOKEN&error_message=No.&error_code=no";

  private static UploadToken token(String returnUrl, String... extra) {
    return SampleToken.returningTo(returnUrl, pairs(extra));
  }

  private static String failure(String returnUrl, String... fields) {
    UploadToken token = token(returnUrl);
    return Callback.failure(token, "no", "No.", "d.test", pairs(fields), 0)
        .replace(token.id(), "TOKEN");
  }

  private static List<Map.Entry<String, String>> pairs(String... namesAndValues) {
    return IntStream.range(0, namesAndValues.length / 2)
        .mapToObj(i -> Map.entry(namesAndValues[2 * i], namesAndValues[2 * i + 1]))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test, http://a.test?",
    "http://a.test/back, http://a.test/back?",
    "http://a.test/back?, http://a.test/back?",
    "http://a.test/back?theme=green, http://a.test/back?theme=green&",
    "http://a.test/back?a=%26&b=+, http://a.test/back?a=%26&b=+&",
    "http://a.test/back?a&, http://a.test/back?a&",
    "http://a.test/sø?å=1, http://a.test/s%C3%B8?%C3%A5=1&",
  })
  void keepsTheQueryOfTheReturnUrl(String returnUrl, String start) {
    assertThat(failure(returnUrl)).isEqualTo(start + OWN);
  }

  @Test
  void keepsTheFragmentAtTheEnd() {
    assertThat(failure("http://a.test/#part?x")).isEqualTo("http://a.test/?" + OWN + "#part?x");
  }

  @Test
  void tellsOfThePhotoAfterASuccess() {
    UploadToken token = token("http://a.test/");
    assertThat(Callback.success(token, PHOTO, "d.test:8080", List.of()))
        .isEqualTo(
            "http://a.test/?domain=d.test%3A8080&upload_token="
                + token.id()
                + "&photo_id=7&tree_id=3&token="
                + PHOTO.token());
  }

  @Test
  void letsNoFieldOfTheFormStandInForItsOwnParameters() {
    assertThat(
            failure(
                "http://a.test/",
                "photo_id",
                "1",
                "token",
                "x",
                "tree_id",
                "1",
                "domain",
                "evil.test",
                "fields_omitted",
                "1",
                "note",
                "a&photo_id=1\r\nSet-Cookie: x"))
        .isEqualTo("http://a.test/?note=a%26photo_id%3D1%0D%0ASet-Cookie%3A+x&" + OWN);
  }

  /** Each is {@code photo_id} to some server, or breaks one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "photo.id",
        "photo id",
        "photo[id",
        " photo_id",
        "PHOTO_ID",
        "Photo.Id",
        "photo_id[]",
        "photo_id[0]",
        "photo_id.x",
        "photo_id\0x",
        "ｐｈｏｔｏ_id",
        "photo\u00A0id",
        "to\u212Aen",
        "UPLOAD_TOKEN",
        "error message",
        "error.code",
        "replace.token",
        "[photo_id]",
        "[photo_id",
        "]photo_id",
        "photo_id]",
        "photo_id]x",
        "[photo_id]x",
        "[photo_id][x]",
        "[[Photo_Id]]",
        ".photo_id",
        "[ .photo id",
      })
  void letsNoNameStandInThatAServerReadsAsOneOfItsOwn(String name) {
    assertThat(failure("http://a.test/", name, "1")).isEqualTo("http://a.test/?" + OWN);
    assertThat(Callback.hasOwn(name)).isTrue();
  }

  /** It adds what a visitor ticked while the file was being sent. */
  @Test
  void hasNoNameThatTheUploaderInThePageDoesNotKnow() throws IOException {
    assertThat(Files.readString(Path.of("webapp/assets/slipway-upload/names.js")))
        .contains(CallbackNames.OWN.stream().map(name -> "'" + name + "'").toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photo",
        "photo_ids",
        "my_token",
        "_token",
        "photoid",
        "ø",
        "order[id]",
        "[order]",
        "x[photo_id]",
        "x.photo_id"
      })
  void repeatsNamesThatNoServerTakesForItsOwn(String name) {
    assertThat(failure("http://a.test/", name, "1")).contains("=1&domain=");
    assertThat(Callback.hasOwn(name)).isFalse();
  }

  @Test
  void letsNoFieldOfTheFormStandInForTheTokensParameters() {
    UploadToken token = token("http://a.test/", "order.no", "7", "ø", "8");
    List<Map.Entry<String, String>> fields = pairs("ORDER_NO", "9", "order no", "9", "å", "1");
    assertThat(Callback.failure(token, "no", "No.", "d.test", fields, 0))
        .startsWith("http://a.test/?%C3%A5=1&order.no=7&%C3%B8=8&domain=")
        .endsWith("&fields_omitted=2");
  }

  @Test
  void letsNoFieldOfTheFormStandInForAParameterOfTheReturnUrl() {
    String url = "http://a.test/?order=17&sort[by]=1&%C3%B8=3&flag";
    String[] fields = {
      "order", "18", "ORDER", "19", "order[]", "20", "sort", "2", "Ø", "4", "flag", "5", "note", "6"
    };
    assertThat(failure(url, fields)).isEqualTo(url + "&note=6&" + OWN + "&fields_omitted=6");
  }

  @Test
  void repeatsAllFieldsOfOneNameTogether() {
    assertThat(failure("http://a.test/", "a", "1", "b", "2", "a", "3", "a", ""))
        .isEqualTo("http://a.test/?a=1&a=3&a=&b=2&" + OWN);
  }

  @Test
  void countsTheFieldsThatTheClientLeftOutAsWell() {
    List<Map.Entry<String, String>> fields = pairs("a", "1", "b", "y".repeat(4000));
    assertThat(Callback.success(token("http://a.test/"), PHOTO, "d.test", fields, 2))
        .startsWith("http://a.test/?a=1&")
        .endsWith("&fields_omitted=3");
  }

  @Test
  void repeatsFieldsThatFitWholeAndCountsTheOthers() {
    String url =
        failure("http://a.test/", "a", "x".repeat(2000), "b", "y", "b", "y".repeat(2000), "c", "z");
    assertThat(url)
        .isEqualTo("http://a.test/?a=" + "x".repeat(2000) + "&c=z&" + OWN + "&fields_omitted=2")
        .hasSizeLessThanOrEqualTo(Callback.LONGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/?x=1&domain=old&upload_token=T&error_message=Old&error_code=o, ?x=1&",
    "http://a.test/?x=1&domain=old&upload_token=T&photo_id=1&tree_id=2&token=t#end, ?x=1&",
    "http://a.test/?domain=old&replace_token=T&photo_id=1&fields_omitted=3&y, ?y&",
    "http://a.test/?domain=old&upload_token=T&photo_id=1, ?",
  })
  void leavesOutWhatAnEarlierCallbackSaid(String returnUrl, String query) {
    assertThat(failure(returnUrl)).startsWith("http://a.test/" + query + OWN);
  }

  @Test
  void saysAgainWhatAFieldSaysWhereAnEarlierCallbackDid() {
    String earlier = "http://a.test/?x=1&note=old&domain=d.test&upload_token=T&error_message=Old";
    assertThat(failure(earlier, "note", "new")).isEqualTo("http://a.test/?x=1&note=new&" + OWN);
  }

  @Test
  void saysEitherThatItSucceededOrThatItFailed() {
    UploadToken token =
        token("http://a.test/?a=1&error_message=old&photo_id=3&%74oken=mine&error_code=x&b=2");
    assertThat(
            Callback.failure(token, "no", "No.", "d.test", List.of(), 0).replace(token.id(), "T"))
        .isEqualTo("http://a.test/?a=1&b=2&" + OWN.replace("TOKEN", "T"));
    assertThat(Callback.success(token, PHOTO, "d.test", List.of()))
        .startsWith("http://a.test/?a=1&b=2&domain=")
        .endsWith("&photo_id=7&tree_id=3&token=" + PHOTO.token());
  }

  @Test
  void cutsALongMessageBetweenCharacters() {
    String url =
        Callback.failure(token("http://a.test/"), "no", "å🐈".repeat(90), "d", List.of(), 0);
    assertThat(url).containsPattern("error_message=(%C3%A5%F0%9F%90%88)+(%C3%A5)?%E2%80%A6&");
    assertThat(url).hasSizeLessThan(700);
  }

  /** A token that was issued before there was a bound. */
  @Test
  void losesTheParametersOfAnOldTokenFirst() {
    String most = "http://a.test/?" + "q".repeat(2900);
    UploadToken old = token(most + "#end", "a", "x".repeat(2000), "b", "2");
    String url = Callback.success(old, PHOTO, "d.test", pairs("note", "ø".repeat(80)));
    assertThat(url)
        .startsWith(most + "&b=2&domain=d.test&")
        .endsWith("&fields_omitted=1#end")
        .hasSizeLessThanOrEqualTo(Callback.LONGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/x, #, http://a.test/x?",
    "http://a.test/x?, y, http://a.test/x?",
    "http://a.test/, y, http://a.test/?",
  })
  void getsAVisitorToTheSiteThoughTheUrlOfAnOldTokenBeTooLong(
      String start, String middle, String cut) {
    UploadToken old = token(start + middle + "å".repeat(3900));
    assertThat(Callback.success(old, PHOTO, "d.test", List.of())).startsWith(cut);
    assertThat(Callback.success(old, PHOTO, "d.test", List.of()))
        .contains("photo_id=7")
        .hasSizeLessThanOrEqualTo(Callback.LONGEST);
  }

  /** An answer says the origin, too, and a proxy's buffer has both. */
  @Test
  void isShorterWhereTheTokenNamesALongOrigin() {
    String url = "http://a.test/?" + "q".repeat(2585);
    String origin = "https://" + "o".repeat(247);
    UploadToken token = SampleToken.returningTo(url, new AllowedOrigin(origin, false));
    String host = "d".repeat(260);
    String message = "x".repeat(500);
    List<Map.Entry<String, String>> fields = pairs("a", "x".repeat(700), "b", "2");
    assertThat(Callback.failure(token, "error_processing_upload", message, host, fields, 0))
        .startsWith(url + "&")
        .contains("&error_code=error_processing_upload&fields_omitted=1")
        .hasSizeLessThanOrEqualTo(Callback.LONGEST - 155);
    assertThat(Callback.success(token, PHOTO, "d.test", fields))
        .startsWith(url + "&b=2&domain=")
        .hasSizeLessThanOrEqualTo(Callback.LONGEST - 155);
  }

  @Test
  void isShortThoughTheClientNamesAHostThatIsNone() {
    assertThat(Callback.success(token("http://a.test/"), PHOTO, "d".repeat(7000), List.of()))
        .hasSizeLessThanOrEqualTo(Callback.LONGEST);
  }
}
