package slipway.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
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
import slipway.harness.Multipart;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class CredentialIT {
  private static final String CREATE = "/api/credential/create";
  private static final String LIST = "/api/credential/list";
  private static final String REVOKE = "/api/credential/revoke";

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private ApiClient api() {
    return ApiClient.withKey(server());
  }

  private static Map<String, String> parameters(String... more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("name", "A test");
    parameters.put("level", "write");
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return parameters;
  }

  private String level(String key) {
    return ApiClient.of(server()).withKey(key).get("/api/echo").xml("/response/@permission_level");
  }

  @Test
  void makesABearerKeyThatCountsAtOnce() {
    Answer made = api().post(CREATE, parameters("user_id", "1"));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.xml("/response/key")).matches("slp_[0-9a-f]{48}");
    assertThat(made.xml("/response/kind")).isEqualTo("bearer");
    assertThat(made.xml("/response/user_id")).isEqualTo("1");
    assertThat(made.xml("/response/access_token")).isEmpty();
    assertThat(level(made.xml("/response/key"))).isEqualTo("write");
  }

  @Test
  void makesBothKindsOfKeysForOneCredential() {
    JsonObject made =
        api()
            .post(CREATE, parameters("kind", "both", "format", "json"))
            .json()
            .getAsJsonObject("credential");
    assertThat(made.keySet())
        .contains("key", "consumer_key", "consumer_secret", "access_token", "access_token_secret");
    assertThat(level(made.get("key").getAsString())).isEqualTo("write");
  }

  @Test
  void showsSecretsOnceOnly() {
    Answer made = api().post(CREATE, parameters("kind", "both", "name", "Shown once"));
    Answer list = lastPage();
    String path = "//credential[@credential_id='" + made.xml("/response/credential_id") + "']";
    assertThat(list.xml(path + "/@name")).isEqualTo("Shown once");
    assertThat(list.xml(path + "/@kind")).isEqualTo("both");
    assertThat(list.xml(path + "/@consumer_key")).isEqualTo(made.xml("/response/consumer_key"));
    assertThat(list.text())
        .doesNotContain(made.xml("/response/key"))
        .doesNotContain(made.xml("/response/consumer_secret"))
        .doesNotContain(made.xml("/response/access_token"))
        .doesNotContain(made.xml("/response/access_token_secret"));
  }

  /** Other tests of the server make credentials, too: the latest stand there. */
  private Answer lastPage() {
    String total = api().get(LIST, Map.of("size", "1")).xml("/response/@total_count");
    int page = (Integer.parseInt(total) + 99) / 100;
    return api().get(LIST, Map.of("size", "100", "p", Integer.toString(page)));
  }

  @Test
  void listsPageByPage() {
    api().post(CREATE, parameters());
    api().post(CREATE, parameters());
    JsonObject list = api().get(LIST, Map.of("format", "json", "p", "2", "size", "1")).json();
    assertThat(list.getAsJsonArray("credentials")).hasSize(1);
    assertThat(list.get("p").getAsString()).isEqualTo("2");
    assertThat(list.get("size").getAsString()).isEqualTo("1");
    assertThat(Integer.parseInt(list.get("total_count").getAsString())).isGreaterThan(2);
  }

  @Test
  void endsARevokedCredentialAtOnce() {
    Answer made = api().post(CREATE, parameters());
    String key = made.xml("/response/key");
    Map<String, String> id = Map.of("credential_id", made.xml("/response/credential_id"));
    assertThat(level(key)).isEqualTo("write");
    assertThat(api().post(REVOKE, id).xml("/response/@status")).isEqualTo("ok");
    Answer refused = ApiClient.of(server()).withKey(key).get("/api/echo");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.xml("/response/@code")).isEqualTo("permission_denied");
    assertThat(api().post(REVOKE, id).xml("/response/@message")).contains("credential_id");
    assertThat(lastPage().text())
        .doesNotContain("credential_id=\"" + id.get("credential_id") + "\"");
  }

  private String issue(String key) {
    return ApiClient.of(server())
        .withKey(key)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private int uploadWith(String token) {
    return ApiClient.of(server())
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token)
                .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(8, 8)))
        .status();
  }

  @Test
  void endsTheUploadTokensOfARevokedCredential() {
    Answer made = api().post(CREATE, parameters());
    String token = issue(made.xml("/response/key"));
    String others = issue(server().key());
    api().post(REVOKE, Map.of("credential_id", made.xml("/response/credential_id")));
    assertThat(uploadWith(token)).isEqualTo(404);
    assertThat(uploadWith(others)).isEqualTo(301);
  }

  @Test
  void keepsTheUploadTokensWhereThatIsAskedFor() {
    Answer made = api().post(CREATE, parameters());
    String token = issue(made.xml("/response/key"));
    String id = made.xml("/response/credential_id");
    assertThat(api().post(REVOKE, Map.of("credential_id", id, "keep_tokens", "2")).text())
        .contains("'keep_tokens'");
    api().post(REVOKE, Map.of("credential_id", id, "keep_tokens", "1"));
    assertThat(uploadWith(token)).isEqualTo(301);
  }

  @Test
  void keepsKeysHashedAndOAuthSecretsEncrypted() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(server().data().resolve("slipway.db")), "a file that can be looked into");
    Answer made = api().post(CREATE, parameters("kind", "both"));
    for (String file : new String[] {"slipway.db", "slipway.db-wal"}) {
      String stored =
          new String(
              Files.readAllBytes(server().data().resolve(file)), StandardCharsets.ISO_8859_1);
      assertThat(stored)
          .doesNotContain(made.xml("/response/key"))
          .doesNotContain(made.xml("/response/consumer_secret"))
          .doesNotContain(made.xml("/response/access_token_secret"));
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(server().data().resolve("oauth.key"))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({
    "name, '', 1 to 200",
    "level, '', 'read, write, admin or super'",
    "level, none, 'read, write, admin or super'",
    "kind, password, 'bearer, oauth or both'",
    "user_id, x, number",
    "pingback_url, javascript:alert(1), http or https",
    "pingback_url, 'http://a b/', http or https",
    "pingback_url, 'http://u:p@a.test/', http or https",
  })
  void namesTheParameterAndWhatIsValid(String name, String value, String valid) {
    Answer answer = api().post(CREATE, parameters(name, value));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
    assertThat(answer.xml("/response/@message")).contains("'" + name + "'", valid);
  }

  @Test
  void refusesAUserWhoIsNotThere() {
    Answer answer = api().post(CREATE, parameters("user_id", "999999"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.xml("/response/@code")).isEqualTo("no_such_user");
  }

  @ParameterizedTest
  @ValueSource(strings = {CREATE, LIST, REVOKE})
  void needsTheLevelSuper(String method) {
    String key = api().post(CREATE, parameters("level", "admin")).xml("/response/key");
    Answer answer =
        ApiClient.of(server()).withKey(key).post(method, parameters("credential_id", "1"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.xml("/response/@message")).contains("required level: 'super'");
  }

  @Tag("faults")
  @Test
  void keepsTheLastSuperCredentialAndAllOthersOverARestart() {
    try (Server own = Server.on(container).start()) {
      ApiClient first = ApiClient.withKey(own);
      Answer refused = first.post(REVOKE, Map.of("credential_id", "1"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.xml("/response/@message")).contains("last credential of level super");
      OAuthSigner signer = OAuthSigner.of(own, "super");
      assertThat(first.post(REVOKE, Map.of("credential_id", "1")).status()).isEqualTo(200);
      own.restart();
      assertThat(first.get("/api/echo").status()).isEqualTo(401);
      String echo = own.uri("/api/echo").toString();
      assertThat(
              ApiClient.of(own)
                  .get("/api/echo", signer.sign("GET", echo, Map.of()))
                  .xml("/response/@permission_level"))
          .isEqualTo("super");
    }
  }
}
