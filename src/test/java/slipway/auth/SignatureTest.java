package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.OAuthSigner;

class SignatureTest {
  @Test
  void isThatOfTheExampleOfRfc5849Section12() {
    SignedRequest request =
        new SignedRequest(
            "GET",
            "http://photos.example.net/photos",
            Map.of(
                "oauth_consumer_key", "dpf43f3p2l4k3l03",
                "oauth_token", "nnch734d00sl2jdk",
                "oauth_signature_method", "HMAC-SHA1",
                "oauth_timestamp", "137131202",
                "oauth_nonce", "chapoH",
                "oauth_signature", "not covered"),
            List.of(Map.entry("file", "vacation.jpg"), Map.entry("size", "original")));
    OAuthKey key =
        new OAuthKey(
            "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
    assertThat(Signature.of(request, key)).isEqualTo("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
  }

  @Test
  void coversTheBaseStringOfRfc5849Section341() {
    SignedRequest request =
        new SignedRequest(
            "POST",
            "http://EXAMPLE.COM:80/request",
            Map.of(
                "oauth_consumer_key", "9djdj82h48djs9d2",
                "oauth_token", "kkk9d7dh3k39sjv7",
                "oauth_signature_method", "HMAC-SHA1",
                "oauth_timestamp", "137131201",
                "oauth_nonce", "7d8f3e4a"),
            List.of(
                Map.entry("b5", "=%3D"),
                Map.entry("a3", "a"),
                Map.entry("c@", ""),
                Map.entry("a2", "r b"),
                Map.entry("c2", ""),
                Map.entry("a3", "2 q")));
    String base =
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D"
            + "%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3"
            + "D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oaut"
            + "h_token%3Dkkk9d7dh3k39sjv7";
    OAuthKey key = new OAuthKey("", "j49sk3j29djd", "", "dh893hdasih9");
    assertThat(Signature.of(request, key))
        .isEqualTo(OAuthSigner.hmac(base, "j49sk3j29djd&dh893hdasih9"));
  }

  private static String of(String method, String url, List<Map.Entry<String, String>> parameters) {
    SignedRequest request = new SignedRequest(method, url, Map.of(), parameters);
    return Signature.of(request, new OAuthKey("", "a b", "", "c&d~"));
  }

  private static String ofBase(String base) {
    return OAuthSigner.hmac(base, "a%20b&c%26d~");
  }

  @ParameterizedTest
  @CsvSource({
    "http://EXAMPLE.COM:80/r%20v/X, http%3A%2F%2Fexample.com%2Fr%2520v%2FX",
    "https://www.example.net:8080/?q=1, https%3A%2F%2Fwww.example.net%3A8080%2F",
    "HTTPS://Example.com:443/A?b#c, https%3A%2F%2Fexample.com%2FA",
    "https://example.com:80/, https%3A%2F%2Fexample.com%3A80%2F",
    "http://example.com, http%3A%2F%2Fexample.com%2F",
    "http://[2001:DB8::1]:80/a, http%3A%2F%2F%5B2001%3Adb8%3A%3A1%5D%2Fa",
    "http://a_host/p|{};x=1//, http%3A%2F%2Fa_host%2Fp%7C%7B%7D%3Bx%3D1%2F%2F",
  })
  void normalizesTheAddressAsRfc5849Section3412Says(String url, String signed) {
    assertThat(of("get", url, List.of())).isEqualTo(ofBase("GET&" + signed + "&"));
  }

  @Test
  void sortsByNameAndThenByValueAsTheyAreEncoded() {
    List<Map.Entry<String, String>> parameters =
        List.of(
            Map.entry("a1", "1"),
            Map.entry("a", "2"),
            Map.entry("a", "10"),
            Map.entry("a-b", ""),
            Map.entry("a b", "~"),
            Map.entry("\u00e6", "\ud83d\ude00"),
            Map.entry("Z", "*"));
    assertThat(of("POST", "http://a.test/", parameters))
        .isEqualTo(
            ofBase(
                "POST&http%3A%2F%2Fa.test%2F&%25C3%25A6%3D%25F0%259F%2598%2580%26Z%3D%252A%26"
                    + "a%3D10%26a%3D2%26a%2520b%3D~%26a-b%3D%26a1%3D1"));
  }

  @Test
  void costsNoMoreThanItsParametersAre() {
    List<Map.Entry<String, String>> parameters =
        IntStream.range(0, 200_000).mapToObj(i -> Map.entry("name" + i, "value")).toList();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> of("POST", "http://a.test/", parameters));
  }
}
