package slipway.http.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.auth.SessionToken;
import slipway.auth.Sessions;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.uploadtoken.ReturnUrls;
import slipway.http.user.UserParameter;
import slipway.photo.user.Users;

/** {@code user/get-login-token}: issues a token that lets a user in. */
public final class GetLoginToken extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> USER =
      Parameter.id("user_id").required().words("The user that the session acts for.");

  private final transient Sessions sessions;
  private final transient Users users;
  private final transient Parameter<String> returnUrl;

  /** The method, with the parts it works on. */
  public GetLoginToken(Api api, Sessions sessions, Users users, ReturnUrls allowed) {
    super(api, PermissionLevel.SUPER);
    this.sessions = sessions;
    this.users = users;
    this.returnUrl = SendOn.parameter(allowed);
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(USER, returnUrl);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long userId = USER.of(call.parameters());
    String url = returnUrl.of(call.parameters());
    UserParameter.check(users, userId);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(
        "login_token",
        SessionTokens.issue(sessions, SessionToken.Purpose.LOGIN, call, userId, url));
    fields.put("return_url", url);
    fields.put("user_id", Long.toString(userId));
    return Reply.of("The user login token is ready to use", "logintoken", fields);
  }
}
