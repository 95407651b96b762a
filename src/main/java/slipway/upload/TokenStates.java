package slipway.upload;

import java.time.Clock;
import slipway.photo.Photos;
import slipway.token.KeptToken;
import slipway.token.TokenState;
import slipway.token.UploadToken;
import slipway.token.link.KeptLink;
import slipway.token.link.UploadLinks;

/** The states of tokens, by themselves and by the photos and links that they are for. */
public final class TokenStates {
  private final Photos photos;
  private final UploadLinks links;
  private final Clock clock;

  /**
   * The states of tokens.
   *
   * @param photos the photos that may be replaced
   * @param links those that guests have tokens of
   * @param clock the time tokens go by
   */
  public TokenStates(Photos photos, UploadLinks links, Clock clock) {
    this.photos = photos;
    this.links = links;
    this.clock = clock;
  }

  /** The state of a token now. */
  public TokenState of(KeptToken kept) {
    TokenState state = kept.state(clock.instant());
    if (state != TokenState.VALID) {
      return state;
    }
    if (isPhotoDeleted(kept.token())) {
      return TokenState.PHOTO_DELETED;
    }
    String link = kept.token().issuer().link();
    return link == null ? state : links.find(link).map(this::byLink).orElse(TokenState.REVOKED);
  }

  /** The state of a link, which limits that of its guests' tokens. */
  private TokenState byLink(KeptLink link) {
    return switch (link.state(clock.instant())) {
      case OPEN -> TokenState.VALID;
      case FULL -> link.hasAllFiles() ? TokenState.USED_UP : TokenState.VALID;
      case ENDED -> TokenState.EXPIRED;
      case WITHDRAWN -> TokenState.REVOKED;
    };
  }

  private boolean isPhotoDeleted(UploadToken token) {
    return token.replaces() != null && photos.find(token.replaces()).isEmpty();
  }
}
