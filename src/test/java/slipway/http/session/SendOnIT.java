package slipway.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** A person who signs in gets to the address that the site gave, in every container. */
@ParameterizedClass
@EnumSource(Container.class)
class SendOnIT {
  /** What proxies hold of an answer's headers by default, all of them together. */
  private static final int PAGE = 4096;

  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  private Answer enter(String returnUrl) {
    String token = site().make("session/get-token", "access_token", "return_url", returnUrl);
    return ApiClient.of(Server.shared(container))
        .get("/api/session/redeem-token?session_token=" + token);
  }

  @Test
  void leadsToAnAddressOfEveryAlphabet() {
    Answer sent = enter("http://example.com/漢字ø?x=漢&y=%C3%B8#å");
    assertThat(sent.status()).isEqualTo(302);
    assertThat(sent.header("Location"))
        .contains("http://example.com/%E6%BC%A2%E5%AD%97%C3%B8?x=%E6%BC%A2&y=%C3%B8#%C3%A5");
    assertThat(enter("http://example.com/ø").header("Location"))
        .contains("http://example.com/%C3%B8");
  }

  private static int headerBytes(Answer answer) {
    return answer.headers().map().entrySet().stream()
            .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + value))
            .mapToInt(line -> line.length() + ": \r\n".length())
            .sum()
        + "HTTP/1.1 302 Found\r\n\r\n".length();
  }

  @Test
  void takesNoAddressThatProxiesWouldNotDeliver() {
    String url = "http://example.com/";
    for (String longest :
        new String[] {"/" + "x".repeat(2999), url + "x".repeat(3000 - url.length())}) {
      Answer sent = enter(longest);
      assertThat(sent.status()).isEqualTo(302);
      assertThat(sent.header("Location").orElseThrow()).endsWith(longest);
      assertThat(headerBytes(sent)).isLessThan(PAGE);
      Answer refused = site().call("session/get-token", "return_url", longest + "x");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.xml("/response/@message"))
          .contains("'return_url'")
          .contains("3000 characters");
    }
    Answer encoded = site().call("session/get-token", "return_url", url + "ø".repeat(497));
    assertThat(encoded.status()).isEqualTo(400);
    assertThat(encoded.xml("/response/@message")).contains("3000 characters, percent-encoded");
  }
}
