package slipway.upload;

import java.io.IOException;
import java.util.Optional;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * The use of a token that one form holds. Until the form is known to bring a whole file, the upload
 * of a chunk of the same file may take it. For one thread at a time.
 */
final class FormUse implements AutoCloseable {
  private final UndecidedUses undecidedUses;
  private final String filename;
  private boolean isUndecided;
  private UndecidedUses.UndecidedUse undecided;
  private UploadToken token;
  private TokenUse use;

  /**
   * None yet.
   *
   * @param undecidedUses those that all forms hold
   */
  FormUse(UndecidedUses undecidedUses, SentForm form) {
    this.undecidedUses = undecidedUses;
    this.filename = form.filename();
    this.isUndecided = form.mayBeChunk();
  }

  /** Whether the file may still be a chunk. */
  boolean isUndecided() {
    return isUndecided;
  }

  /**
   * Runs a request for a use, and holds the use: an upload that needs one meanwhile waits for it.
   *
   * @param ask calls {@link #hold}
   */
  <T> T asking(String tokenId, Ask<T> ask) throws TokenRefusedException, IOException {
    undecidedUses.ask(tokenId, filename);
    try {
      return ask.run();
    } finally {
      undecidedUses.asked(tokenId, filename);
    }
  }

  /** Requests a use. */
  @FunctionalInterface
  interface Ask<T> {
    T run() throws TokenRefusedException, IOException;
  }

  /** Holds that use. */
  void hold(TokenUse reserved) {
    token = reserved.token();
    if (isUndecided) {
      undecided = undecidedUses.hold(reserved, filename);
    } else {
      use = reserved;
    }
  }

  /** Notes that the file is whole, so that nobody may take over the use. */
  void decide() {
    isUndecided = false;
    use = undecided == null ? use : undecided.take().orElse(null);
    undecided = null;
  }

  /** The use, once the file is known to be whole; null for none. */
  TokenUse get() {
    return use;
  }

  /** The token of the held use, even if another form has taken that over since; null for none. */
  UploadToken token() {
    return token;
  }

  /** Gives the use to the upload that the file is a chunk of. */
  Optional<TokenUse> forChunk() {
    return undecided == null ? Optional.empty() : undecided.take().map(SharedUses::detached);
  }

  /** The same with one that another form holds whose file has the same name. */
  Optional<TokenUse> ofOthers(String tokenId) {
    return undecidedUses.takeAny(tokenId, filename).map(SharedUses::detached);
  }

  /** Returns it to the token, unless it is spent or taken. */
  @Override
  public void close() {
    decide();
    if (use != null) {
      use.close();
    }
  }
}
