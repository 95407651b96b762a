package slipway.upload;

import java.time.Clock;
import slipway.photo.Photos;
import slipway.token.KeptToken;
import slipway.token.TokenState;
import slipway.token.UploadToken;

/** How tokens stand, by themselves and by what they are for. */
public final class TokenStates {
  private final Photos photos;
  private final Clock clock;

  /**
   * The states of tokens.
   *
   * @param photos those that may be replaced
   * @param clock the time tokens go by
   */
  public TokenStates(Photos photos, Clock clock) {
    this.photos = photos;
    this.clock = clock;
  }

  /** The state of a token now. */
  public TokenState of(KeptToken kept) {
    TokenState state = kept.state(clock.instant());
    return state == TokenState.VALID && isPhotoDeleted(kept.token())
        ? TokenState.PHOTO_DELETED
        : state;
  }

  private boolean isPhotoDeleted(UploadToken token) {
    return token.replaces() != null && photos.find(token.replaces()).isEmpty();
  }
}
