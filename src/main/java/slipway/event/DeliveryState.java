package slipway.event;

import java.util.Optional;
import java.util.stream.Stream;
import slipway.db.StoredName;

/** The state of a call about an event, or that of an event's least successful call. */
public enum DeliveryState implements StoredName {
  /** It has yet to be made, or tried again. */
  PENDING,
  /** It was acknowledged; for an event: no call is left to be made. */
  DELIVERED,
  /** It was given up. */
  FAILED;

  /** The state of that name. */
  public static Optional<DeliveryState> find(String id) {
    return Stream.of(values()).filter(state -> state.id().equals(id)).findFirst();
  }
}
