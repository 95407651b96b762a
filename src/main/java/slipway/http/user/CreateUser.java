package slipway.http.user;

import java.util.List;
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
import slipway.photo.user.NewUser;
import slipway.photo.user.Users;

/** {@code user/create}: creates a user, who can own photos and credentials. */
public final class CreateUser extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<String> NAME =
      Parameter.text("username", UserTexts.MAX_USERNAME)
          .words(
              "1 to 100 letters, digits and . _ @ + -; the part before the @ of the e-mail"
                  + " address if missing. Unique, ignoring case.");
  private static final Parameter<String> ADDRESS =
      Parameter.text("email", UserTexts.MAX_EMAIL).words("May be empty.");
  private static final Parameter<String> DISPLAY_NAME =
      TextParameters.plain("display_name", UserTexts.MAX_NAME)
          .alias("full_name")
          .words(
              "Name shown to people. All HTML tags are stripped; at most 200 characters remain.");

  private static final Parameter<String> TIMEZONE =
      Parameter.text("timezone", UserTexts.MAX_ZONE)
          .as(UserTexts::timezone)
          .orNone(NewUser.UTC)
          .words("Name of a time zone, such as Europe/Copenhagen or CET; Etc/UTC if missing.");
  private static final Parameter<Boolean> SITE_ADMIN =
      Parameter.flag("site_admin")
          .orElse(false)
          .words("Whether replies call the user an administrator; gives no permission.");

  private static final Parameter<Boolean> NOTIFIED = UserTexts.NOTIFIED.orElse(true);

  private final transient Users users;

  /** The method, with the parts it works on. */
  public CreateUser(Api api, Users users) {
    super(api, PermissionLevel.ADMIN);
    this.users = users;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        NAME,
        ADDRESS,
        DISPLAY_NAME,
        TIMEZONE,
        SITE_ADMIN,
        NOTIFIED,
        Parameter.refused("password", "users do not sign in with one"));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    String email = ADDRESS.of(parameters).strip();
    // Not the whole address, as everybody sees usernames.
    String username = username(parameters, email);
    String displayName = DISPLAY_NAME.of(parameters);
    if (!NAME.isGiven(parameters) && email.isEmpty()) {
      throw new ApiException(
          ErrorCode.COULDNT_CREATE_USER,
          "The parameter 'username', or 'email' to derive it from, is required.");
    }
    check(UserTexts.isEmail(email), "email", UserTexts.VALID_EMAIL);
    check(UserTexts.USERNAME.matcher(username).matches(), "username", UserTexts.VALID_USERNAME);
    long id =
        users
            .tryAdd(
                new NewUser(
                    username,
                    displayName,
                    email,
                    TIMEZONE.of(parameters),
                    SITE_ADMIN.of(parameters),
                    NOTIFIED.of(parameters)))
            .orElseThrow(() -> taken(NAME.isGiven(parameters) ? null : username));
    return Reply.of(
        "The user was created", "user", UserFields.of(users.find(id).orElseThrow(), call));
  }

  private static String username(Parameters parameters, String email) throws ApiException {
    String given = NAME.of(parameters);
    return given.isEmpty() ? UserTexts.usernameOf(email) : UserTexts.username(given);
  }

  /** A caller who gave none is told the generated one. */
  private static ApiException taken(String made) {
    return new ApiException(
        ErrorCode.USER_ALREADY_EXISTS,
        made == null
            ? "This username is already taken."
            : "The username '"
                + made
                + "', made from the e-mail address, is already taken: give another 'username'.");
  }

  private static void check(boolean good, String parameter, String valid) throws ApiException {
    if (!good) {
      throw new ApiException(
          ErrorCode.COULDNT_CREATE_USER,
          "The parameter '" + parameter + "' must be " + valid + ".");
    }
  }
}
