package slipway.token.link;

import java.util.Locale;

/** Whether a link issues tokens, and if not, why. */
public enum LinkState {
  /** It issues tokens. */
  OPEN,
  /** It has as many guests, files or bytes as it accepts. */
  FULL,
  /** It has expired. */
  ENDED,
  /** It was revoked, by itself or with the credential that made it. */
  WITHDRAWN;

  /** The name in replies. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
