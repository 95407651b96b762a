package slipway.http.user;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.event.Delivery;
import slipway.event.Events;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.user.User;
import slipway.photo.user.Users;

/** {@code user/get}: the user with a user_id or username, or else the caller's own. */
public final class GetUser extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ID =
      Parameter.id("user_id")
          .words("Number of the user; if username is missing too, the caller's own user.");
  private static final Parameter<String> NAME =
      Parameter.text("username", 100)
          .words(
              "Username, if there is no user_id; ignoring case if no name is exactly" + " that.");

  private final transient Users users;
  private final transient Events events;

  /** The method, with the parts it works on. */
  public GetUser(Api api, Users users, Events events) {
    super(api, PermissionLevel.ANONYMOUS);
    this.users = users;
    this.events = events;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(ID, NAME);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    User user =
        find(call)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.NO_SUCH_USER, "No user has this user_id or username."));
    Map<String, String> fields = UserFields.of(user, call);
    if (call.caller().level().includes(PermissionLevel.ADMIN)) {
      events.lastMail(user.userId()).ifPresent(mail -> put(fields, mail));
    }
    return Reply.of("The user was found", "user", fields);
  }

  private static void put(Map<String, String> fields, Delivery mail) {
    fields.put("mail_state", mail.state().id());
    fields.put("mail_error", mail.lastError());
  }

  private Optional<User> find(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Optional<Long> id = ID.find(parameters);
    if (id.isPresent()) {
      return users.find(id.get());
    }
    Optional<String> name = NAME.find(parameters);
    if (name.isPresent()) {
      return users.find(name.get());
    }
    if (call.caller().userId() == null) {
      throw ID.missing(parameters, "the number of a user, or 'username' its name");
    }
    return users.find(call.caller().userId());
  }
}
