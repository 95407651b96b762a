package slipway.auth;

import java.util.Locale;

/** What a caller may do; each level includes those before it. */
public enum PermissionLevel {
  NONE,
  ANONYMOUS,
  READ,
  WRITE,
  ADMIN,
  SUPER;

  /** The name in requests and replies, such as {@code write}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this level includes the other. */
  public boolean includes(PermissionLevel other) {
    return compareTo(other) >= 0;
  }
}
