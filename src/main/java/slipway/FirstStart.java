package slipway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.PermissionLevel;
import slipway.photo.user.NewUser;
import slipway.photo.user.Users;
import slipway.secret.OwnerOnly;

/** Makes the first user and the first key, so that a new service can be used at all. */
final class FirstStart {
  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
  private static final String KEY_FILE = "initial-key.txt";

  private static final NewUser FIRST =
      new NewUser("admin", "Administrator", "", NewUser.UTC, true, true);

  private FirstStart() {}

  static void run(Settings settings, Users users, CredentialStore credentials) throws IOException {
    if (!credentials.isEmpty()) {
      return;
    }
    String key =
        settings.auth().initialKey() == null
            ? writeKey(settings.data())
            : settings.auth().initialKey();
    // An earlier version that was stopped halfway may have left a user without a key.
    boolean isAdded =
        credentials.addFirst(
            tx ->
                new Credential.Grant(
                    "initial key", PermissionLevel.SUPER, users.findOrAdd(tx, FIRST), ""),
            key);
    if (!isAdded && settings.auth().initialKey() == null) {
      Files.delete(settings.data().resolve(KEY_FILE));
      LOG.info("Another node has just created the first key; the one of this node is dropped");
    }
  }

  /** The file is flushed first: the next start repairs what a crash in between leaves. */
  private static String writeKey(Path data) throws IOException {
    Path file = data.resolve(KEY_FILE);
    keepOther(file);
    String key = CredentialStore.randomKey();
    OwnerOnly.write(file, key + "\n");
    LOG.info("A first key of level super was written to {}: keep it and delete the file", file);
    return key;
  }

  /** The database that it was made for may be restored. */
  private static void keepOther(Path file) throws IOException {
    for (int i = 1; Files.exists(file); i++) {
      Path other = file.resolveSibling("initial-key-" + i + ".txt");
      if (!Files.exists(other)) {
        Files.move(file, other);
        LOG.warn("The key of an earlier database was moved to {}", other);
      }
    }
  }
}
