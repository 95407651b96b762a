package slipway.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import slipway.token.AllowedOrigin;
import slipway.token.KeptToken;
import slipway.token.TokenState;
import slipway.token.link.LinkState;

/** Why an upload page accepts no uploads, or no more. */
public enum UploadEnd {
  UNKNOWN(HttpServletResponse.SC_NOT_FOUND),
  USED_UP(HttpServletResponse.SC_GONE),
  EXPIRED(HttpServletResponse.SC_GONE),
  /** The token's link has received everything that it accepts. */
  FULL(HttpServletResponse.SC_GONE),
  PHOTO_DELETED(HttpServletResponse.SC_GONE),
  ELSEWHERE(HttpServletResponse.SC_FORBIDDEN);

  private final int status;

  UploadEnd(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** What the keys of its texts begin with, such as {@code used_up}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The end of an upload link that is not open. */
  static UploadEnd of(LinkState state) {
    return switch (state) {
      case OPEN, FULL -> FULL;
      case ENDED -> EXPIRED;
      case WITHDRAWN -> UNKNOWN;
    };
  }

  /**
   * The end of a token's upload; null while it is open.
   *
   * @param state its state
   * @param origin the page's origin, as a token may be for another's pages only
   */
  static UploadEnd of(KeptToken kept, TokenState state, String origin) {
    return switch (state) {
      case REVOKED -> UNKNOWN;
      case USED_UP -> kept.usesLeft() > 0 ? FULL : USED_UP;
      case EXPIRED -> EXPIRED;
      case PHOTO_DELETED -> PHOTO_DELETED;
      case VALID -> {
        AllowedOrigin allowed = kept.token().limits().allowedOrigin();
        yield allowed == null || allowed.origin().equals(origin) ? null : ELSEWHERE;
      }
    };
  }
}
