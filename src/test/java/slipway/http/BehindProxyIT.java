package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.OAuthSigner;
import slipway.harness.Server;

/** Behind a proxy that ends TLS and says so. */
@ParameterizedClass
@AnyContainer
class BehindProxyIT {
  private static final String BASE = "https://media.example.com";
  private static final String METHOD = "/api/photo/get-upload-token";

  @Parameter Container container;

  private static Server server;
  private static OAuthSigner signer;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    server = Server.narrow(container);
    signer = OAuthSigner.of(server, "write");
  }

  /** The parameters of node-23video, which puts its own with those of each call. */
  private static Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("return_url", "http://www.example.com/back?theme=green&a=b%20c");
    parameters.put("title", "Sømand (1) & 'søn' * ~ + ! {a} %41 😀");
    parameters.put("format", "json");
    parameters.put("raw", "1");
    return parameters;
  }

  private HttpRequest.Builder post(String authorization) {
    return ApiClient.of(server)
        .request(METHOD)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Authorization", authorization)
        .POST(BodyPublishers.ofString(ApiClient.urlencoded(parameters())));
  }

  private static HttpRequest.Builder forwarded(HttpRequest.Builder request) {
    return request
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "media.example.com");
  }

  private String header() {
    return OAuthSigner.header(signer.sign("POST", BASE + METHOD, parameters()));
  }

  private static void assertTaken(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse("").replace(" ", ""))
        .isEqualTo("text/javascript;charset=utf-8");
    JsonObject json = JsonParser.parseString(answer.text()).getAsJsonObject();
    assertThat(json.get("status").getAsString()).isEqualTo("ok");
    JsonObject token = json.getAsJsonObject("uploadtoken");
    assertThat(token.get("title").getAsString()).isEqualTo(parameters().get("title"));
    assertThat(json.getAsJsonObject("site").get("domain").getAsString())
        .isEqualTo("media.example.com");
  }

  @Test
  void takesACallInTheMannerOfNode23video() {
    assertTaken(ApiClient.of(server).send(forwarded(post(header()))));
  }

  @Test
  void takesTheSignatureOfAnIndependentLibrary() throws Exception {
    String header = NodeOAuth.header(signer, "POST", BASE + METHOD, parameters());
    assertTaken(ApiClient.of(server).send(forwarded(post(header))));
  }

  @Test
  void readsTheForwardedHeader() {
    String forwarded = "for=192.0.2.1;proto=HTTPS;host=\"Media.Example.com:443\"";
    assertTaken(ApiClient.of(server).send(post(header()).header("Forwarded", forwarded)));
  }

  @Test
  void believesTheNearestProxyOnly() {
    assertTaken(
        ApiClient.of(server)
            .send(
                post(header())
                    .header("X-Forwarded-Proto", "http, https")
                    .header("X-Forwarded-Host", "evil.test, media.example.com")));
  }

  @ParameterizedTest
  @CsvSource({"https, 'a b'", "https, 'a/b'", "javascript, media.example.com"})
  void doesWithoutWhatIsNoAddress(String proto, String host) {
    Answer answer =
        ApiClient.of(server)
            .send(
                ApiClient.of(server)
                    .request("/api/site/get")
                    .header("X-Forwarded-Proto", proto)
                    .header("X-Forwarded-Host", host));
    assertThat(answer.xml("/response/domain"))
        .isIn("media.example.com", "127.0.0.1:" + server.port());
  }
}
