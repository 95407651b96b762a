package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

/** Who is told by e-mail. {@link slipway.faults.KillIT} has them sent. */
class MailIT {
  @Test
  void areOfferedToUsersLinksAndAlbumsWhichMayRefuse() {
    ApiClient site = ApiClient.withKey(Server.shared(Container.JETTY_12));
    Answer bad =
        site.post("/api/user/create", Map.of("username", "ann", "email", "a@b.test,eve@b.test"));
    assertThat(bad.xml("/response/@message")).contains("'email' must be");
    String user =
        site.post("/api/user/create", Map.of("username", "mailed", "notify", "0"))
            .xml("/response/user_id");
    assertThat(site.get("/api/user/get", Map.of("user_id", user)).xml("/response/notify"))
        .isEqualTo("0");
    assertThat(
            site.post("/api/user/update", Map.of("user_id", user, "notify", "1"))
                .xml("/response/notify"))
        .isEqualTo("1");
    Answer link = site.post("/api/upload-link/create", Map.of("notify", "0"));
    assertThat(link.xml("/response/notify")).isEqualTo("0");
    String id = link.xml("/response/upload_link");
    assertThat(
            site.post("/api/upload-link/update", Map.of("upload_link", id, "name", "Feast"))
                .xml("/response/notify"))
        .isEqualTo("0");
    String album =
        site.post("/api/album/create", Map.of("title", "Feast", "notify", "0"))
            .xml("/response/album_id");
    assertThat(listed(site, album)).isEqualTo("0");
    site.post("/api/album/update", Map.of("album_id", album, "notify", "1"));
    assertThat(listed(site, album)).isEqualTo("1");
  }

  private static String listed(ApiClient site, String album) {
    return site.get("/api/album/list", Map.of("album_id", album)).xml("//album/@notify");
  }
}
