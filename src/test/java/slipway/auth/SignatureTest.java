package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.OAuthSigner;

class SignatureTest {
  @Test
  void isThatOfTheExampleOfRfc5849Section12() throws Exception {
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
  void coversTheBaseStringOfRfc5849Section341() throws Exception {
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
}
