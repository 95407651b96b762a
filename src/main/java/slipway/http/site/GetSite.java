package slipway.http.site;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code site/get}: which site this is. */
public final class GetSite extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** The method. */
  public GetSite(Api api) {
    super(api, PermissionLevel.ANONYMOUS);
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of();
  }

  @Override
  protected Reply answer(ApiCall call) {
    return Reply.of("", "site", call.site().allFields()).withNumericFlags();
  }
}
