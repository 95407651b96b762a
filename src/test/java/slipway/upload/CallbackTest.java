package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.details.CleanHtml;
import slipway.photo.Origin;
import slipway.photo.Photo;
import slipway.photo.PhotoFacts;
import slipway.photo.PhotoFile;
import slipway.photo.Publication;
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

  private static UploadToken token(String returnUrl) {
    return SampleToken.returningTo(returnUrl);
  }

  private static String failure(String returnUrl, Map<String, String> extra) {
    UploadToken token = token(returnUrl);
    return Callback.failure(token, "no", "d.test", extra).replace(token.id(), "TOKEN");
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
    assertThat(failure(returnUrl, Map.of()))
        .isEqualTo(start + "domain=d.test&upload_token=TOKEN&error_message=no");
  }

  @Test
  void keepsTheFragmentAtTheEnd() {
    assertThat(failure("http://a.test/#part?x", Map.of()))
        .isEqualTo("http://a.test/?domain=d.test&upload_token=TOKEN&error_message=no#part?x");
  }

  @Test
  void tellsOfThePhotoAfterASuccess() {
    UploadToken token = token("http://a.test/");
    assertThat(Callback.success(token, PHOTO, "d.test:8080", Map.of()))
        .isEqualTo(
            "http://a.test/?domain=d.test%3A8080&upload_token="
                + token.id()
                + "&photo_id=7&tree_id=3&token="
                + PHOTO.token());
  }

  @Test
  void letsNoFieldOfTheFormStandInForItsOwnParameters() {
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put("photo_id", "1");
    forged.put("token", "x");
    forged.put("tree_id", "1");
    forged.put("domain", "evil.test");
    forged.put("note", "a&photo_id=1\r\nSet-Cookie: x");
    assertThat(failure("http://a.test/", forged))
        .isEqualTo(
            "http://a.test/?note=a%26photo_id%3D1%0D%0ASet-Cookie%3A+x"
                + "&domain=d.test&upload_token=TOKEN&error_message=no");
  }
}
