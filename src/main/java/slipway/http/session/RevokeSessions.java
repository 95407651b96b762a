package slipway.http.session;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.auth.Sessions;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.user.UserParameter;
import slipway.photo.user.Users;

/** {@code session/revoke}: ends every session that acts for a user. */
public final class RevokeSessions extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> USER =
      Parameter.id("user_id").required().words("The user whose sessions end.");

  private final transient Sessions sessions;
  private final transient Users users;

  /** The method, with the parts it works on. */
  public RevokeSessions(Api api, Sessions sessions, Users users) {
    super(api, PermissionLevel.SUPER);
    this.sessions = sessions;
    this.users = users;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(USER);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long userId = USER.of(call.parameters());
    UserParameter.check(users, userId);
    return Reply.of("Sessions ended: " + sessions.endAllOf(userId));
  }
}
