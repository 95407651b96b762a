package slipway.http.event;

import slipway.auth.PermissionLevel;
import slipway.event.Webhooks;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Reply;

/** {@code webhook/delete}: ends a webhook, and the calls that wait for it. */
public final class DeleteWebhook extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Webhooks webhooks;

  /** The method, with the part it works on. */
  public DeleteWebhook(Api api, Webhooks webhooks) {
    super(api, PermissionLevel.ADMIN);
    this.webhooks = webhooks;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long id = call.parameters().id("webhook_id").orElse(0L);
    if (!webhooks.delete(id)) {
      throw ApiException.invalid("webhook_id", "the number of a webhook");
    }
    return Reply.of("The webhook is deleted");
  }
}
