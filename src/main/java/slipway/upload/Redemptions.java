package slipway.upload;

import slipway.media.MediaStore;
import slipway.token.TokenRegistry;

/**
 * Where tokens are redeemed: the parts that every {@link Redemption} works with.
 *
 * @param tokens the live tokens
 * @param media where the files go
 * @param completion makes the photo of a file
 * @param rules which files are taken
 */
public record Redemptions(
    TokenRegistry tokens, MediaStore media, Completion completion, Rules rules) {

  /** Begins to redeem a token; close what is returned. */
  public Redemption begin() {
    return new Redemption(this);
  }
}
