package slipway.http.uploadtoken;

import slipway.auth.Caller;
import slipway.auth.PermissionLevel;

/** Whose tokens a caller sees and may revoke. */
public final class TokenScope {
  private TokenScope() {}

  /** The credential whose tokens they are; null for all, which admin callers see. */
  public static Long of(Caller caller) {
    return caller.level().includes(PermissionLevel.ADMIN) ? null : caller.credentialId();
  }
}
