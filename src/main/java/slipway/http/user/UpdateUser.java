package slipway.http.user;

import java.util.List;
import java.util.Optional;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.user.UserChange;
import slipway.photo.user.Users;

/**
 * {@code user/update}: updates a user; missing parameters leave it as it is. For level {@code
 * admin}, and for callers that act for the user, who may not make it an administrator.
 */
public final class UpdateUser extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ID =
      Parameter.id("user_id").words("The user; the caller's own if missing.");
  private static final Parameter<String> USERNAME =
      Parameter.text("username", UserTexts.MAX_USERNAME)
          .as((name, text) -> username(name, text))
          .words(UserTexts.VALID_USERNAME + ". Unique, ignoring case.");
  private static final Parameter<String> DISPLAY_NAME =
      TextParameters.plain("full_name", UserTexts.MAX_NAME)
          .alias("display_name")
          .takingEmpty()
          .words(
              "Name shown to people. All HTML tags are stripped; at most 200 characters remain.");
  private static final Parameter<String> ADDRESS =
      Parameter.text("email", UserTexts.MAX_EMAIL)
          .as((name, text) -> email(name, text.strip()))
          .takingEmpty()
          .words("May be empty.");
  private static final Parameter<String> TIMEZONE =
      Parameter.text("timezone", UserTexts.MAX_ZONE)
          .as(UserTexts::timezone)
          .words("Name of a time zone, such as Europe/Copenhagen or CET.");
  private static final Parameter<Boolean> SITE_ADMIN =
      Parameter.flag("site_admin")
          .words(
              "Whether replies call the user an administrator; gives no permission. Requires level"
                  + " admin.");

  private final transient Users users;

  /** The method, with the parts it works on. */
  public UpdateUser(Api api, Users users) {
    super(api, PermissionLevel.ANONYMOUS);
    this.users = users;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ID,
        USERNAME,
        DISPLAY_NAME,
        ADDRESS,
        TIMEZONE,
        SITE_ADMIN,
        UserTexts.NOTIFIED,
        Parameter.refused("password", "users do not sign in with one"));
  }

  /** A caller that acts for a user shows a key, which no page can make its visitors do. */
  @Override
  protected boolean isForVisitors() {
    return false;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    long userId = user(parameters, call.caller());
    boolean isAdmin = call.caller().level().includes(PermissionLevel.ADMIN);
    boolean isOwn = call.caller().userId() != null && call.caller().userId() == userId;
    if (!isAdmin && (!isOwn || SITE_ADMIN.isGiven(parameters))) {
      throw ApiException.denied(PermissionLevel.ADMIN, call.caller());
    }
    UserChange change = change(parameters);
    UserParameter.check(users, userId);
    if (!users.update(userId, change)) {
      throw new ApiException(ErrorCode.USER_ALREADY_EXISTS, "This username is already taken.");
    }
    return Reply.of(
        "The user was updated", "user", UserFields.of(users.find(userId).orElseThrow(), call));
  }

  private static long user(Parameters parameters, Caller caller) throws ApiException {
    Optional<Long> given = ID.find(parameters);
    if (given.isEmpty() && caller.userId() == null) {
      throw ID.missing(parameters, "a number; only a caller that acts for a user needs none");
    }
    return given.isPresent() ? given.get() : caller.userId();
  }

  private static UserChange change(Parameters parameters) throws ApiException {
    return new UserChange(
        USERNAME.find(parameters).orElse(null),
        DISPLAY_NAME.find(parameters).orElse(null),
        ADDRESS.find(parameters).orElse(null),
        TIMEZONE.find(parameters).orElse(null),
        SITE_ADMIN.find(parameters).orElse(null),
        UserTexts.NOTIFIED.find(parameters).orElse(null));
  }

  private static String username(String parameter, String given) throws ApiException {
    String name = UserTexts.username(given);
    return valid(
        parameter, name, UserTexts.USERNAME.matcher(name).matches(), UserTexts.VALID_USERNAME);
  }

  private static String email(String parameter, String given) throws ApiException {
    return valid(parameter, given, UserTexts.isEmail(given), UserTexts.VALID_EMAIL);
  }

  private static String valid(String parameter, String text, boolean isValid, String valid)
      throws ApiException {
    if (!isValid) {
      throw ApiException.invalid(parameter, valid);
    }
    return text;
  }
}
