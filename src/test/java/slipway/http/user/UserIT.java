package slipway.http.user;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
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
    Answer list = site().visit("user/list", "search", name.toUpperCase(java.util.Locale.ROOT));
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
    assertThat(site().visit("user/get").xml("/response/@code")).isEqualTo("invalid_input");
    Answer denied = site().visit("user/create", "username", unique("u"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.xml("/response/@message")).contains("'admin'");
  }
}
