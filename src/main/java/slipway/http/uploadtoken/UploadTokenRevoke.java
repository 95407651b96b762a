package slipway.http.uploadtoken;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.upload.UploadParameters;
import slipway.token.TokenRegistry;

/**
 * {@code upload-token/revoke}: ends a token before its time. A caller below admin may revoke only
 * those that its own key issued. Uploads in progress may finish.
 */
public final class UploadTokenRevoke extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TokenRegistry tokens;

  /** The method, with the parts it works on. */
  public UploadTokenRevoke(Api api, TokenRegistry tokens) {
    super(api, PermissionLevel.WRITE);
    this.tokens = tokens;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(UploadParameters.UPLOAD_TOKEN);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    String token = UploadParameters.UPLOAD_TOKEN.of(call.parameters());
    Long whose = TokenScope.of(call.caller());
    if (!tokens.revoke(token, whose)) {
      throw new ApiException(
          ErrorCode.INVALID_UPLOAD_TOKEN,
          whose == null
              ? "No upload token has this upload_token."
              : "No upload token issued with your key has this upload_token.");
    }
    return Reply.of("The upload token was revoked");
  }
}
