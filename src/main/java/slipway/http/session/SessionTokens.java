package slipway.http.session;

import jakarta.servlet.http.HttpServletResponse;
import slipway.auth.CredentialRevokedException;
import slipway.auth.SessionToken;
import slipway.auth.Sessions;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ErrorCode;

/** What the methods that issue tokens share. */
final class SessionTokens {
  private static final int RETRY_SECONDS = 60;

  private SessionTokens() {}

  /**
   * A new token.
   *
   * @param userId the user that its session acts for; null for none
   */
  static String issue(
      Sessions sessions, SessionToken.Purpose purpose, ApiCall call, Long userId, String returnUrl)
      throws ApiException {
    try {
      return sessions
          .issue(purpose, call.caller(), userId, returnUrl)
          .orElseThrow(
              () ->
                  ApiException.tryLater(
                      "Too many tokens wait to be redeemed; try again later.", RETRY_SECONDS));
    } catch (CredentialRevokedException e) {
      throw revoked();
    }
  }

  /** The error that the caller's key was revoked during the call. */
  static ApiException revoked() {
    return new ApiException(ErrorCode.PERMISSION_DENIED, "The credential has been revoked.")
        .withStatus(HttpServletResponse.SC_UNAUTHORIZED);
  }
}
