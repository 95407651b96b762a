package slipway.http.session;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.auth.SessionToken;
import slipway.auth.Sessions;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.language.Saying;

/**
 * {@code session/redeem-token} and {@code user/redeem-login-token}: a person's browser comes here
 * with a token, gets the cookie of a session, and is redirected to the token's return_url.
 */
public final class RedeemToken extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 200;
  private static final int NOT_FOUND = 404;

  private final transient Sessions sessions;
  private final SessionToken.Purpose purpose;
  private final transient Parameter<String> token;

  private RedeemToken(Api api, Sessions sessions, SessionToken.Purpose purpose, String parameter) {
    super(api, PermissionLevel.NONE);
    this.sessions = sessions;
    this.purpose = purpose;
    this.token =
        Parameter.text(parameter, LONGEST)
            .required("the token")
            .words("The token, which is valid once.");
  }

  /** {@code session/redeem-token}. */
  public static RedeemToken ofVisitors(Api api, Sessions sessions) {
    return new RedeemToken(api, sessions, SessionToken.Purpose.VISIT, "session_token");
  }

  /** {@code user/redeem-login-token}. */
  public static RedeemToken ofUsers(Api api, Sessions sessions) {
    return new RedeemToken(api, sessions, SessionToken.Purpose.LOGIN, "login_token");
  }

  @Override
  protected boolean isForPeople() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(token);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Sessions.NewSession begun =
        sessions.redeem(purpose, token.of(call.parameters())).orElseThrow(RedeemToken::refused);
    call.browser().begin(begun.id());
    call.browser().sendOn(begun.returnUrl());
    return Reply.of("You are signed in", "session", Map.of("return_url", call.browser().sentOn()));
  }

  private static ApiException refused() {
    return new ApiException(
            ErrorCode.PERMISSION_DENIED, "This token is unknown, used up or expired.")
        .withStatus(NOT_FOUND)
        .saidAs(Saying.of("refused.sign_in"));
  }
}
