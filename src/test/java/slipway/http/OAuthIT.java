package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.OAuthSigner;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class OAuthIT {
  private static final String ECHO = "/api/echo";
  private static final Map<String, String> PARAMETERS =
      Map.of("apples", "orånges & pears", "a b", "1+1=2*~", "empty", "");

  @Parameter Container container;

  private Server server;
  private OAuthSigner signer;
  private String url;

  @BeforeEach
  void makeCredential() {
    server = Server.shared(container);
    signer = OAuthSigner.of(server, "write");
    url = server.uri(ECHO).toString();
  }

  private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new LinkedHashMap<>(one);
    both.putAll(other);
    return both;
  }

  private Answer postWithHeader(Map<String, String> form, String header) {
    return ApiClient.of(server)
        .send(
            ApiClient.of(server)
                .request(ECHO)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", header)
                .POST(BodyPublishers.ofString(ApiClient.urlencoded(form))));
  }

  private Answer post(Map<String, String> oauth) {
    return postWithHeader(PARAMETERS, OAuthSigner.header(oauth));
  }

  private static void assertTaken(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.xml("/response/@permission_level")).isEqualTo("write");
    assertThat(answer.xml("/response/apples")).isEqualTo("orånges & pears");
    assertThat(answer.text()).doesNotContain("oauth_");
  }

  private void assertRefused(Answer answer, String... said) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_signature");
    assertThat(answer.xml("/response/@message")).contains(said);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .anyMatch(challenge -> challenge.startsWith("OAuth "));
    assertThat(answer.text())
        .doesNotContain(signer.consumerSecret())
        .doesNotContain(signer.tokenSecret());
  }

  @Test
  void takesASignatureInTheHeader() {
    assertTaken(post(signer.sign("POST", url, PARAMETERS)));
  }

  @Test
  void takesASignatureInTheBody() {
    Map<String, String> oauth = signer.sign("POST", url, PARAMETERS);
    assertTaken(ApiClient.of(server).post(ECHO, with(PARAMETERS, oauth)));
  }

  @Test
  void takesASignatureInTheQuery() {
    Map<String, String> oauth = signer.sign("GET", url, PARAMETERS);
    assertTaken(ApiClient.of(server).get(ECHO, with(PARAMETERS, oauth)));
  }

  @Test
  void takesAMultipartFormWhoseFieldsAreNotSigned() {
    Multipart form = new Multipart().field("apples", "orånges & pears");
    String header = OAuthSigner.header(signer.sign("POST", url, Map.of()));
    assertTaken(
        ApiClient.of(server)
            .send(
                ApiClient.of(server)
                    .request(ECHO)
                    .header("Content-Type", form.contentType())
                    .header("Authorization", header)
                    .POST(form.body())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo/upload", "photo/subtitle/upload", "photo/section/set-thumbnail"})
  void saysOfASignedFormWithoutAFileThatItsTypeIsWrong(String method) {
    String path = "/api/" + method;
    Map<String, String> form = Map.of("title", "x y", "format", "json");
    Map<String, String> oauth = signer.sign("POST", server.uri(path).toString(), form);
    ApiClient client = ApiClient.of(server);
    var request =
        client
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", OAuthSigner.header(oauth))
            .POST(BodyPublishers.ofString(ApiClient.urlencoded(form)));
    Map<String, String> again = signer.sign("POST", server.uri(path).toString(), form);
    for (Answer answer : List.of(client.send(request), client.post(path, with(form, again)))) {
      JsonObject error = answer.json();
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(error.get("code").getAsString()).isEqualTo("invalid_input");
      assertThat(error.get("permission_level").getAsString()).isEqualTo("write");
      assertThat(error.get("message").getAsString())
          .startsWith("The Content-Type must be multipart/form-data");
    }
    Map<String, String> other = Map.of("title", "z");
    assertRefused(client.post(path, with(other, again)), "does not match");
    assertThat(client.post(path, Map.of("title", "x".repeat(1 << 20))).text())
        .contains("must be multipart/form-data");
  }

  @Test
  void coversTheQueryOfAPost() {
    Map<String, String> oauth = signer.sign("POST", url, with(PARAMETERS, Map.of("q", "1")));
    Answer answer =
        ApiClient.of(server)
            .send(
                ApiClient.of(server)
                    .request(ECHO + "?q=1")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Authorization", OAuthSigner.header(oauth))
                    .POST(BodyPublishers.ofString(ApiClient.urlencoded(PARAMETERS))));
    assertTaken(answer);
    assertThat(answer.xml("/response/q")).isEmpty();
  }

  @Test
  void actsAsTheCredentialsUser() {
    String method = "/api/photo/get-upload-token";
    Map<String, String> parameters = Map.of("return_url", "http://www.example.com/?a=b&c=d e");
    Map<String, String> good = Map.of("return_url", "http://www.example.com/?a=b&c=d");
    Map<String, String> oauth = signer.sign("POST", server.uri(method).toString(), good);
    Answer answer = ApiClient.of(server).post(method, with(good, oauth));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.xml("/response/user_id")).isEqualTo("1");
    assertRefused(
        ApiClient.of(server).post(method, with(parameters, oauth)),
        "oauth_signature",
        "does not match");
  }

  @Test
  void refusesAReplay() {
    Map<String, String> oauth = signer.sign("POST", url, PARAMETERS);
    assertTaken(post(oauth));
    assertRefused(post(oauth), "oauth_nonce", "used before");
  }

  @Test
  void keepsTheNonceOfARefusedRequestGood() {
    Map<String, String> oauth = signer.sign("POST", url, PARAMETERS);
    assertRefused(post(with(oauth, Map.of("oauth_signature", "bad"))), "does not match");
    assertTaken(post(oauth));
  }

  @ParameterizedTest
  @ValueSource(longs = {-400, 400, -1_000_000_000})
  void refusesATimestampOutsideTheWindow(long off) {
    long stamp = Instant.now().getEpochSecond() + off;
    assertRefused(
        post(signer.sign("POST", url, PARAMETERS, "nonce", stamp)), "oauth_timestamp", "300");
  }

  @ParameterizedTest
  @CsvSource({
    "oauth_consumer_key, '', missing",
    "oauth_token, '', missing",
    "oauth_signature, '', missing",
    "oauth_signature_method, '', missing",
    "oauth_timestamp, '', missing",
    "oauth_nonce, '', missing",
    "oauth_signature_method, PLAINTEXT, must be HMAC-SHA1",
    "oauth_version, 2.0, must be 1.0",
    "oauth_timestamp, soon, seconds since 1970",
    "oauth_consumer_key, nobody, is unknown",
    "oauth_token, another, does not go with",
    "oauth_signature, AAAAAAAAAAAAAAAAAAAAAAAAAAA=, does not match",
  })
  void saysWhatIsWrong(String name, String value, String said) {
    Map<String, String> oauth = signer.sign("POST", url, PARAMETERS);
    assertRefused(post(with(oauth, Map.of(name, value))), name, said);
  }

  @Test
  void refusesAParameterThatStandsInHeaderAndBody() {
    Map<String, String> oauth = signer.sign("POST", url, PARAMETERS);
    assertRefused(
        postWithHeader(with(PARAMETERS, oauth), OAuthSigner.header(oauth)), "appears twice");
  }

  @Test
  void refusesAChangedParameterAndSaysWhatIsToBeSigned() {
    Map<String, String> oauth = signer.sign("POST", url, PARAMETERS);
    assertRefused(
        postWithHeader(with(PARAMETERS, Map.of("more", "1")), OAuthSigner.header(oauth)),
        "must cover POST " + url);
  }

  @Test
  void believesNoForwardingHeadersOfStrangers() {
    Map<String, String> oauth = signer.sign("POST", "https://media.example.com/api/echo", Map.of());
    assertRefused(
        ApiClient.of(server)
            .send(
                ApiClient.of(server)
                    .request(ECHO)
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "media.example.com")
                    .header("Authorization", OAuthSigner.header(oauth))
                    .POST(BodyPublishers.noBody())),
        "must cover POST " + url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OAuth", "OAuth x", "OAuth oauth_nonce=1", "OAuth a=\"1\" b=\"2\""})
  void refusesAHeaderThatIsNotWellFormed(String header) {
    Answer answer = postWithHeader(PARAMETERS, header);
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.xml("/response/@code")).isEqualTo("permission_denied");
  }

  @Test
  void endsWithTheCredential() {
    String id =
        ApiClient.withKey(server)
            .get("/api/credential/list", Map.of("size", "100"))
            .xml("//credential[@consumer_key='" + signer.consumerKey() + "']/@credential_id");
    assertTaken(post(signer.sign("POST", url, PARAMETERS)));
    ApiClient.withKey(server).post("/api/credential/revoke", Map.of("credential_id", id));
    assertRefused(post(signer.sign("POST", url, PARAMETERS)), "oauth_consumer_key", "is unknown");
  }
}
