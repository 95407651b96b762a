package slipway.http.credential;

import java.util.List;
import slipway.auth.LastSuperException;
import slipway.auth.PermissionLevel;
import slipway.auth.Revocation;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code credential/revoke}: ends a credential at once and for good, with its upload tokens. */
public final class RevokeCredential extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ID =
      Parameter.id("credential_id").required("the number of a credential");
  private static final Parameter<Boolean> KEEP_TOKENS =
      Parameter.flag("keep_tokens")
          .orElse(false)
          .words("1: the upload tokens that it issued stay valid. By default they are revoked.");

  private final transient Revocation revocation;

  /** The method, with the part it works on. */
  public RevokeCredential(Api api, Revocation revocation) {
    super(api, PermissionLevel.SUPER);
    this.revocation = revocation;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(ID, KEEP_TOKENS);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long credentialId = ID.of(call.parameters());
    boolean keepTokens = KEEP_TOKENS.of(call.parameters());
    try {
      if (!revocation.revoke(credentialId, keepTokens)) {
        throw new ApiException(
            ErrorCode.NO_SUCH_CREDENTIAL,
            "No credential has this credential_id, or it has already been revoked.");
      }
    } catch (LastSuperException e) {
      throw new ApiException(ErrorCode.INVALID_INPUT, e.getMessage());
    }
    return Reply.of(
        keepTokens
            ? "The credential was revoked; its upload tokens stay valid"
            : "The credential was revoked, with its upload tokens");
  }
}
