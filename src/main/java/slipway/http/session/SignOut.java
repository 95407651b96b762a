package slipway.http.session;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code session/sign-out}: ends the session of the browser that calls. */
public final class SignOut extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** The method. */
  public SignOut(Api api) {
    super(api, PermissionLevel.NONE);
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of();
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    call.browser().checkOwnPage();
    call.browser().end();
    return Reply.of("You are signed out");
  }
}
