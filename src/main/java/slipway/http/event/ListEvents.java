package slipway.http.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.event.DeliveryState;
import slipway.event.EventType;
import slipway.event.Events;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;

/** {@code event/list}: a page of the events, the newest first. */
public final class ListEvents extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final long LAST_SECOND = 253_402_300_799L;

  private static final Parameter<EventType> TYPE =
      Parameter.choice(
          "type", List.of(EventType.values()), EventType::id, "among " + EventFields.TYPES);
  private static final Parameter<DeliveryState> STATE =
      Parameter.choice(
              "state",
              List.of(DeliveryState.values()),
              state -> state.id(),
              "pending, delivered or failed")
          .words("State of the least successful delivery.");
  private static final Parameter<Long> PHOTO = Parameter.id("photo_id");
  private static final Parameter<Instant> SINCE =
      Parameter.number("since", 0, LAST_SECOND)
          .as((name, seconds) -> Instant.ofEpochSecond(seconds))
          .words("Seconds since 1970-01-01 UTC.");
  private static final List<Parameter<?>> PARAMETERS =
      Parameter.all(List.of(TYPE, STATE, PHOTO, SINCE), Paging.PARAMETERS);

  private final transient Events events;

  /** The method, with the part it works on. */
  public ListEvents(Api api, Events events) {
    super(api, PermissionLevel.ADMIN);
    this.events = events;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Paging paging = Paging.of(call.parameters());
    Events.EventPage found = events.list(filter(call.parameters()), paging.offset(), paging.size());
    List<Reply.Item> items =
        found.events().stream()
            .map(event -> new Reply.Item("event", EventFields.of(event), Map.of()))
            .toList();
    return paging.reply("", "events", items, found.total());
  }

  private static Events.Filter filter(Parameters parameters) throws ApiException {
    return new Events.Filter(
        TYPE.find(parameters).orElse(null),
        STATE.find(parameters).orElse(null),
        PHOTO.find(parameters).orElse(null),
        SINCE.find(parameters).orElse(null));
  }
}
