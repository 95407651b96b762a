package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.PermissionLevel;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;
import slipway.photo.user.Users;
import slipway.secret.SecretBox;

/** A first start that is interrupted is continued by the next one. */
@OnEachDatabase
class FirstStartTest {
  @Parameter TestedDatabase on;

  private static final String KEY = "a key of many characters";

  @TempDir Path folder;
  private Database database;
  private Users users;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    users = new Users(database, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CredentialStore start() throws IOException {
    Settings settings =
        Settings.read(
            Map.of("slipway.data", folder.toString(), "slipway.auth.initial-key", KEY)::get, null);
    CredentialStore credentials =
        new CredentialStore(
            database, Clock.systemUTC(), SecretBox.open(folder.resolve("oauth.key")));
    FirstStart.run(settings, users, credentials);
    return credentials;
  }

  private void hasTheKeyOf(CredentialStore credentials, long user) {
    assertThat(credentials.all())
        .extracting(Credential::grant)
        .containsExactly(new Credential.Grant("initial key", PermissionLevel.SUPER, user, ""));
    assertThat(credentials.find(KEY)).isPresent();
  }

  @Test
  void keepsTheKeyOfADatabaseThatMayBePutBack() throws Exception {
    Path file = folder.resolve("initial-key.txt");
    Files.writeString(file, "an earlier key");
    Files.writeString(folder.resolve("initial-key-1.txt"), "the first key");
    CredentialStore credentials =
        new CredentialStore(
            database, Clock.systemUTC(), SecretBox.open(folder.resolve("oauth.key")));
    FirstStart.run(settings(folder), users, credentials);
    assertThat(credentials.find(Files.readString(file).strip())).isPresent();
    assertThat(folder.resolve("initial-key-1.txt")).hasContent("the first key");
    assertThat(folder.resolve("initial-key-2.txt")).hasContent("an earlier key");
  }

  @Test
  void goesOnWithTheKeyOfANodeThatWasFaster() throws Exception {
    SecretBox box = SecretBox.open(folder.resolve("oauth.key"));
    CredentialStore first = new CredentialStore(database, Clock.systemUTC(), box);
    CredentialStore second = new CredentialStore(database, Clock.systemUTC(), box);
    Path other = Files.createDirectory(folder.resolve("other"));
    FirstStart.run(settings(folder), users, first);
    FirstStart.run(settings(other), users, second);
    assertThat(other.resolve("initial-key.txt")).doesNotExist();
    String key = Files.readString(folder.resolve("initial-key.txt")).strip();
    assertThat(second.find(key)).isPresent();
    assertThat(second.all()).hasSize(1);
  }

  private static Settings settings(Path data) throws IOException {
    return Settings.read(Map.of("slipway.data", data.toString())::get, null);
  }

  @Test
  void tellsADeveloperTheKeyThatCounts() throws Exception {
    CredentialStore credentials = start();
    assertThat(LocalPage.key(KEY, credentials)).isEqualTo("the key " + KEY);
    assertThat(LocalPage.key("another key of many", credentials))
        .isEqualTo(LocalPage.key(null, credentials))
        .doesNotContain("another");
  }

  @Test
  void makesUserAndKeyInOneTransaction() throws Exception {
    on.refuseRows(database, "credential", "as a crash has it");
    assertThatThrownBy(this::start).hasMessageContaining("as a crash has it");
    assertThat(users.find("admin")).isEmpty();
    on.takeRows(database, "credential");
    hasTheKeyOf(start(), users.find("admin").orElseThrow().userId());
    assertThat(users.page("", Users.UserOrder.USERNAME, true, 10, 0).total()).isEqualTo(1);
  }

  @Test
  void doesNotMakeARevokedKeyAgainAndKeepsTheOthers() throws Exception {
    CredentialStore first = start();
    Credential.Grant grant = new Credential.Grant("other", PermissionLevel.SUPER, null, "");
    Credential other = first.add(grant, "another key", null);
    database.execute("update credential set revoked_at = 2 where name = 'initial key'");
    CredentialStore next = start();
    assertThat(next.find(KEY)).isEmpty();
    assertThat(next.find("another key")).contains(other);
    assertThat(next.all()).hasSize(1);
  }

  @Test
  void givesTheKeyToAUserThatAnEarlierVersionHasLeftWithoutOne() throws Exception {
    long user = users.tryAdd("admin", "Administrator", "").orElseThrow();
    hasTheKeyOf(start(), user);
    hasTheKeyOf(start(), user);
  }
}
