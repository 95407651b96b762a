package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.AtOnce;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;
import slipway.secret.SecretBox;

/** Credentials that several nodes have in memory. */
@OnEachDatabase
class CredentialsOfNodesTest {
  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private Database database;
  private CredentialStore one;
  private CredentialStore other;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    SecretBox box = SecretBox.open(folder.resolve("oauth.key"));
    one = new CredentialStore(database, Clock.systemUTC(), box);
    other = new CredentialStore(database, Clock.systemUTC(), box);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Credential.Grant grant(String name) {
    return new Credential.Grant(name, PermissionLevel.SUPER, null, "http://" + name + ".test/");
  }

  @Test
  void areTakenOverFromAnother() throws LastSuperException {
    Credential first = one.add(grant("a"), "key a", null);
    Credential second = one.add(grant("b"), "key b", OAuthKey.random());
    assertThat(other.refresh()).isEqualTo(2);
    assertThat(other.refresh()).isZero();
    assertThat(other.find("key b")).contains(second);
    assertThat(other.findOAuth(second.consumerKey())).isPresent();
    assertThat(other.pingbackUrls()).hasSize(2);
    one.revoke(first.credentialId(), tx -> {});
    Credential third = one.add(grant("c"), "key c", null);
    assertThat(other.refresh()).isEqualTo(2);
    assertThat(other.find("key a")).isEmpty();
    assertThat(other.find("key c")).contains(third);
    assertThat(other.pingbackUrls()).containsExactlyInAnyOrder("http://b.test/", "http://c.test/");
    assertThat(one.refresh()).as("knows them").isZero();
  }

  @Test
  void areFoundWithTheirOAuthSecretsByTheNextStart() throws IOException {
    OAuthKey key = OAuthKey.random();
    one.add(grant("a"), "key a", key);
    CredentialStore next =
        new CredentialStore(
            database, Clock.systemUTC(), SecretBox.open(folder.resolve("oauth.key")));
    assertThat(next.findOAuth(key.consumerKey()).orElseThrow().oauth()).isEqualTo(key);
  }

  /** Of two nodes that add one at once, the one with the higher number may commit first. */
  @Test
  void areRevokedThoughAnEarlierNumberIsCommittedMeanwhile() throws LastSuperException {
    one.add(grant("a"), "key a", null);
    Credential revoked = one.add(grant("b"), "key b", null);
    Credential later = one.add(grant("d"), "key d", null);
    long earlier = later.credentialId() + 1;
    insert(later.credentialId() + 2, "e");
    other.refresh();
    assertThat(other.find("key b")).isPresent();
    insert(earlier, "c");
    one.revoke(revoked.credentialId(), tx -> {});
    other.refresh();
    assertThat(other.find("key b")).isEmpty();
    assertThat(other.all()).extracting(Credential::credentialId).contains(earlier);
  }

  private void insert(long number, String name) {
    database.execute(
        """
        insert into credential (credential_id, name, level, pingback_url, created_at)
        values (?, ?, 'read', '', 1)""",
        number,
        name);
  }

  /** A server that is the only one has added all credentials itself. */
  @Test
  void areKnownAtOnceAtNodesThatHaveNotReadThemYet() throws Exception {
    assertThat(other.find("key a")).isEmpty();
    assertThat(other.find("key b")).isEmpty();
    Credential first = one.add(grant("a"), "key a", OAuthKey.random());
    assertThat(other.find("key c").isPresent()).isFalse();
    boolean isShared = on == TestedDatabase.POSTGRES;
    // A failed look-up is repeated after a second; here another look-up finds it.
    assertThat(other.find("key a").isPresent()).isEqualTo(isShared);
    Credential second = one.add(grant("d"), "key d", OAuthKey.random());
    assertThat(other.findOAuth(second.consumerKey()).isPresent()).isEqualTo(isShared);
    Credential third = one.add(grant("e"), "key e", null);
    assertThat(other.find(third.credentialId()).isPresent()).isEqualTo(isShared);
    Credential fourth = one.add(grant("f"), "key f", null);
    assertThat(other.revoke(fourth.credentialId(), tx -> {})).isEqualTo(isShared);
    assertThat(other.find(first.credentialId()).isPresent()).isEqualTo(isShared);
  }

  @Test
  void keepTheLastOfLevelSuper() throws LastSuperException {
    Credential first = one.add(grant("a"), "key a", null);
    Credential second = one.add(grant("b"), "key b", null);
    other.refresh();
    one.revoke(first.credentialId(), tx -> {});
    assertThatThrownBy(() -> other.revoke(second.credentialId(), tx -> {}))
        .isInstanceOf(LastSuperException.class);
  }

  private static boolean isRevoked(CredentialStore node, Credential credential) {
    try {
      return node.revoke(credential.credentialId(), tx -> {});
    } catch (LastSuperException e) {
      return false;
    }
  }

  @Test
  void keepOneOfTheLastTwoOfLevelSuperThoughBothAreRevokedAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      Credential first = one.add(grant("a"), "key a" + round, null);
      Credential second = one.add(grant("b"), "key b" + round, null);
      for (Credential earlier : one.all()) {
        if (earlier.credentialId() < first.credentialId()) {
          one.revoke(earlier.credentialId(), tx -> {});
        }
      }
      other.refresh();
      assertThat(
              AtOnce.run(2, i -> () -> i == 0 ? isRevoked(one, first) : isRevoked(other, second)))
          .containsOnlyOnce(true);
      one.refresh();
      assertThat(one.all()).hasSize(1);
    }
  }
}
