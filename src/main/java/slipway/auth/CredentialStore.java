package slipway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import slipway.db.Database;

/**
 * The credentials, in memory for every request and in the database to stay. Keys are kept as
 * SHA-256 only: they are long and random, so that a slow hash would add nothing.
 */
public final class CredentialStore {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 24;

  private final Map<String, Credential> byKeyHash = new ConcurrentHashMap<>();
  private final Database database;
  private final Clock clock;

  /** Loads the credentials of that database. */
  public CredentialStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    load();
  }

  /** A key that nobody can guess: {@code slp_} and 48 hex digits. */
  public static String randomKey() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return "slp_" + HexFormat.of().formatHex(bytes);
  }

  /** Whether there is no credential at all, as on a first start. */
  public boolean isEmpty() {
    return byKeyHash.isEmpty();
  }

  /** Adds a credential that is found by that key from now on. */
  public Credential add(String name, PermissionLevel level, Long userId, String key) {
    String hash = hash(key);
    long id =
        database.write(
            tx ->
                tx.createQuery(
                        """
                        insert into credential (name, level, user_id, key_hash, created_at)
                        values (?, ?, ?, ?, ?) returning credential_id""")
                    .bind(0, name)
                    .bind(1, level.id())
                    .bind(2, userId)
                    .bind(3, hash)
                    .bind(4, clock.millis())
                    .mapTo(Long.class)
                    .one());
    Credential credential = new Credential(id, name, level, userId);
    byKeyHash.put(hash, credential);
    return credential;
  }

  /**
   * The credential of a key. The look-up goes by the key's hash, so its timing tells nothing of a
   * key that exists.
   */
  public Optional<Credential> find(String key) {
    return Optional.ofNullable(byKeyHash.get(hash(key)));
  }

  private void load() {
    database.read(
        handle -> {
          handle
              .createQuery("select * from credential")
              .map(
                  (row, context) -> {
                    long userId = row.getLong("user_id");
                    boolean nobody = row.wasNull();
                    String level = row.getString("level").toUpperCase(Locale.ROOT);
                    return byKeyHash.put(
                        row.getString("key_hash"),
                        new Credential(
                            row.getLong("credential_id"),
                            row.getString("name"),
                            PermissionLevel.valueOf(level),
                            nobody ? null : userId));
                  })
              .list();
          return null;
        });
  }

  private static String hash(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
