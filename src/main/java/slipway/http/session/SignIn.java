package slipway.http.session;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.auth.Sessions;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code session/sign-in}: begins a session of the console, for anyone who shows a key. */
public final class SignIn extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Sessions sessions;

  /** The method, with the part it works on. */
  public SignIn(Api api, Sessions sessions) {
    super(api, PermissionLevel.WRITE);
    this.sessions = sessions;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of();
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    call.browser().checkOwnPage();
    if (call.browser().isBySession()) {
      // A session could otherwise renew itself forever.
      throw new ApiException(ErrorCode.PERMISSION_DENIED, "Signing in requires a key.");
    }
    String id = sessions.signIn(call.caller()).orElseThrow(SessionTokens::revoked);
    call.browser().begin(id);
    return Reply.of("You are signed in");
  }
}
