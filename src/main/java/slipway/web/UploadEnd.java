package slipway.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Locale;
import slipway.token.AllowedOrigin;
import slipway.token.KeptToken;

/** Why an upload page takes nothing (any more). */
public enum UploadEnd {
  UNKNOWN(HttpServletResponse.SC_NOT_FOUND),
  USED_UP(HttpServletResponse.SC_GONE),
  EXPIRED(HttpServletResponse.SC_GONE),
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

  /**
   * The end of a token's upload; null while it is open.
   *
   * @param kept null when the token is not known
   * @param origin that of the page: a token may be for another's pages only
   */
  static UploadEnd of(KeptToken kept, String origin, Instant now) {
    if (kept == null) {
      return UNKNOWN;
    }
    return switch (kept.state(now)) {
      case REVOKED -> UNKNOWN;
      case USED_UP -> USED_UP;
      case EXPIRED -> EXPIRED;
      case VALID -> {
        AllowedOrigin allowed = kept.token().limits().allowedOrigin();
        yield allowed == null || allowed.origin().equals(origin) ? null : ELSEWHERE;
      }
    };
  }
}
