package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;
import slipway.http.photo.Visits;

/** Whose tokens a caller sees and revokes, and what of a token survives a restart. */
class TokenOwnersIT {
  private static final String LIST = "/api/upload-token/list";
  private static final String REVOKE = "/api/upload-token/revoke";

  private static void addKey(Server server, String key, String level) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + server.data().resolve("slipway.db"));
        PreparedStatement insert =
            database.prepareStatement(
                "insert into credential (name, level, key_hash, created_at) values (?, ?, ?, 0)")) {
      insert.setString(1, key);
      insert.setString(2, level);
      insert.setString(3, HexFormat.of().formatHex(hash));
      insert.executeUpdate();
    }
  }

  private static String issue(Api caller) {
    Answer answer = caller.post(Visits.ISSUE, Map.of("return_url", Visits.RETURN_URL));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private static Answer redeem(Server server, String key, Multipart form) {
    Api api = Api.of(server);
    return api.send(
        api.request(Visits.REDEEM)
            .header("Idempotency-Key", key)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  @Test
  void keepsWhatIsNotOnesOwnFromAWriteCaller() throws Exception {
    try (Server server = Server.on(Container.JETTY_12).start()) {
      server.stop();
      addKey(server, "write-key-one", "write");
      addKey(server, "write-key-two", "write");
      addKey(server, "the-admins-key", "admin");
      server.restart();
      Api one = Api.of(server).withKey("write-key-one");
      Api two = Api.of(server).withKey("write-key-two");
      Api admin = Api.of(server).withKey("the-admins-key");
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
  }

  @Test
  void remembersRevocationsAndRepeatsOverAKill() {
    try (Server server = Server.on(Container.JETTY_12).start()) {
      Api caller = Api.withKey(server);
      String revoked = issue(caller);
      caller.post(REVOKE, Map.of("upload_token", revoked));
      String used = issue(caller);
      Answer first = redeem(server, "a-key", Visits.jpeg(used));
      assertThat(first.locationParameters()).containsKey("photo_id");
      server.kill();
      server.restart();
      assertThat(redeem(server, "b-key", Visits.jpeg(revoked)).status()).isEqualTo(404);
      assertThat(redeem(server, "a-key", Visits.jpeg(used)).location()).isEqualTo(first.location());
      assertThat(redeem(server, "b-key", Visits.jpeg(used)).status()).isEqualTo(404);
    }
  }
}
