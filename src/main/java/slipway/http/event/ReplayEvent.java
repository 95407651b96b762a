package slipway.http.event;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.event.Events;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code event/replay}: reports an event again, at once. */
public final class ReplayEvent extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Events events;

  /** The method, with the part it works on. */
  public ReplayEvent(Api api, Events events) {
    super(api, PermissionLevel.ADMIN);
    this.events = events;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(EventFields.ID);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    if (!events.replay(EventFields.ID.of(call.parameters()))) {
      throw EventFields.noSuchEvent();
    }
    return Reply.of("The event will be sent again");
  }
}
