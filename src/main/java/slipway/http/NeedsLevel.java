package slipway.http;

import slipway.auth.PermissionLevel;

/** A method of the API that requires a level. */
public interface NeedsLevel {
  /** The least level that may call it. */
  PermissionLevel required();
}
