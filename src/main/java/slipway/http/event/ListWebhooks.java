package slipway.http.event;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.event.Webhook;
import slipway.event.Webhooks;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code webhook/list}: the webhooks, without their secrets. */
public final class ListWebhooks extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Webhooks webhooks;

  /** The method, with the part it works on. */
  public ListWebhooks(Api api, Webhooks webhooks) {
    super(api, PermissionLevel.ADMIN);
    this.webhooks = webhooks;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Paging.PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Paging paging = Paging.of(call.parameters());
    List<Webhook> all = webhooks.all();
    List<Reply.Item> items =
        paging.cut(all).stream()
            .map(each -> new Reply.Item("webhook", EventFields.of(each), Map.of()))
            .toList();
    return paging.reply("", "webhooks", items, all.size());
  }
}
