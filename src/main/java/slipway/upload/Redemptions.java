package slipway.upload;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.Spool;
import slipway.token.KeptToken;
import slipway.token.TokenPurpose;
import slipway.token.TokenRegistry;
import slipway.token.TokenState;
import slipway.token.UploadToken;

/** Where tokens of one purpose are redeemed: the parts that every {@link Redemption} works with. */
public final class Redemptions {
  private static final Logger LOG = LoggerFactory.getLogger(Redemptions.class);

  /** How long a request waits for the end of one that it repeats. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TokenPurpose purpose;
  private final TokenRegistry tokens;
  private final Spool spool;
  private final Completion completion;
  private final FileRules rules;
  private final IncomingRoom room;
  private final SharedUses sharedUses;
  private final UndecidedUses undecidedUses = new UndecidedUses();
  private final TokenTurns turns = new TokenTurns();
  private final Waiting waiting;
  private final Stored stored;
  private final Clock clock;

  /**
   * With these parts.
   *
   * @param purpose what the tokens are for
   * @param tokens the live tokens
   * @param spool where the files come in
   * @param completion makes the photo of a file
   * @param rules which files are taken
   * @param room where the bytes that come in are counted
   * @param stored the files stored lately
   * @param clock which tells whether a token is valid
   */
  public Redemptions(
      TokenPurpose purpose,
      TokenRegistry tokens,
      Spool spool,
      Completion completion,
      FileRules rules,
      IncomingRoom room,
      Stored stored,
      Clock clock) {
    this.purpose = purpose;
    this.tokens = tokens;
    this.spool = spool;
    this.completion = completion;
    this.rules = rules;
    this.room = room;
    this.stored = stored;
    this.clock = clock;
    this.sharedUses = new SharedUses(tokens, purpose, PATIENCE);
    this.waiting = new Waiting(tokens, PATIENCE);
  }

  /** Begins to redeem a token by a form; close what is returned. */
  public Redemption begin(SentForm form) {
    return new Redemption(
        this, form, room.ofForm(form.address(), purpose.parameter(), form.length()));
  }

  /**
   * The token, if an upload may start with it; without taking a use of it.
   *
   * @param id as it was sent; empty for none
   */
  public Optional<UploadToken> find(String id) {
    return tokens
        .recall(id)
        .filter(kept -> kept.state(clock.instant()) == TokenState.VALID)
        .map(KeptToken::token)
        .filter(token -> token.purpose() == purpose);
  }

  /** The token, even if it is expired or used up, but not if it is revoked. */
  public Optional<UploadToken> recall(String id) {
    return tokens.recall(id).map(KeptToken::token).filter(token -> token.purpose() == purpose);
  }

  /**
   * Reports a failed upload to the site, if the token requests that in the background. If the
   * report cannot be stored it is skipped, as the visitor must get the answer all the same.
   *
   * @param callback the address that says why
   */
  public void failed(UploadToken token, String callback) {
    try {
      completion.failed(token, callback);
    } catch (RuntimeException e) {
      LOG.warn("A failed upload could not be told of in the background", e);
    }
  }

  /** What the tokens are for. */
  public TokenPurpose purpose() {
    return purpose;
  }

  TokenRegistry tokens() {
    return tokens;
  }

  Spool spool() {
    return spool;
  }

  Completion completion() {
    return completion;
  }

  FileRules rules() {
    return rules;
  }

  Waiting waiting() {
    return waiting;
  }

  Stored stored() {
    return stored;
  }

  SharedUses sharedUses() {
    return sharedUses;
  }

  TokenTurns turns() {
    return turns;
  }

  UndecidedUses undecidedUses() {
    return undecidedUses;
  }
}
