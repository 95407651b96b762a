package slipway.auth;

import slipway.db.StoredName;

/** What a caller may do; each level includes those before it. */
public enum PermissionLevel implements StoredName {
  NONE,
  ANONYMOUS,
  READ,
  WRITE,
  ADMIN,
  SUPER;

  /** Whether this level includes the other. */
  public boolean includes(PermissionLevel other) {
    return compareTo(other) >= 0;
  }
}
