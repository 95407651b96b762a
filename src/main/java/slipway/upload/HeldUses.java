package slipway.upload;

import java.util.Optional;
import slipway.token.TokenUse;

/** Uses of a token that forms hold, for the upload in chunks that their files belong to. */
public interface HeldUses {
  /** None: the upload takes one from the token. */
  HeldUses NONE = new HeldUses() {};

  /** The one that the current form holds; it is the caller's from now on. */
  default Optional<TokenUse> own() {
    return Optional.empty();
  }

  /**
   * The use of another, unfinished form with a file of the same name; it is the caller's from now
   * on.
   *
   * @param token the token's secret
   */
  default Optional<TokenUse> others(String token) {
    return Optional.empty();
  }
}
