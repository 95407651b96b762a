package slipway.upload;

import slipway.db.Database;
import slipway.media.MediaStore;
import slipway.photo.Photos;
import slipway.token.TokenRegistry;

/**
 * Where tokens are redeemed: the parts that every {@link Redemption} works with.
 *
 * @param tokens the live tokens
 * @param media where the files go
 * @param photos where the photos go
 * @param database makes photo and spent use one transaction
 * @param rules which files are taken
 */
public record Redemptions(
    TokenRegistry tokens, MediaStore media, Photos photos, Database database, Rules rules) {

  /** Begins to redeem a token; close what is returned. */
  public Redemption begin() {
    return new Redemption(this);
  }
}
