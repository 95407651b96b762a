package slipway.http.front;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.OAuthSigner;
import slipway.harness.Server;

/** However a request brings its parameters, the 1,001st is one too many. */
@ParameterizedClass
@EnumSource(Container.class)
class ParameterLimitIT {
  private static final String ECHO = "/api/echo";
  private static final String FORM = "application/x-www-form-urlencoded";

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private ApiClient api() {
    return ApiClient.of(server());
  }

  /** As many parameters, each of two characters and no value. */
  private static String parameters(int count, String separator) {
    return IntStream.range(1296, 1296 + count)
        .mapToObj(i -> Integer.toString(i, 36).substring(1))
        .collect(joining(separator));
  }

  private Answer post(String body) {
    return api().post(ECHO, FORM, BodyPublishers.ofString(body));
  }

  private static void assertTooMany(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(413);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("too_large");
    assertThat(answer.json().get("message").getAsString()).contains("at most 1000");
  }

  @Test
  void takesAThousandInABody() {
    Answer answer = post("format=json&" + parameters(999, "&"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getAsJsonObject("echo").size()).isEqualTo(1000);
    assertTooMany(post("format=json&" + parameters(1000, "&")));
  }

  @Test
  void refusesManyInTheFormThatIsAskedFor() {
    String many = "abc=d&".repeat(170_000);
    assertTooMany(post("format=json&" + many));
    assertTooMany(api().post(ECHO + "?format=json", FORM, BodyPublishers.ofString(many)));
    assertThat(post(many).xml("/response/@code")).isEqualTo("too_large");
    assertThat(post("a=b").status()).isEqualTo(200);
  }

  @Test
  void takesAThousandInAQuery() {
    assertThat(api().get(ECHO + "?" + parameters(1000, "&")).status()).isEqualTo(200);
    assertTooMany(api().get(ECHO + "?format=json&" + parameters(1000, "&")));
  }

  @Test
  void takesNoMoreWhereThereIsNoMethod() {
    Answer answer =
        api()
            .post(
                "/api/no/such",
                FORM,
                BodyPublishers.ofString("format=json&" + parameters(1100, "&")));
    assertThat(answer.json().get("code").getAsString()).isEqualTo("no_such_method");
  }

  @Test
  void takesNoMoreInAnOAuthHeader() {
    String header = "OAuth " + parameters(1001, "=\"\",") + "=\"\"";
    assertTooMany(
        api().send(api().request(ECHO + "?format=json").header("Authorization", header).GET()));
  }

  @Test
  void takesAThousandThatAreSigned() {
    OAuthSigner signer = OAuthSigner.of(server(), "read");
    Map<String, String> parameters = new LinkedHashMap<>(Map.of("format", "json"));
    for (String name : parameters(992, "&").split("&", -1)) {
      parameters.put(name, "~ a%");
    }
    Map<String, String> signed = new LinkedHashMap<>(parameters);
    signed.putAll(signer.sign("POST", server().uri(ECHO).toString(), parameters));
    Answer answer = api().post(ECHO, signed);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("permission_level").getAsString()).isEqualTo("read");
    assertTooMany(
        api()
            .post(
                ECHO + "?and=one",
                FORM,
                BodyPublishers.ofString(ApiClient.urlencoded(signed) + "&format=json")));
  }

  @Test
  void takesNoMoreKeysInAnUploadsMetadata() {
    assertTooMany(
        api()
            .send(
                api()
                    .request("/files/")
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Length", "5")
                    .header("Upload-Metadata", parameters(1001, ","))
                    .POST(BodyPublishers.noBody())));
  }
}
