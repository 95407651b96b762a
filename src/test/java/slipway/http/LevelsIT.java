package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;
import static slipway.http.Catalogue.unique;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.auth.PermissionLevel;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

/** What each permission level may do, and what it may not. */
@ParameterizedClass
@AnyContainer
class LevelsIT {
  /** Those that callers have on a public site. */
  private static final Set<PermissionLevel> LEVELS =
      EnumSet.range(PermissionLevel.ANONYMOUS, PermissionLevel.SUPER);

  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  private ApiClient caller(PermissionLevel level) {
    ApiClient caller = ApiClient.of(site().server());
    return level == PermissionLevel.ANONYMOUS
        ? caller
        : caller.withKey(
            site().make("credential/create", "key", "name", "A test", "level", level.id()));
  }

  private static Map<String, String> parameters(String method, String photoId) {
    return switch (method) {
      case "photo/list" -> map("include_unpublished_p", "1", "size", "1");
      case "photo/update", "photo/delete", "photo/get-view-link" -> map("photo_id", photoId);
      case "photo/scan" -> map("photo_id", photoId, "accept_p", "1");
      case "photo/get-upload-token" -> map("return_url", "http://a.test/");
      case "photo/get-replace-token" -> map("return_url", "http://a.test/", "photo_id", photoId);
      case "album/create" -> map("title", "An album");
      case "user/create" -> map("username", unique("u"));
      case "credential/create" -> map("name", "Another", "level", "read");
      default -> map();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "album/list, ANONYMOUS",
    "tag/list, ANONYMOUS",
    "user/list, ANONYMOUS",
    "photo/list, READ",
    "photo/update, WRITE",
    "photo/get-upload-token, WRITE",
    "photo/get-replace-token, WRITE",
    "photo/get-view-link, WRITE",
    "album/create, WRITE",
    "upload-token/list, WRITE",
    "upload-link/create, WRITE",
    "upload-link/list, WRITE",
    "photo/delete, WRITE",
    "photo/scan, ADMIN",
    "set-aside/list, ADMIN",
    "user/create, ADMIN",
    "credential/create, SUPER",
    "credential/list, SUPER",
  })
  void letsEachLevelDoWhatItMayAndNoMore(String method, PermissionLevel least) {
    String id = site().photo();
    for (PermissionLevel level : LEVELS) {
      Answer answer = caller(level).post("/api/" + method, parameters(method, id));
      if (level.includes(least)) {
        assertThat(answer.status()).as("%s: %s", level, answer).isEqualTo(200);
        assertThat(answer.xml("/response/@permission_level")).isEqualTo(level.id());
        id = site().photo();
      } else {
        assertThat(answer.status()).as("%s: %s", level, answer).isEqualTo(403);
        assertThat(answer.xml("/response/@code")).isEqualTo("permission_denied");
        assertThat(answer.xml("/response/@message")).contains("'" + least.id() + "'");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void showsMailAddressesToAdminsOnly(PermissionLevel level) {
    String name = unique("u");
    site().make("user/create", "user_id", "username", name, "email", name + "@example.com");
    Answer user = caller(level).get("/api/user/get", map("username", name));
    assertThat(user.text().contains("@example.com"))
        .as(user.text())
        .isEqualTo(level.includes(PermissionLevel.ADMIN));
  }
}
