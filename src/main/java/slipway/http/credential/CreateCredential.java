package slipway.http.credential;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.OAuthKey;
import slipway.auth.PermissionLevel;
import slipway.event.AddressPolicy;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.CalledUrl;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.user.Users;

/** {@code credential/create}: makes a credential; its secrets are in this reply only. */
public final class CreateCredential extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_NAME = 200;
  private static final List<PermissionLevel> LEVELS =
      List.of(
          PermissionLevel.READ,
          PermissionLevel.WRITE,
          PermissionLevel.ADMIN,
          PermissionLevel.SUPER);

  private static final Parameter<String> NAME =
      Parameter.text("name", LONGEST_NAME)
          .required("1 to " + LONGEST_NAME + " characters long")
          .words("What the credential is for.");
  private static final Parameter<PermissionLevel> LEVEL =
      Parameter.choice("level", LEVELS, level -> level.id(), "read, write, admin or super")
          .required();
  private static final Parameter<Long> USER =
      Parameter.id("user_id").words("The user that the credential acts for; none if missing.");
  private static final Parameter<Kind> KIND =
      Parameter.choice("kind", List.of(Kind.values()), Kind::id, "bearer, oauth or both")
          .orElse(Kind.BEARER);
  private static final Parameter<URI> PINGBACK =
      Parameter.url("pingback_url").words("URL that is called when photos change.");

  private final transient CredentialStore credentials;
  private final transient Users users;
  private final transient AddressPolicy addresses;

  /** The method, with the parts it works on, and what may be called. */
  public CreateCredential(
      Api api, CredentialStore credentials, Users users, AddressPolicy addresses) {
    super(api, PermissionLevel.SUPER);
    this.credentials = credentials;
    this.users = users;
    this.addresses = addresses;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(NAME, LEVEL, USER, KIND, PINGBACK);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Kind kind = KIND.of(call.parameters());
    Credential.Grant grant = grant(call.parameters());
    String key = kind == Kind.OAUTH ? null : CredentialStore.randomKey();
    OAuthKey oauth = kind == Kind.BEARER ? null : OAuthKey.random();
    Map<String, String> fields = CredentialFields.of(credentials.add(grant, key, oauth));
    if (key != null) {
      fields.put("key", key);
    }
    if (oauth != null) {
      fields.put("consumer_secret", oauth.consumerSecret());
      fields.put("access_token", oauth.accessToken());
      fields.put("access_token_secret", oauth.accessSecret());
    }
    return Reply.of("Store these secrets now: they are not shown again", "credential", fields);
  }

  private Credential.Grant grant(Parameters parameters) throws ApiException {
    String name = NAME.of(parameters).strip();
    if (name.isEmpty()) {
      throw ApiException.invalid("name", "1 to " + LONGEST_NAME + " characters long");
    }
    return new Credential.Grant(name, LEVEL.of(parameters), user(parameters), pingback(parameters));
  }

  private String pingback(Parameters parameters) throws ApiException {
    Optional<URI> url = PINGBACK.find(parameters);
    return url.isEmpty() ? "" : CalledUrl.checked(addresses, PINGBACK, url.get()).toString();
  }

  private Long user(Parameters parameters) throws ApiException {
    Optional<Long> user = USER.find(parameters);
    if (user.isPresent() && !users.exists(user.get())) {
      throw new ApiException(ErrorCode.NO_SUCH_USER, "No user has this user_id.");
    }
    return user.orElse(null);
  }
}
