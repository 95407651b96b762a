package slipway.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.token.TokenRefusedException.Reason;

/**
 * Tokens in the database, so that they survive a restart, with those in memory that were issued or
 * requested lately.
 */
public final class MemoryTokenRegistry implements TokenRegistry {
  /** How many locks tokens share, under which their rows are read. */
  private static final int LOCKS = 64;

  /** By {@link TokenKey}. */
  private final ConcurrentMap<Object, LiveToken> live = new ConcurrentHashMap<>();

  /**
   * Not {@code computeIfAbsent}, which would read under a monitor: on Java 21 to 23 that pins a
   * virtual thread to its carrier.
   */
  private final List<Lock> loading =
      Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

  private final TokenTable table;
  private final Clock clock;

  /** Counts the sweeps: tokens that were not requested since the last but one leave the memory. */
  private volatile int sweeps;

  /** Starts with no tokens in memory: each is read when it is requested. */
  public MemoryTokenRegistry(Database database, Clock clock) {
    this.table = new TokenTable(database, clock);
    this.clock = clock;
  }

  @Override
  public void add(UploadToken token) {
    // In memory first, so that a revocation in between finds it; nobody knows the token yet.
    Object key = TokenKey.of(token.id());
    live.put(key, new LiveToken(token, 0, sweeps));
    try {
      table.insert(token);
    } catch (RuntimeException e) {
      live.remove(key);
      throw e;
    }
  }

  /** It is read when it is requested. */
  @Override
  public void add(Handle tx, UploadToken token) {
    table.insert(tx, token);
  }

  /**
   * A token that is valid, or was at the last sweep. One that is valid only by its row was swept
   * while the clock was wrong.
   */
  private LiveToken live(String id) {
    return live(id, kept -> !kept.token().isExpired(clock.instant()));
  }

  private LiveToken live(String id, Predicate<KeptToken> wanted) {
    LiveToken found = live.get(TokenKey.of(id));
    return found != null && found.isStillHere(sweeps) ? found : load(id, wanted);
  }

  private LiveToken load(String id, Predicate<KeptToken> wanted) {
    Lock lock = loading(id);
    lock.lock();
    try {
      LiveToken found = live.get(TokenKey.of(id));
      return found != null && found.isStillHere(sweeps) ? found : read(id, wanted);
    } finally {
      lock.unlock();
    }
  }

  private Lock loading(String id) {
    return loading.get(Math.floorMod(id.hashCode(), LOCKS));
  }

  private LiveToken read(String id, Predicate<KeptToken> wanted) {
    Optional<LiveToken> read =
        table
            .find(id)
            .filter(wanted)
            .map(kept -> new LiveToken(kept.token(), kept.spent(), sweeps));
    read.ifPresent(found -> live.put(TokenKey.of(id), found));
    return read.orElse(null);
  }

  /** A thread that read its row meanwhile has added it before this, so that it is removed here. */
  private void forget(String id) {
    Lock lock = loading(id);
    lock.lock();
    try {
      live.remove(TokenKey.of(id));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<UploadToken> find(String id) {
    return Optional.ofNullable(live(id))
        .filter(found -> found.token.purpose() == TokenPurpose.UPLOAD)
        .filter(found -> !found.token.isExpired(clock.instant()))
        .flatMap(
            found ->
                found.isChanged
                    ? table.find(id).map(KeptToken::token)
                    : Optional.of(found.token.of(id)));
  }

  @Override
  public Optional<KeptToken> recall(String id) {
    return table.find(id).map(this::counted);
  }

  /** With its uses as {@link #reserve} counts them. */
  private KeptToken counted(KeptToken kept) {
    LiveToken found = live.get(TokenKey.of(kept.token().id()));
    return found == null ? kept : found.count(kept);
  }

  @Override
  public Optional<KeptToken> recallEvenRevoked(String id) {
    return table.findEvenRevoked(id).map(this::counted);
  }

  @Override
  public List<KeptToken> list(Long credentialId, int from, int count) {
    return table.list(credentialId, from, count).stream().map(this::counted).toList();
  }

  @Override
  public long count(Long credentialId) {
    return table.count(credentialId);
  }

  /**
   * The memory is not updated, as the commit may yet fail, or its outcome stay unknown: from now on
   * the row decides.
   */
  @Override
  public boolean change(Handle tx, String id, DetailsChange change) {
    LiveToken found = live(id);
    while (found != null && !found.isOver(clock.instant()) && !found.change()) {
      found = live(id);
    }
    if (found == null || found.isOver(clock.instant())) {
      return false;
    }
    Optional<Details> before = table.details(tx, id);
    before.ifPresent(details -> table.update(tx, id, change.of(details)));
    return before.isPresent();
  }

  @Override
  public boolean revoke(String id, Long credentialId) {
    boolean revoked = table.revoke(id, credentialId);
    // An earlier attempt may have succeeded although its commit was reported as failed.
    if (revoked || table.findEvenRevoked(id).filter(kept -> kept.revokedAt() != null).isPresent()) {
      forget(id);
    }
    return revoked;
  }

  @Override
  public void revokeAll(Handle tx, long credentialId) {
    table.revokeAll(tx, credentialId);
  }

  /** As with {@link #forget}, threads that read a row before have added it once they let go. */
  @Override
  public void dropAll(long credentialId) {
    for (Lock lock : loading) {
      lock.lock();
      lock.unlock();
    }
    live.values()
        .removeIf(found -> Objects.equals(found.token.issuer().credentialId(), credentialId));
  }

  @Override
  public TokenUse reserve(String id, TokenPurpose purpose) throws TokenRefusedException {
    LiveToken found = open(id, purpose);
    while (!found.reserve()) {
      if (found.isStillHere(sweeps)) {
        throw noneFree(found);
      }
      found = open(id, purpose);
    }
    return new Use(found, id);
  }

  @Override
  public FreeUses free(String id) throws TokenRefusedException {
    LiveToken found = open(id, TokenPurpose.UPLOAD);
    int count = found.free();
    if (count <= 0) {
      throw noneFree(found);
    }
    return new FreeUses(found.token.of(id), count);
  }

  private static TokenRefusedException noneFree(LiveToken found) {
    return new TokenRefusedException(
        found.hasUnspent() ? Reason.IN_USE : Reason.USED_UP, found.token.purpose());
  }

  @Override
  public boolean isInUse(String id) {
    LiveToken found = live.get(TokenKey.of(id));
    return found != null && found.isInUse();
  }

  /** A token of that purpose with which an upload may begin, if it has a use left. */
  private LiveToken open(String id, TokenPurpose purpose) throws TokenRefusedException {
    LiveToken found = live(id);
    if (found == null) {
      throw new TokenRefusedException(
          isKept(id, purpose) ? Reason.EXPIRED : Reason.UNKNOWN, purpose);
    }
    if (found.token.purpose() != purpose) {
      throw new TokenRefusedException(Reason.UNKNOWN, purpose);
    }
    if (found.token.isExpired(clock.instant())) {
      throw new TokenRefusedException(Reason.EXPIRED, purpose);
    }
    return found;
  }

  /** Whether a token that is not live still has a row: then it has expired. */
  private boolean isKept(String id, TokenPurpose purpose) {
    return table.find(id).filter(kept -> kept.token().purpose() == purpose).isPresent();
  }

  @Override
  public Optional<TokenUse> resume(String id, String upload) {
    LiveToken found = liveOrExpired(id);
    while (found != null && !found.reserve()) {
      found = found.isStillHere(sweeps) ? null : liveOrExpired(id);
    }
    return Optional.ofNullable(found).map(held -> new Use(held, id));
  }

  @Override
  public int spent(Handle tx, String id) {
    return table.spent(tx, id);
  }

  @Override
  public boolean hasUnspent(String id) {
    LiveToken found = liveOrExpired(id);
    return found != null && found.hasUnspent();
  }

  private LiveToken liveOrExpired(String id) {
    return live(id, kept -> true);
  }

  @Override
  public int sweep(Instant now) {
    int before = live.size();
    live.values().removeIf(entry -> entry.leaveIfOver(now));
    int swept = Math.max(0, before - live.size());
    int latest = ++sweeps;
    live.values().removeIf(entry -> entry.leave(latest));
    table.deleteExpiredBefore(now.minus(KEPT_AFTER_EXPIRY));
    return swept;
  }

  @Override
  public long countValid() {
    return table.countValid(clock.instant());
  }

  @Override
  public int settleUses() {
    return 0;
  }

  /** How many are in memory. */
  int inMemory() {
    return live.size();
  }

  /**
   * A token and its uses; spent + reserved never exceeds its maxUploads. An entry that has left the
   * memory gives no more uses: its row, which has all spent uses, is read again.
   */
  private static final class LiveToken {
    final PackedToken token;

    /** Whether its details may have been changed since it was read; it stays in memory then. */
    volatile boolean isChanged;

    private int spent;
    private int reserved;
    private boolean hasLeft;

    /** The number of the sweep at its last request. */
    private int asked;

    LiveToken(UploadToken token, int spent, int sweeps) {
      this.token = PackedToken.of(token);
      this.spent = spent;
      this.asked = sweeps;
    }

    synchronized boolean reserve() {
      if (hasLeft || spent + reserved >= token.maxUploads()) {
        return false;
      }
      reserved++;
      return true;
    }

    /** Notes that its details change; false when it has left. */
    synchronized boolean change() {
      isChanged |= !hasLeft;
      return !hasLeft;
    }

    /** Notes that it is requested; false when it has left. */
    synchronized boolean isStillHere(int sweeps) {
      asked = sweeps;
      return !hasLeft;
    }

    /** Leaves, unless it was requested lately, or the memory has more than its row. */
    synchronized boolean leave(int sweeps) {
      hasLeft = reserved == 0 && !isChanged && sweeps - asked > 1;
      return hasLeft;
    }

    synchronized int free() {
      return token.maxUploads() - spent - reserved;
    }

    synchronized boolean hasUnspent() {
      return spent < token.maxUploads();
    }

    synchronized boolean isInUse() {
      return reserved > 0;
    }

    synchronized KeptToken count(KeptToken kept) {
      return kept.with(spent, reserved);
    }

    synchronized void settle(boolean isSpent) {
      reserved--;
      spent += isSpent ? 1 : 0;
    }

    /** Leaves, if it has expired: as the clock may be set back, it may be requested again. */
    synchronized boolean leaveIfOver(Instant now) {
      hasLeft |= isOver(now);
      return hasLeft;
    }

    synchronized boolean isOver(Instant now) {
      return reserved == 0 && token.isExpired(now);
    }
  }

  private final class Use implements TokenUse {
    private final LiveToken of;
    private final UploadToken token;
    private boolean settled;

    Use(LiveToken of, String id) {
      this.of = of;
      this.token = of.token.of(id);
    }

    @Override
    public UploadToken token() {
      return token;
    }

    @Override
    public boolean isAsIssued() {
      return !of.isChanged;
    }

    @Override
    public Details details(Handle handle) {
      Details first = token.details();
      return of.isChanged ? table.details(handle, token.id()).orElse(first) : first;
    }

    @Override
    public void claim(long bytes) {
      // A plain token counts only files, not bytes.
    }

    @Override
    public Supplier<Optional<Details>> spend(Handle tx) {
      table.spend(tx, token.id());
      return () -> Optional.of(details(tx));
    }

    /** The memory knows no uploads: after a start, each takes a use again. */
    @Override
    public void bind(Handle tx, String upload) {
      // Nothing to record.
    }

    @Override
    public void spent() {
      settle(true);
    }

    @Override
    public void leave() {
      close();
    }

    @Override
    public void close() {
      settle(false);
    }

    private void settle(boolean isSpent) {
      if (!settled) {
        settled = true;
        of.settle(isSpent);
      }
    }
  }
}
