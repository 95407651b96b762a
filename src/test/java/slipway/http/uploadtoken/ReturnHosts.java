package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;

/** The hosts that a visitor may be sent back to. */
public final class ReturnHosts {
  private ReturnHosts() {}

  /** Of a server that allows {@code www.example.com} and {@code *.example.org}. */
  public static void areThoseAllowed(ApiClient api) {
    for (String good : new String[] {"https://www.example.com/x", "http://a.b.example.org/"}) {
      Answer answer = api.post("/api/photo/get-upload-token", Map.of("return_url", good));
      assertThat(answer.status()).as(good).isEqualTo(200);
    }
    for (String bad :
        new String[] {"https://example.com/", "http://example.org/", "http://evilexample.org/"}) {
      Answer answer = api.post("/api/photo/get-upload-token", Map.of("return_url", bad));
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.xml("/response/@message")).contains("*.example.org");
    }
  }
}
