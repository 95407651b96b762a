package slipway.http.event;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import slipway.auth.PermissionLevel;
import slipway.event.EventType;
import slipway.event.Webhooks;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.WebAddress;

/**
 * {@code webhook/create}: tells an address of events; its secret is in this reply and never again.
 */
public final class CreateWebhook extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** Characters of the list. */
  private static final int MAX_TYPES = 500;

  private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");

  private final transient Webhooks webhooks;

  /** The method, with the part it works on. */
  public CreateWebhook(Api api, Webhooks webhooks) {
    super(api, PermissionLevel.ADMIN);
    this.webhooks = webhooks;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    String url = WebAddress.parse("url", call.parameters().text("url")).toString();
    String secret = Webhooks.randomSecret();
    Map<String, String> fields =
        EventFields.of(webhooks.add(url, types(call.parameters()), secret));
    fields.put("secret", secret);
    return Reply.of("The secret is shown this once; keep it", "webhook", fields);
  }

  private static Set<EventType> types(Parameters parameters) throws ApiException {
    String asked = parameters.text("types", MAX_TYPES).strip();
    if (asked.isEmpty()) {
      return EnumSet.allOf(EventType.class);
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : SEPARATORS.splitAsStream(asked).toList()) {
      types.add(EventFields.type("types", name));
    }
    return types;
  }
}
