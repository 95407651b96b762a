package slipway.http;

import slipway.auth.PermissionLevel;

/** A method of the API that asks for a level. */
public interface NeedsLevel {
  /** The least level that may call it. */
  PermissionLevel required();
}
