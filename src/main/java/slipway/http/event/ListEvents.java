package slipway.http.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.event.DeliveryState;
import slipway.event.EventType;
import slipway.event.Events;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameters;
import slipway.http.Reply;

/** {@code event/list}: a page of the events, the newest first. */
public final class ListEvents extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Events events;

  /** The method, with the part it works on. */
  public ListEvents(Api api, Events events) {
    super(api, PermissionLevel.ADMIN);
    this.events = events;
  }

  private static final long LAST_SECOND = 253_402_300_799L;

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Paging paging = Paging.of(call.parameters());
    Events.Page found = events.list(filter(call.parameters()), paging.offset(), paging.size());
    List<Reply.Item> items =
        found.events().stream()
            .map(event -> new Reply.Item("event", EventFields.of(event), Map.of()))
            .toList();
    return paging.reply("", "events", items, found.total());
  }

  private static Events.Filter filter(Parameters parameters) throws ApiException {
    Optional<String> type = parameters.find("type");
    EventType eventType = type.isEmpty() ? null : EventFields.type("type", type.get());
    Instant since =
        parameters.number("since", 0, LAST_SECOND).map(Instant::ofEpochSecond).orElse(null);
    return new Events.Filter(
        eventType, state(parameters), parameters.id("photo_id").orElse(null), since);
  }

  private static DeliveryState state(Parameters parameters) throws ApiException {
    Optional<String> given = parameters.find("state");
    return given.isEmpty()
        ? null
        : DeliveryState.find(given.get())
            .orElseThrow(() -> ApiException.invalid("state", "pending, delivered or failed"));
  }
}
