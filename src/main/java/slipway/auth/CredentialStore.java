package slipway.auth;

import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.health.BusyException;
import slipway.secret.SecretBox;

/**
 * The credentials, in memory for every request and in the database to stay. Bearer keys are kept as
 * SHA-256 only: they are long and random, so that a slow hash would add nothing. OAuth secrets are
 * needed to check signatures, and are kept encrypted.
 */
public final class CredentialStore {
  private static final int KEY_BYTES = 24;

  /** How long a look-up in the database waits for others. */
  private static final int LOOK_SECONDS = 1;

  private final Map<Long, CredentialTable.Entry> byId = new ConcurrentHashMap<>();
  private final Map<String, Credential> byKeyHash = new ConcurrentHashMap<>();
  private final Map<String, CredentialTable.Entry> byConsumerKey = new ConcurrentHashMap<>();
  private final Misses misses = new Misses(System::nanoTime);
  private final CredentialTable table;

  /** Whether other nodes add and revoke some, too. */
  private final boolean isShared;

  /** Held while a row is read and put into memory, so that no older row replaces a newer one. */
  private final Lock changing = new ReentrantLock();

  /** The version of the rows when they were last read. */
  private CredentialTable.Stand seen = CredentialTable.Stand.NONE;

  /** Derived from the credentials, as each event needs them. */
  private volatile List<String> pingbackUrls = List.of();

  /** Whether the database has OAuth secrets, which only the key file decrypts. */
  public static boolean hasSecrets(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select exists (select 1 from credential where consumer_secret is not null)")
                .mapTo(boolean.class)
                .one());
  }

  /**
   * Loads the credentials of that database.
   *
   * @param box keeps the OAuth secrets
   * @throws IllegalStateException when the box cannot decrypt them
   */
  public CredentialStore(Database database, Clock clock, SecretBox box) {
    this.table = new CredentialTable(database, clock, box);
    this.isShared = !database.hasOneWriter();
    refresh();
  }

  /**
   * Takes over what other nodes have added and revoked since the last time.
   *
   * @return how many credentials came or went
   */
  public int refresh() {
    // The thread that has the lock is changing them; the next call will see the rest.
    if (!changing.tryLock()) {
      return 0;
    }
    try {
      return takenOver();
    } finally {
      changing.unlock();
    }
  }

  private int takenOver() {
    CredentialTable.Stand now = table.stand();
    if (now.equals(seen)) {
      return 0;
    }
    int changed = takeOver(table.all());
    seen = now;
    return changed;
  }

  /**
   * The credential in memory; if there is none, another node may just have added it, so the
   * database is asked, as far as {@link Misses} allows.
   *
   * @param name what it is looked up by
   * @throws slipway.health.UnavailableException when the database does not answer
   */
  private <T> Optional<T> found(String name, Supplier<T> inMemory) {
    T known = inMemory.get();
    if (known == null && isShared && misses.mayLook(name)) {
      look(name);
      known = inMemory.get();
    }
    return Optional.ofNullable(known);
  }

  private void look(String name) {
    boolean isKnown = false;
    try {
      if (!isLocked()) {
        throw new BusyException("The credentials of other nodes are being read");
      }
      try {
        takenOver();
        isKnown = true;
      } finally {
        changing.unlock();
      }
    } finally {
      if (!isKnown) {
        misses.forget(name);
      }
    }
  }

  private boolean isLocked() {
    try {
      return changing.tryLock(LOOK_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int takeOver(List<CredentialTable.Entry> all) {
    Set<Long> there = all.stream().map(entry -> entry.credential().credentialId()).collect(toSet());
    List<CredentialTable.Entry> gone =
        byId.values().stream()
            .filter(entry -> !there.contains(entry.credential().credentialId()))
            .toList();
    List<CredentialTable.Entry> added =
        all.stream().filter(entry -> !byId.containsKey(entry.credential().credentialId())).toList();
    gone.forEach(this::forget);
    added.forEach(this::remember);
    readPingbackUrls();
    return gone.size() + added.size();
  }

  /** A key that nobody can guess: {@code slp_} and 48 hex digits. */
  public static String randomKey() {
    return "slp_" + Secrets.hex(KEY_BYTES);
  }

  /** Whether there is no credential at all, as on a first start. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /**
   * Adds a credential, which is valid from now on.
   *
   * @param key its Bearer key; null for none
   * @param oauth its OAuth key; null for none
   */
  public Credential add(Credential.Grant grant, String key, OAuthKey oauth) {
    return add(tx -> grant, key, oauth);
  }

  /**
   * Adds a credential in one transaction with what it depends on.
   *
   * @param granted tells what the credential may do
   */
  public Credential add(Function<Handle, Credential.Grant> granted, String key, OAuthKey oauth) {
    changing.lock();
    try {
      CredentialTable.Entry entry =
          table.add(granted, key == null ? null : Secrets.sha256(key), oauth);
      remember(entry);
      readPingbackUrls();
      return entry.credential();
    } finally {
      changing.unlock();
    }
  }

  /**
   * Adds a credential with a Bearer key if there is none: another node may be starting at the same
   * time.
   *
   * @return whether it was added
   */
  public boolean addFirst(Function<Handle, Credential.Grant> granted, String key) {
    Optional<CredentialTable.Entry> added = table.addFirst(granted, Secrets.sha256(key));
    refresh();
    return added.isPresent();
  }

  private void remember(CredentialTable.Entry entry) {
    byId.put(entry.credential().credentialId(), entry);
    if (entry.keyHash() != null) {
      byKeyHash.put(entry.keyHash(), entry.credential());
    }
    if (entry.oauth() != null) {
      byConsumerKey.put(entry.oauth().consumerKey(), entry);
    }
  }

  /**
   * Ends a credential: from now on no request with it is taken.
   *
   * @param also further work in the same transaction
   * @return whether there was one of that number
   * @throws LastSuperException when it is the last one of level super
   */
  boolean revoke(long credentialId, Consumer<Handle> also) throws LastSuperException {
    if (find(credentialId).isEmpty()) {
      return false;
    }
    changing.lock();
    try {
      CredentialTable.Entry entry = byId.get(credentialId);
      if (entry == null) {
        return false;
      }
      table.revoke(credentialId, also);
      forget(entry);
      readPingbackUrls();
      return true;
    } finally {
      changing.unlock();
    }
  }

  private void forget(CredentialTable.Entry entry) {
    byId.remove(entry.credential().credentialId());
    if (entry.keyHash() != null) {
      byKeyHash.remove(entry.keyHash());
    }
    if (entry.oauth() != null) {
      byConsumerKey.remove(entry.oauth().consumerKey());
    }
  }

  /** Every credential, by number. */
  public List<Credential> all() {
    return byId.values().stream()
        .map(CredentialTable.Entry::credential)
        .sorted(Comparator.comparingLong(Credential::credentialId))
        .toList();
  }

  /** The addresses that get pingbacks about changes of photos, each once. */
  public List<String> pingbackUrls() {
    return pingbackUrls;
  }

  /** One at a time, so that the last one reads the latest state. */
  private synchronized void readPingbackUrls() {
    pingbackUrls =
        all().stream()
            .map(credential -> credential.grant().pingbackUrl())
            .filter(url -> !url.isEmpty())
            .distinct()
            .toList();
  }

  /** The credential of that number, unless it was revoked. */
  public Optional<Credential> find(long credentialId) {
    return found("number " + credentialId, () -> byId.get(credentialId))
        .map(CredentialTable.Entry::credential);
  }

  /**
   * The credential of a Bearer key. The look-up goes by the key's hash, so its timing tells nothing
   * of a key that exists.
   */
  public Optional<Credential> find(String key) {
    String hash = Secrets.sha256(key);
    return found(hash, () -> byKeyHash.get(hash));
  }

  Optional<CredentialTable.Entry> findOAuth(String consumerKey) {
    return found("consumer " + consumerKey, () -> byConsumerKey.get(consumerKey));
  }
}
