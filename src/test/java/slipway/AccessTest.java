package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.auth.Credential;
import slipway.auth.OAuthKey;
import slipway.auth.PermissionLevel;
import slipway.event.EventType;
import slipway.event.Webhooks;
import slipway.harness.NewDatabase;

/** A start with the key file of another service, which opens no secret of the database. */
class AccessTest {
  @TempDir Path data;
  private final Closing closing = new Closing();
  private Settings settings;
  private Storage storage;

  @BeforeEach
  void open() throws IOException {
    NewDatabase.put(data.resolve("slipway.db"));
    settings = Settings.read(Map.of("slipway.data", data.toString())::get, null);
    storage = Storage.open(settings, closing);
  }

  @AfterEach
  void close() {
    closing.close();
  }

  private void takeAnotherKey() throws IOException {
    Files.writeString(data.resolve("oauth.key"), "0123456789abcdef".repeat(4) + "\n");
  }

  private void assertIsRefused() throws IOException {
    takeAnotherKey();
    assertThatThrownBy(() -> Access.open(settings, storage))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("oauth.key does not decrypt the secrets of the database")
        .hasMessageContaining("restore the right one");
  }

  @Test
  void goesOnWhereNoSecretIsThere() throws IOException {
    Access.open(settings, storage);
    takeAnotherKey();
    assertThat(Access.open(settings, storage).credentials().isEmpty()).isTrue();
  }

  @Test
  void isRefusedWhereWebhooksHaveSecrets() throws IOException {
    Access access = Access.open(settings, storage);
    new Webhooks(storage.database(), access.box(), storage.clock())
        .add("https://a.test/", Set.of(EventType.values()[0]), Webhooks.randomSecret());
    Access.open(settings, storage);
    assertIsRefused();
  }

  @Test
  void isRefusedWhereCredentialsHaveSecrets() throws IOException {
    Credential.Grant grant = new Credential.Grant("a", PermissionLevel.SUPER, null, "");
    Access.open(settings, storage).credentials().add(grant, null, OAuthKey.random());
    Access.open(settings, storage);
    assertIsRefused();
  }
}
