package slipway.http.uploadlink;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.uploadtoken.TokenScope;
import slipway.token.link.UploadLinks;

/**
 * {@code upload-link/revoke}: ends a link before its time, together with the tokens that it issued.
 * A caller below admin may revoke only links of its own. Uploads in progress may finish.
 */
public final class RevokeUploadLink extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient UploadLinks links;

  /** The method, with the parts it works on. */
  public RevokeUploadLink(Api api, UploadLinks links) {
    super(api, PermissionLevel.WRITE);
    this.links = links;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(LinkParameter.ID);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Long whose = TokenScope.of(call.caller());
    if (!links.revoke(LinkParameter.of(call.parameters()), whose)) {
      throw LinkParameter.missing(whose);
    }
    return Reply.of("The upload link was revoked");
  }
}
