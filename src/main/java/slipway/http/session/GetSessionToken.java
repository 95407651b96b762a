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

/** {@code session/get-token}: issues a token that lets one visitor into the site's pages. */
public final class GetSessionToken extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Sessions sessions;
  private final transient Parameter<String> returnUrl;

  /** The method, with the parts it works on. */
  public GetSessionToken(Api api, Sessions sessions, ReturnUrls allowed) {
    super(api, PermissionLevel.SUPER);
    this.sessions = sessions;
    this.returnUrl = SendOn.parameter(allowed);
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        returnUrl,
        Parameter.refused("email", "visitors who are users get a token of user/get-login-token"),
        Parameter.refused(
            "full_name", "visitors who are users get a token of user/get-login-token"));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    String url = returnUrl.of(call.parameters());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(
        "access_token", SessionTokens.issue(sessions, SessionToken.Purpose.VISIT, call, null, url));
    fields.put("return_url", url);
    return Reply.of("The session access token is ready to use", "sessiontoken", fields);
  }
}
