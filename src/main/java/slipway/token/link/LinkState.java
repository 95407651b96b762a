package slipway.token.link;

import java.util.Locale;

/** Whether and why a link gives no token. */
public enum LinkState {
  /** It gives tokens. */
  OPEN,
  /** It has had as many guests, files or bytes as it takes. */
  FULL,
  /** Its time is over. */
  ENDED,
  /** It was revoked, by itself or with the credential that made it. */
  WITHDRAWN;

  /** The name in replies. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
