package slipway;

import java.io.IOException;
import java.time.Duration;
import slipway.auth.CredentialStore;
import slipway.auth.OAuth1;
import slipway.auth.Sessions;
import slipway.event.Webhooks;
import slipway.secret.SecretBox;

/**
 * Who may do what.
 *
 * @param sessions those who have signed in
 * @param box encrypts the secrets that must be read back later
 */
record Access(CredentialStore credentials, OAuth1 oauth, SecretBox box, Sessions sessions) {
  private static final String KEY_FILE = "oauth.key";

  /** How long a credential that another node has revoked may still be accepted here. */
  private static final Duration MOST_DELAY = Duration.ofSeconds(1);

  static Access open(Settings settings, Storage storage) throws IOException {
    boolean hasSecrets =
        CredentialStore.hasSecrets(storage.database()) || Webhooks.hasSecrets(storage.database());
    String key = settings.stores().secretKey();
    SecretBox box =
        key == null
            ? SecretBox.open(settings.data().resolve(KEY_FILE), hasSecrets)
            : SecretBox.of(key, "slipway.secret-key");
    Webhooks.tryASecret(storage.database(), box);
    CredentialStore credentials = new CredentialStore(storage.database(), storage.clock(), box);
    Settings.Auth auth = settings.auth();
    OAuth1 oauth =
        new OAuth1(
            credentials,
            storage.database(),
            storage.clocks().watch(),
            auth.oauthWindow(),
            auth.oauthNonces());
    Sessions sessions =
        new Sessions(storage.database(), credentials, auth.sessions(), storage.clocks().steady())
            .start(storage.clocks().last().steady());
    return new Access(credentials, oauth, box, sessions);
  }

  /** Ends expired sessions in time. */
  void sweep(Settings settings, Storage storage, Closing closing) {
    if (storage.node() != null) {
      closing.later(new Sweeper("credentials", credentials::refresh, MOST_DELAY));
    }
    closing.later(sessions);
    closing.later(new Sweeper("sessions", sessions::sweep, settings.tokens().sweepPeriod()));
  }
}
