package slipway.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.token.TokenRefusedException.Reason;

/**
 * Tokens of a database that several nodes use: only its row says what a token is and which uses are
 * left, so that any node may take any of them. The memory holds only the numbers of the uses that
 * this node has taken.
 */
public final class SqlTokenRegistry implements TokenRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(SqlTokenRegistry.class);

  private final TokenTable table;
  private final UseTable uses;
  private final Database database;
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  /**
   * The uses of this node: noted before they are taken, and until they are spent or have to be
   * returned.
   */
  private final Set<Long> held = ConcurrentHashMap.newKeySet();

  /**
   * The tokens of that database.
   *
   * @param node the name of this node, which no other has or ever had
   */
  public SqlTokenRegistry(Database database, Clock clock, String node) {
    this.table = new TokenTable(database, clock);
    this.uses = new UseTable(database, node);
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void add(UploadToken token) {
    table.insert(token);
  }

  @Override
  public void add(Handle tx, UploadToken token) {
    table.insert(tx, token);
  }

  @Override
  public Optional<UploadToken> find(String id) {
    return table
        .find(id)
        .map(KeptToken::token)
        .filter(token -> token.purpose() == TokenPurpose.UPLOAD)
        .filter(token -> !token.isExpired(clock.instant()));
  }

  @Override
  public Optional<KeptToken> recall(String id) {
    return table.find(id);
  }

  @Override
  public Optional<KeptToken> recallEvenRevoked(String id) {
    return table.findEvenRevoked(id);
  }

  @Override
  public List<KeptToken> list(Long credentialId, int from, int count) {
    return table.list(credentialId, from, count);
  }

  @Override
  public long count(Long credentialId) {
    return table.count(credentialId);
  }

  /** The token's row is locked until the transaction ends: two changes come one after the other. */
  @Override
  public boolean change(Handle tx, String id, DetailsChange change) {
    Optional<KeptToken> kept = table.lock(tx, id, database.lock()).filter(this::isOpen);
    kept.ifPresent(found -> table.update(tx, id, change.of(found.token().details())));
    return kept.isPresent();
  }

  private boolean isOpen(KeptToken kept) {
    return kept.revokedAt() == null
        && (kept.inProgress() > 0 || !kept.token().isExpired(clock.instant()));
  }

  @Override
  public boolean revoke(String id, Long credentialId) {
    return table.revoke(id, credentialId);
  }

  @Override
  public void revokeAll(Handle tx, long credentialId) {
    table.revokeAll(tx, credentialId);
  }

  @Override
  public void dropAll(long credentialId) {
    // No tokens are in memory.
  }

  @Override
  public TokenUse reserve(String id, TokenPurpose purpose) throws TokenRefusedException {
    Optional<TokenUse> use =
        take(id, number -> uses.takeValid(number, id, purpose, clock.millis()));
    if (use.isPresent()) {
      return use.get();
    }
    KeptToken kept = open(id, purpose);
    throw new TokenRefusedException(kept.usesLeft() > 0 ? Reason.IN_USE : Reason.USED_UP, purpose);
  }

  @Override
  public Optional<TokenUse> resume(String id, String upload) {
    Optional<TokenUse> own = take(id, number -> uses.takeOver(number, upload));
    return own.isPresent() ? own : take(id, number -> uses.takeAny(number, id, upload));
  }

  @Override
  public int spent(Handle tx, String id) {
    return table.spent(tx, id);
  }

  /** Takes a use with that number. */
  @FunctionalInterface
  private interface Taking {
    Optional<KeptToken> of(long number);
  }

  /** If the answer was lost, {@link #settleUses} finds whether the use was taken. */
  private Optional<TokenUse> take(String id, Taking taking) {
    if (id.length() > TokenTable.LONGEST_ID) {
      return Optional.empty();
    }
    long number = last.incrementAndGet();
    held.add(number);
    boolean isTaken = false;
    try {
      Optional<TokenUse> use = taking.of(number).map(kept -> new SharedUse(number, kept.token()));
      isTaken = use.isPresent();
      return use;
    } finally {
      if (!isTaken) {
        held.remove(number);
      }
    }
  }

  @Override
  public FreeUses free(String id) throws TokenRefusedException {
    KeptToken kept = open(id, TokenPurpose.UPLOAD);
    if (kept.usesFree() == 0) {
      throw new TokenRefusedException(
          kept.usesLeft() > 0 ? Reason.IN_USE : Reason.USED_UP, TokenPurpose.UPLOAD);
    }
    return new FreeUses(kept.token(), kept.usesFree());
  }

  /** A token of that purpose with which an upload may begin, if it has a use left. */
  private KeptToken open(String id, TokenPurpose purpose) throws TokenRefusedException {
    KeptToken kept =
        table
            .find(id)
            .filter(found -> found.token().purpose() == purpose)
            .orElseThrow(() -> new TokenRefusedException(Reason.UNKNOWN, purpose));
    if (kept.token().isExpired(clock.instant())) {
      throw new TokenRefusedException(Reason.EXPIRED, purpose);
    }
    return kept;
  }

  @Override
  public boolean isInUse(String id) {
    return table.findEvenRevoked(id).filter(kept -> kept.inProgress() > 0).isPresent();
  }

  @Override
  public boolean hasUnspent(String id) {
    return table.find(id).filter(kept -> kept.usesLeft() > 0).isPresent();
  }

  @Override
  public int sweep(Instant now) {
    return table.deleteExpiredBefore(now.minus(KEPT_AFTER_EXPIRY));
  }

  @Override
  public long countValid() {
    return table.countValid(clock.instant());
  }

  @Override
  public int settleUses() {
    int settled = 0;
    for (UseTable.Out use : uses.own()) {
      settled += !held.contains(use.number()) && uses.giveBack(use) ? 1 : 0;
    }
    List<UseTable.Out> dead = uses.ofTheDead();
    while (!dead.isEmpty()) {
      for (UseTable.Out use : dead) {
        settled += uses.giveBack(use) ? 1 : 0;
      }
      dead = uses.ofTheDead();
    }
    return settled;
  }

  private final class SharedUse implements TokenUse {
    private final long number;
    private final UploadToken token;
    private boolean settled;

    /** Whether its details turned out to differ from those of the token. */
    private boolean isChanged;

    SharedUse(long number, UploadToken token) {
      this.number = number;
      this.token = token;
    }

    @Override
    public UploadToken token() {
      return token;
    }

    @Override
    public boolean isAsIssued() {
      return !isChanged;
    }

    @Override
    public Details details(Handle handle) {
      Details now = table.details(handle, token.id()).orElse(token.details());
      note(now);
      return now;
    }

    @Override
    public void claim(long bytes) {
      // A plain token counts only files, not bytes.
    }

    @Override
    public Supplier<Optional<Details>> spend(Handle tx) {
      Supplier<Optional<Details>> spent = uses.spend(tx, number, token);
      return () -> {
        Optional<Details> now = spent.get();
        now.ifPresent(this::note);
        return now;
      };
    }

    private void note(Details now) {
      isChanged |= !now.equals(token.details());
    }

    @Override
    public void bind(Handle tx, String upload) {
      uses.bind(tx, number, upload);
    }

    @Override
    public void spent() {
      settled = true;
      held.remove(number);
    }

    @Override
    public void leave() {
      spent();
    }

    @Override
    public void close() {
      if (settled) {
        return;
      }
      spent();
      try {
        uses.giveBack(number);
      } catch (RuntimeException e) {
        LOG.debug("A use is given back later", e);
      }
    }
  }
}
