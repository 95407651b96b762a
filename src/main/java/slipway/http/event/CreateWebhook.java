package slipway.http.event;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import slipway.auth.PermissionLevel;
import slipway.event.AddressPolicy;
import slipway.event.EventType;
import slipway.event.Webhooks;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.CalledUrl;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code webhook/create}: creates a webhook; its secret is in this reply only. */
public final class CreateWebhook extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** Characters of the list. */
  private static final int MAX_TYPES = 500;

  private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");

  private static final Parameter<URI> URL =
      Parameter.url("url").required().words("Absolute http or https URL.");
  private static final Parameter<Set<EventType>> TYPES =
      Parameter.text("types", MAX_TYPES)
          .as(CreateWebhook::types)
          .orNone(EnumSet.allOf(EventType.class))
          .words("Events to send, comma-separated: " + EventFields.TYPES + "; all if missing.");

  private final transient Webhooks webhooks;
  private final transient AddressPolicy addresses;

  /** The method, with the part it works on, and what may be called. */
  public CreateWebhook(Api api, Webhooks webhooks, AddressPolicy addresses) {
    super(api, PermissionLevel.ADMIN);
    this.webhooks = webhooks;
    this.addresses = addresses;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(URL, TYPES);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    String url = CalledUrl.checked(addresses, URL, URL.of(call.parameters())).toString();
    String secret = Webhooks.randomSecret();
    Map<String, String> fields =
        EventFields.of(webhooks.add(url, TYPES.of(call.parameters()), secret));
    fields.put("secret", secret);
    return Reply.of("Store this secret now: it is not shown again", "webhook", fields);
  }

  private static Set<EventType> types(String parameter, String list) throws ApiException {
    if (list.isBlank()) {
      return null;
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : SEPARATORS.splitAsStream(list.strip()).toList()) {
      types.add(EventFields.type(parameter, name));
    }
    return types;
  }
}
