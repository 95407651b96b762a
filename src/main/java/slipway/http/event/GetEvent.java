package slipway.http.event;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.event.Delivery;
import slipway.event.Event;
import slipway.event.Events;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code event/get}: an event with the payload of its webhooks, and the states of its calls. */
public final class GetEvent extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Events events;

  /** The method, with the part it works on. */
  public GetEvent(Api api, Events events) {
    super(api, PermissionLevel.ADMIN);
    this.events = events;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(EventFields.ID);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Event event =
        events.find(EventFields.ID.of(call.parameters())).orElseThrow(EventFields::noSuchEvent);
    Map<String, String> fields = EventFields.of(event);
    fields.put("payload", event.payload());
    int number = 0;
    for (Delivery delivery : events.deliveries(event.eventId())) {
      String prefix = "delivery_" + ++number + "_";
      EventFields.of(delivery).forEach((name, value) -> fields.put(prefix + name, value));
    }
    fields.put("deliveries", Integer.toString(number));
    return Reply.of("", "event", fields);
  }
}
