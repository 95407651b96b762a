package slipway.http.event;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.event.Webhooks;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code webhook/delete}: ends a webhook, and the calls that wait for it. */
public final class DeleteWebhook extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ID =
      Parameter.id("webhook_id").required("the number of a webhook");

  private final transient Webhooks webhooks;

  /** The method, with the part it works on. */
  public DeleteWebhook(Api api, Webhooks webhooks) {
    super(api, PermissionLevel.ADMIN);
    this.webhooks = webhooks;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(ID);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    if (!webhooks.delete(ID.of(call.parameters()))) {
      throw new ApiException(ErrorCode.NO_SUCH_WEBHOOK, "No webhook has this webhook_id.");
    }
    return Reply.of("The webhook was deleted");
  }
}
