package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

/** Whose tokens a caller sees and revokes, and what of a token survives a restart. */
class TokenOwnersIT {
  private static final String LIST = "/api/upload-token/list";
  private static final String REVOKE = "/api/upload-token/revoke";

  private static ApiClient caller(Server server, String level) {
    Answer made =
        ApiClient.withKey(server)
            .post("/api/credential/create", Map.of("name", "A test", "level", level));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    return ApiClient.of(server).withKey(made.xml("/response/key"));
  }

  private static String issue(ApiClient caller) {
    Answer answer = caller.post(Visits.ISSUE, Map.of("return_url", Visits.RETURN_URL));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private static Answer redeem(Server server, String key, Multipart form) {
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(Visits.REDEEM)
            .header("Idempotency-Key", key)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  @ParameterizedTest
  @AnyContainer
  void keepsWhatIsNotOnesOwnFromAWriteCaller(Container container) {
    Server server = Server.shared(container);
    ApiClient one = caller(server, "write");
    ApiClient two = caller(server, "write");
    ApiClient admin = caller(server, "admin");
    String mine = issue(one);
    String others = issue(two);

    assertThat(one.get(LIST).xml("/response/@total_count")).isEqualTo("1");
    assertThat(one.get(LIST).text()).contains(mine).doesNotContain(others);
    assertThat(admin.get(LIST).text()).contains(mine).contains(others);
    Answer refused = one.post(REVOKE, Map.of("upload_token", others));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.xml("/response/@code")).isEqualTo("invalid_upload_token");
    assertThat(one.post(REVOKE, Map.of("upload_token", mine)).status()).isEqualTo(200);
    assertThat(admin.post(REVOKE, Map.of("upload_token", others)).status()).isEqualTo(200);
  }

  @Tag("faults")
  @Test
  void remembersRevocationsAndRepeatsOverAKill() {
    Server server = Server.mortal(Container.JETTY_12);
    ApiClient caller = ApiClient.withKey(server);
    String revoked = issue(caller);
    caller.post(REVOKE, Map.of("upload_token", revoked));
    String used = issue(caller);
    Multipart form = Visits.jpeg(used);
    Answer first = redeem(server, "a-key", form);
    assertThat(first.locationParameters()).containsKey("photo_id");
    server.kill();
    server.restart();
    assertThat(redeem(server, "b-key", Visits.jpeg(revoked)).status()).isEqualTo(404);
    assertThat(redeem(server, "a-key", form).location()).isEqualTo(first.location());
    assertThat(redeem(server, "b-key", Visits.jpeg(used)).status()).isEqualTo(404);
  }
}
