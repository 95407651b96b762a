package slipway.token.link;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.token.FreeUses;
import slipway.token.KeptToken;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRefusedException.Reason;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/** A registry in which a use of a guest's token also counts towards the totals of its link. */
public final class LinkedTokens implements TokenRegistry {
  private final TokenRegistry tokens;
  private final UploadLinks links;
  private final LinkUses uses;
  private final Clock clock;

  /**
   * With these parts.
   *
   * @param tokens which counts the uses of each token
   * @param links the links that guests' tokens are of
   * @param uses what running uploads reserve of these
   */
  public LinkedTokens(TokenRegistry tokens, UploadLinks links, LinkUses uses, Clock clock) {
    this.tokens = tokens;
    this.links = links;
    this.uses = uses;
    this.clock = clock;
  }

  @Override
  public TokenUse reserve(String id, TokenPurpose purpose) throws TokenRefusedException {
    TokenUse use = tokens.reserve(id, purpose);
    String link = use.token().issuer().link();
    if (link == null) {
      return use;
    }
    long number = 0;
    try {
      number = uses.takeValid(link);
    } finally {
      if (number == 0) {
        use.close();
      }
    }
    if (number == 0) {
      throw new TokenRefusedException(refusal(link), purpose);
    }
    return new LinkedUse(use, link, number, 0);
  }

  /** Why no upload begins with a link that had no use left. */
  private Reason refusal(String link) {
    Optional<KeptLink> kept = links.find(link).filter(found -> found.revokedAt() == null);
    if (kept.isEmpty()) {
      return Reason.UNKNOWN;
    }
    if (!clock.instant().isBefore(kept.get().link().bounds().validUntil())) {
      return Reason.EXPIRED;
    }
    return kept.get().hasAllFiles() ? Reason.LINK_USED_UP : Reason.IN_USE;
  }

  @Override
  public Optional<TokenUse> resume(String id, String upload) {
    Optional<TokenUse> use = tokens.resume(id, upload);
    String link = use.map(taken -> taken.token().issuer().link()).orElse(null);
    if (link == null) {
      return use;
    }
    Optional<LinkUses.Moved> held = Optional.empty();
    try {
      held = uses.takeOver(upload).or(() -> another(link, upload));
    } finally {
      if (held.isEmpty()) {
        use.get().close();
      }
    }
    return held.map(has -> new LinkedUse(use.get(), link, has.number(), has.bytes()));
  }

  /** For an upload whose use is lost, or that began before uploads had one. */
  private Optional<LinkUses.Moved> another(String link, String upload) {
    long number = uses.takeAny(link, upload);
    return number == 0 ? Optional.empty() : Optional.of(new LinkUses.Moved(number, 0));
  }

  @Override
  public int spent(Handle tx, String id) {
    return tokens.spent(tx, id);
  }

  @Override
  public int settleUses() {
    return tokens.settleUses() + uses.settle();
  }

  @Override
  public void add(UploadToken token) {
    tokens.add(token);
  }

  @Override
  public void add(Handle tx, UploadToken token) {
    tokens.add(tx, token);
  }

  @Override
  public Optional<UploadToken> find(String id) {
    return tokens.find(id);
  }

  @Override
  public Optional<KeptToken> recall(String id) {
    return tokens.recall(id);
  }

  @Override
  public Optional<KeptToken> recallEvenRevoked(String id) {
    return tokens.recallEvenRevoked(id);
  }

  @Override
  public List<KeptToken> list(Long credentialId, int from, int count) {
    return tokens.list(credentialId, from, count);
  }

  @Override
  public long count(Long credentialId) {
    return tokens.count(credentialId);
  }

  @Override
  public boolean change(Handle tx, String id, DetailsChange change) {
    return tokens.change(tx, id, change);
  }

  @Override
  public boolean revoke(String id, Long credentialId) {
    return tokens.revoke(id, credentialId);
  }

  @Override
  public void revokeAll(Handle tx, long credentialId) {
    tokens.revokeAll(tx, credentialId);
  }

  @Override
  public void dropAll(long credentialId) {
    tokens.dropAll(credentialId);
  }

  @Override
  public FreeUses free(String id) throws TokenRefusedException {
    return tokens.free(id);
  }

  @Override
  public boolean isInUse(String id) {
    return tokens.isInUse(id);
  }

  @Override
  public boolean hasUnspent(String id) {
    return tokens.hasUnspent(id);
  }

  @Override
  public int sweep(Instant now) {
    return tokens.sweep(now) + links.sweep(now);
  }

  @Override
  public long countValid() {
    return tokens.countValid();
  }

  /** A use of a token, and of its link. */
  private final class LinkedUse implements TokenUse {
    private final TokenUse use;
    private final String link;
    private final long number;
    private long claimed;
    private boolean settled;

    LinkedUse(TokenUse use, String link, long number, long claimed) {
      this.use = use;
      this.link = link;
      this.number = number;
      this.claimed = claimed;
    }

    @Override
    public UploadToken token() {
      return use.token();
    }

    @Override
    public boolean isAsIssued() {
      return use.isAsIssued();
    }

    @Override
    public Details details(Handle handle) {
      return use.details(handle);
    }

    @Override
    public void claim(long bytes) throws TokenRefusedException {
      if (bytes == claimed) {
        return;
      }
      LinkUses.Room room = uses.claim(number, bytes);
      if (room != LinkUses.Room.RESERVED) {
        throw new TokenRefusedException(
            room == LinkUses.Room.HELD ? Reason.IN_USE : Reason.LINK_FULL, use.token().purpose());
      }
      claimed = bytes;
    }

    @Override
    public Supplier<Optional<Details>> spend(Handle tx) {
      Supplier<Optional<Details>> spent = use.spend(tx);
      return () -> spent.get().filter(details -> uses.spend(tx, number, link, claimed));
    }

    @Override
    public void spent() {
      settled = true;
      uses.spent(number);
      use.spent();
    }

    @Override
    public void bind(Handle tx, String upload) {
      use.bind(tx, upload);
      uses.bind(tx, number, upload);
    }

    @Override
    public void leave() {
      settled = true;
      uses.leave(number);
      use.leave();
    }

    @Override
    public void close() {
      giveBack();
      use.close();
    }

    private void giveBack() {
      if (!settled) {
        settled = true;
        uses.giveBack(number);
      }
    }
  }
}
