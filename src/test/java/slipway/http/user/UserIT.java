package slipway.http.user;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

@ParameterizedClass
@AnyContainer
class UserIT {
  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  @Test
  void makesFindsAndListsUsersAndShowsTheAddressToAdminsOnly() {
    String name = unique("u");
    Answer made =
        site()
            .call(
                "user/create",
                "username",
                name,
                "email",
                "a@b.test",
                "display_name",
                "<b>Ann</b>",
                "format",
                "json");
    JsonObject user = made.json().getAsJsonObject("user");
    String id = user.get("user_id").getAsString();
    assertThat(user.get("email").getAsString()).isEqualTo("a@b.test");
    Answer got = site().visit("user/get", "user_id", id);
    assertThat(got.xml("/response/username")).isEqualTo(name);
    assertThat(got.xml("/response/display_name")).isEqualTo("Ann");
    assertThat(got.xml("count(/response/email)")).isEqualTo("0");
    assertThat(site().call("user/get", "username", name).xml("/response/email"))
        .isEqualTo("a@b.test");
    Answer list = site().visit("user/list", "search", name.toUpperCase(Locale.ROOT));
    assertThat(list.xml("/response/@total_count")).isEqualTo("1");
    assertThat(list.xml("/response/user/@user_id")).isEqualTo(id);
    assertThat(list.xml("count(/response/user/@email)")).isEqualTo("0");
    assertThat(site().listed("user/list", "users", "email", "search", name))
        .containsExactly("a@b.test");
  }

  @Test
  void namesAUserAfterAnAddressWithoutTellingIt() {
    String name = unique("u");
    site().make("user/create", "user_id", "email", name + "@b.test", "full_name", "Ann");
    Answer list = site().visit("user/list", "search", name);
    assertThat(list.xml("/response/user/@username")).isEqualTo(name);
    assertThat(list.xml("/response/user/@display_name")).isEqualTo("Ann");
    assertThat(list.text()).doesNotContain("b.test");
  }

  @Test
  void saysWhatIsWrongOfTheAddressWhereNoUsernameIsGiven() {
    String name = unique("o'h!");
    Answer made = site().call("user/create", "email", name + "@b.test");
    assertThat(made.xml("/response/username")).isEqualTo(name.replaceAll("['!]", ""));
    assertThat(made.xml("/response/email")).isEqualTo(name + "@b.test");
    Answer taken = site().call("user/create", "email", name + "@c.test");
    assertThat(taken.xml("/response/@code")).isEqualTo("user_already_exists");
    assertThat(taken.xml("/response/@message"))
        .contains("'" + made.xml("/response/username") + "'", "give another 'username'");
    Answer wrong = site().call("user/create", "email", "%");
    assertThat(wrong.xml("/response/@code")).isEqualTo("couldnt_create_user");
    assertThat(wrong.xml("/response/@message")).contains("'email' must be");
  }

  @Test
  void listsByNameInPages() {
    String prefix = unique("n");
    site().make("user/create", "user_id", "username", prefix + "b");
    site().make("user/create", "user_id", "username", prefix + "a");
    assertThat(names("search", prefix, "orderby", "username", "order", "asc"))
        .containsExactly(prefix + "a", prefix + "b");
    assertThat(names("search", prefix, "orderby", "username"))
        .containsExactly(prefix + "b", prefix + "a");
    assertThat(names("search", prefix, "orderby", "username", "size", "1", "p", "2"))
        .containsExactly(prefix + "a");
  }

  private Iterable<String> names(String... parameters) {
    return site().visited("user/list", "users", "username", parameters);
  }

  @Test
  void refusesWhatIsNotValid() {
    String name = unique("u");
    site().make("user/create", "user_id", "username", name);
    site().assertRefused("user_already_exists", 400, "user/create", "username", name);
    site().assertRefused("couldnt_create_user", 400, "user/create", "username", "a b");
    site()
        .assertRefused(
            "couldnt_create_user", 400, "user/create", "username", unique("u"), "email", "none");
    site().assertRefused("no_such_user", 404, "user/get", "user_id", "99999999");
    site().assertRefused("no_such_user", 404, "user/get", "username", unique("u"));
    Answer missing = site().visit("user/get");
    assertThat(missing.xml("/response/@code")).isEqualTo("invalid_input");
    assertThat(missing.xml("/response/@message")).startsWith("The parameter 'user_id' is required");
    Answer denied = site().visit("user/create", "username", unique("u"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.xml("/response/@message")).contains("'admin'");
  }

  @Test
  void changesWhatIsSaidOfAUser() {
    String name = unique("u");
    String id = site().make("user/create", "user_id", "username", name, "email", "a@b.example");
    Answer changed =
        site()
            .call(
                "user/update",
                "user_id",
                id,
                "full_name",
                "<b>Ann</b> B",
                "timezone",
                "CET",
                "site_admin",
                "1");
    assertThat(changed.xml("/response/@message")).isEqualTo("The user was updated");
    assertThat(changed.xml("/response/full_name")).isEqualTo("Ann B");
    assertThat(changed.xml("/response/email")).isEqualTo("a@b.example");
    assertThat(changed.xml("/response/timezone")).isEqualTo("CET");
    assertThat(changed.xml("/response/site_admin")).isEqualTo("t");
    site().call("user/update", "user_id", id, "username", name + "Æ", "email", "");
    JsonObject user =
        site()
            .call("user/update", "user_id", id, "format", "json", "full_name", "")
            .json()
            .getAsJsonObject("user");
    assertThat(user.get("username").getAsString()).isEqualTo(name + "Æ");
    assertThat(user.get("email").getAsString()).isEmpty();
    assertThat(user.get("full_name").getAsString()).isEmpty();
    assertThat(site().visit("user/get", "username", name + "æ").xml("/response/user_id"))
        .isEqualTo(id);
  }

  @Test
  void takesOneOfTwoNamesOfAParameter() {
    Catalogue site = site();
    String user = site.make("user/create", "user_id", "username", unique("u"));
    Answer two =
        site.call("user/update", "user_id", user, "full_name", "One", "display_name", "Two");
    assertThat(two.status()).isEqualTo(400);
    assertThat(two.xml("/response/@message")).contains("'display_name'", "'full_name'");
    Answer same =
        site.call("user/update", "user_id", user, "full_name", "One", "display_name", "One");
    assertThat(same.xml("/response/display_name")).isEqualTo("One");
  }

  @Test
  void refusesChangesOfAUserThatAreNotValid() {
    String taken = unique("u");
    site().make("user/create", "user_id", "username", taken);
    String id = site().make("user/create", "user_id", "username", unique("u"));
    for (String[] wrong :
        new String[][] {
          {"invalid_input", "400", "username", "a b"},
          {"invalid_input", "400", "email", "no address"},
          {"invalid_input", "400", "timezone", "Mars/Olympus"},
          {"invalid_input", "400", "site_admin", "yes"},
          {"invalid_input", "400", "password", "secret"},
          {"user_already_exists", "400", "username", taken.toUpperCase(Locale.ROOT)}
        }) {
      site()
          .assertRefused(
              wrong[0],
              Integer.parseInt(wrong[1]),
              "user/update",
              "user_id",
              id,
              wrong[2],
              wrong[3]);
    }
    site().assertRefused("no_such_user", 404, "user/update", "user_id", "999999", "email", "");
  }

  @Test
  void letsACallerChangeItsOwnUserOnlyAndMakeItNoAdministrator() {
    String id = site().make("user/create", "user_id", "username", unique("u"));
    String other = site().make("user/create", "user_id", "username", unique("u"));
    String key =
        site().make("credential/create", "key", "name", "own", "level", "read", "user_id", id);
    ApiClient own = ApiClient.of(site().server()).withKey(key);
    assertThat(
            own.post("/api/user/update", Catalogue.map("full_name", "Me")).xml("/response/user_id"))
        .isEqualTo(id);
    assertThat(
            own.post("/api/user/update", Catalogue.map("user_id", other, "full_name", "X"))
                .status())
        .isEqualTo(403);
    assertThat(own.post("/api/user/update", Catalogue.map("site_admin", "1")).status())
        .isEqualTo(403);
    assertThat(site().visit("user/update", "full_name", "X").status()).isEqualTo(400);
    assertThat(site().visit("user/update", "user_id", id, "full_name", "X").status())
        .isEqualTo(403);
  }
}
