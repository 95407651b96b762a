package slipway.http.credential;

import java.util.List;
import slipway.auth.CredentialStore;
import slipway.auth.LastSuperException;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code credential/revoke}: ends a credential at once and for good. */
public final class RevokeCredential extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final String VALID = "the number of a credential that is not revoked";

  private static final Parameter<Long> ID = Parameter.id("credential_id").required(VALID);

  private final transient CredentialStore credentials;

  /** The method, with the part it works on. */
  public RevokeCredential(Api api, CredentialStore credentials) {
    super(api, PermissionLevel.SUPER);
    this.credentials = credentials;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(ID);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long credentialId = ID.of(call.parameters());
    try {
      if (!credentials.revoke(credentialId)) {
        throw ApiException.invalid("credential_id", VALID);
      }
    } catch (LastSuperException e) {
      throw new ApiException(ErrorCode.INVALID_INPUT, e.getMessage());
    }
    return Reply.of("The credential is revoked");
  }
}
